"""TLS checks turned off: whoever answers is believed.

With `curl -k`, `wget --no-check-certificate`, `GIT_SSL_NO_VERIFY` and their like, anyone on the way can answer in place
of the server: hand out another program, or take the password. Mount the authority's certificate and name it instead
(`curl --cacert`, `SSL_CERT_FILE`, `NODE_EXTRA_CA_CERTS`, `git -c http.sslCAInfo`).

A call of the Pod itself (`localhost`) does no harm, nor one that only asks whether somebody is there, gives nothing away
and keeps nothing.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/tools:1
        command: [curl, -fsSk, -o, /data/rules.json, "https://rules.example/rules.json"]
        volumeMounts: [{name: data, mountPath: /data}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/tools:1
        command: [curl, -fsS, --cacert, /ca/ca.crt, -o, /data/rules.json, "https://rules.example/rules.json"]
        volumeMounts: [{name: data, mountPath: /data}, {name: ca, mountPath: /ca}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, emptyDir: {}}, {name: ca, configMap: {name: ca}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule
from webhook.shell.place import place_of
from webhook.shell.program import program_of
from webhook.shell.unchecked_tls import unchecked, unchecked_by_env

CODE = "IC310"


def check(pod: Pod) -> Iterator[Finding]:
    """Find commands and variables that switch the check of certificates off, in every container."""
    for container in pod.all_containers():
        if container.raw.get("env"):
            yield from _in_env(container)
        if container.raw.get("command"):
            program = program_of(container)
            what = unchecked(program)
            if what:
                yield _finding(place_of(container, program), what, container)


def _in_env(container: Container) -> Iterator[Finding]:
    for index, entry in enumerate(container.raw["env"]):
        value = entry.get("value") if entry else None
        if value and unchecked_by_env(entry.get("name") or "", value):
            yield _finding(f"{container.path}.env[{index}]", entry["name"], container)


def _finding(path: str, what: str, container: Container) -> Finding:
    message = (
        f"{what} turns TLS checks off, so whoever answers is believed; mount the CA certificate and name it instead"
    )
    return Finding(CODE, ErrorType.PRACTICE, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="TLS checks turned off",
    check=check,
    source="https://kubernetes.io/docs/concepts/security/security-checklist/",
    text=__doc__,
)
