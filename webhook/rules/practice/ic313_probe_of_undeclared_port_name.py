"""A probe or hook names a port that its own container does not declare.

The kubelet looks a name up among the ports of the container that it asks, nowhere else: the name of a sidecar's port
means nothing to the main container's probe, even where it is written in the same Pod. Every try then fails, so the
container is never ready, or is started again and again. Give the number, or declare the port under its name here.

A name that both declare is no fault: each container's probes mean its own. (A Service that names it takes the main
container's port before a sidecar's.)

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        ports: [{name: http, containerPort: 15001}]
      containers:
      - name: app
        image: registry.example/shop:1
        readinessProbe: {httpGet: {port: http}}

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        ports: [{name: proxy, containerPort: 15001}]
      containers:
      - name: app
        image: registry.example/shop:1
        ports: [{name: http, containerPort: 8080}]
        readinessProbe: {httpGet: {port: http}}
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule

CODE = "IC313"
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_FIELDS = frozenset({*_PROBES, "lifecycle"})
_HOOKS = ("postStart", "preStop")
_HANDLERS = ("httpGet", "tcpSocket")


def check(pod: Pod) -> Iterator[Finding]:
    """Find named ports in probes and hooks of main containers and sidecars that the container itself has not."""
    owners: dict[str, str] | None = None
    for container in (*pod.init_containers, *pod.containers):
        if container.runs_to_completion or _FIELDS.isdisjoint(container.raw):
            continue
        for path, name in _named_ports(container):
            if name in {port.get("name") for port in container.items("ports")} or _is_number(name):
                continue
            owners = _owners(pod) if owners is None else owners
            where = f" (that is one of {owners[name]!r}, where the kubelet does not look)" if name in owners else ""
            message = f"no port of the container is named {name!r}{where}; declare it or give its number"
            yield Finding(CODE, ErrorType.PRACTICE, f"{container.path}.{path}", message, container.name)


def _named_ports(container: Container) -> Iterator[tuple[str, str]]:
    """Give the ports that are named, each with the field that names it."""
    raw = container.raw
    places = [(probe, body) for probe in _PROBES if (body := raw.get(probe))]
    if lifecycle := raw.get("lifecycle"):
        places += [(f"lifecycle.{hook}", body) for hook in _HOOKS if (body := lifecycle.get(hook))]
    for path, body in places:
        for handler in _HANDLERS:
            port = (body.get(handler) or {}).get("port")
            if port and isinstance(port, str):
                yield f"{path}.{handler}.port", port


def _is_number(name: str) -> bool:
    # The kubelet's last resort: a number that was written as text.
    return name.isascii() and name.isdigit()


def _owners(pod: Pod) -> dict[str, str]:
    """Give the containers by the names of their ports, the first one for each."""
    owners: dict[str, str] = {}
    for container in pod.all_containers():
        for port in container.items("ports"):
            owners.setdefault(port.get("name") or "", container.name)
    return owners


RULE = Rule(
    code=CODE,
    title="Probe of undeclared port name",
    check=check,
    source="kubernetes pkg/probe/util.go: ResolveContainerPort",
    text=__doc__,
    needs=(*_PROBES, "lifecycle"),
)
