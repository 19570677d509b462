"""An init container calls a sidecar that nobody waited for.

The next container starts as soon as a sidecar is running, which is before it listens, unless it has a startup probe:
only then is it awaited. The call fails on a slow node and works on a fast one. Give the sidecar a `startupProbe` (a
readiness probe does not hold anybody up).

Judged is what is certain: a plain init container after the sidecar whose command names `localhost:PORT` of a port that
the sidecar declares, once, without a loop, a retry or an alternative.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        ports: [{containerPort: 3128}]
      - name: fetch
        image: registry.example/tools:1
        command: ["curl", "-f", "http://localhost:3128/settings"]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        ports: [{containerPort: 3128}]
        startupProbe: {tcpSocket: {port: 3128}, periodSeconds: 1, failureThreshold: 60}
      - name: fetch
        image: registry.example/tools:1
        command: ["curl", "-f", "http://localhost:3128/settings"]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule
from webhook.shell.local_port import local_ports
from webhook.shell.program import program_of

CODE = "IC316"


def check(pod: Pod) -> Iterator[Finding]:
    """Find sidecars without a startup probe that a later init container calls by a declared port."""
    if len(pod.init_containers) < 2:  # noqa: PLR2004  # a sidecar and who calls it
        return
    unawaited: dict[int, list[Container]] = {}
    for container in pod.init_containers:
        if container.is_sidecar:
            for port in _unawaited_ports(container):
                unawaited.setdefault(port, []).append(container)
        elif unawaited:
            yield from _called(container, unawaited)


def _called(caller: Container, unawaited: dict[int, list[Container]]) -> Iterator[Finding]:
    """Give the sidecars ahead of a container whose ports it calls; what was said once of a port is not said again."""
    for port in sorted(unawaited.keys() & local_ports(program_of(caller))):
        for sidecar in unawaited.pop(port):
            message = (
                f"{caller.name!r} calls its port {port}, but nothing waits until it listens; give it a startupProbe"
            )
            yield Finding(CODE, ErrorType.PRACTICE, sidecar.path, message, sidecar.name)


def _unawaited_ports(container: Container) -> frozenset[int]:
    raw = container.raw
    # What follows waits for a startup probe, and for a postStart hook, which may be a wait.
    if not container.is_sidecar or raw.get("startupProbe") or (raw.get("lifecycle") or {}).get("postStart"):
        return frozenset()
    ports = (one for one in container.items("ports") if (one.get("protocol") or "TCP") == "TCP")
    return frozenset(one.get("containerPort") or 0 for one in ports) - {0}


RULE = Rule(
    code=CODE,
    title="Sidecar not awaited",
    check=check,
    source="KEP-753; https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/",
    text=__doc__,
    needs=("initContainers",),
)
