"""An init container fetches a file from outside over plain http.

Anybody on the way may read it and put something else in its place, before the app has even begun. Use https, and a
checksum beside it.

Judged are init containers and sidecars: curl and wget that keep a file, unpack it or run it, from a host that is
written out and stands outside the cluster. Inside the cluster http is for the network policy to judge.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/tools:1
        command: ["wget", "-O", "/work/page", "http://files.example/page"]
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
        command: ["wget", "-O", "/work/page", "https://files.example/page"]
        volumeMounts: [{name: work, mountPath: /work}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: work, mountPath: /work}]
      volumes: [{name: work, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier
from webhook.shell.download import downloads
from webhook.shell.place import place_of
from webhook.shell.program import program_of

CODE = "IC324"


def check(pod: Pod) -> Iterator[Finding]:
    """Find init containers and sidecars that fetch a file from outside over http."""
    for container in pod.init_containers:
        program = program_of(container)
        fetched = next((one for one in downloads(program) if one.is_plain and one.is_from_outside), None)
        if fetched is not None:
            message = f"fetches from {fetched.host} over plain http, where anybody may change it on the way; use https"
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


RULE = Rule(
    code=CODE,
    title="Download over plain http",
    check=check,
    source="https://kubernetes.io/docs/concepts/security/cloud-native-security/",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
    by_container=True,
)
