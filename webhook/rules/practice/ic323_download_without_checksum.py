"""An init container fetches a file from outside and uses it unchecked.

Whoever controls the server or the way to it controls what runs in the Pod, and a file that was cut off goes unnoticed.
Compare it with a checksum or a signature that stands in the manifest or the image; Prologue's recipe fetch-file does.

Judged are init containers and sidecars: curl and wget that keep a file, unpack it or run it, from a host that is
written out and stands outside the cluster, where the command checks nothing at all.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/tools:1
        command: ["sh", "-ec", "curl -fsSLo /work/tool https://files.example/tool"]
        volumeMounts: [{name: work, mountPath: /work}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: work, mountPath: /work}]
      volumes: [{name: work, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/tools:1
        command:
        - sh
        - -ec
        - |
          curl -fsSLo /work/tool https://files.example/tool
          echo "$SUM  /work/tool" | sha256sum -c
        volumeMounts: [{name: work, mountPath: /work}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: work, mountPath: /work}]
      volumes: [{name: work, emptyDir: {}}]
"""

import re
from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier
from webhook.shell.download import downloads
from webhook.shell.place import place_of
from webhook.shell.program import program_of

CODE = "IC323"
# Whatever checks a file has one of these in its name, or among its flags.
_CHECK = re.compile(
    r"sha-?(?:1|224|256|384|512)|md5|b2sum|gpg|cosign|minisign|signify|checksum|verif|slsa|digest", re.IGNORECASE
)


def check(pod: Pod) -> Iterator[Finding]:
    """Find init containers and sidecars that fetch a file from outside and check nothing."""
    for container in pod.init_containers:
        program = program_of(container)
        if not program.argv or any(_CHECK.search(word) for word in program.argv):
            continue
        fetched = next((one for one in downloads(program) if one.is_from_outside), None)
        if fetched is not None:
            message = f"uses what it fetches from {fetched.host} unchecked; compare it with a checksum or a signature"
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


RULE = Rule(
    code=CODE,
    title="Download without checksum",
    check=check,
    source="https://slsa.dev/spec/v1.0/threats",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
    by_container=True,
)
