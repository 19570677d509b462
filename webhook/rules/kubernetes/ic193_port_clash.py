"""Two ports of a Pod that are one, or an address of the node without a port there.

All containers share the Pod's network, so a port that two of them declare can be opened by one only; init containers
count too, since a sidecar keeps its ports and a plain one may stand where a sidecar stands tomorrow. An init container
is no conflict by itself, which is why Kubernetes warns and does not refuse. A hostIP without hostPort has no effect.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        ports: [{containerPort: 8080}]
      containers:
      - name: app
        image: registry.example/shop:1
        ports: [{containerPort: 8080}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        ports: [{containerPort: 15001}]
      containers:
      - name: app
        image: registry.example/shop:1
        ports: [{containerPort: 8080}]
"""

from collections.abc import Iterator
from typing import NamedTuple

from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.pod import Container, Pod, Role
from webhook.core.port import defaults_host_ports, host_port, protocol
from webhook.core.rule import Rule

CODE = "IC193"


class _Port(NamedTuple):
    """A port as it counts after defaulting, and where it stands."""

    container: Container
    number: int
    host_ip: str
    host_port: int

    @property
    def path(self) -> str:
        return f"{self.container.path}.ports[{self.number}]"

    def clash_with(self, other: "_Port") -> str:
        """Say how two ports of one number and protocol get in each other's way; nothing where they do not."""
        if self.host_port == other.host_port:
            if self.host_ip == other.host_ip:
                # One container, or two app containers, with one port of the node is an error already: IC116.
                is_refused = self.host_port and self._is_judged_with(other)
                return "" if is_refused else "is the same port as"
            if not self.host_port:
                return "overlaps"
            return "" if self.host_ip and other.host_ip else "may or may not be the same address of the node as"
        return "" if self.host_port and other.host_port else "overlaps"

    def _is_judged_with(self, other: "_Port") -> bool:
        if self.container is other.container:
            return True
        return self.container.role is Role.APP and other.container.role is Role.APP


def check(pod: Pod) -> Iterator[Finding]:
    """Find each pair of ports that clash, at the later one, and each hostIP without hostPort."""
    containers = [
        one for one in (*pod.init_containers, *pod.containers, *pod.ephemeral_containers) if one.raw.get("ports")
    ]
    if not containers or _are_apart(containers):
        return
    known: dict[tuple[int, str], list[_Port]] = {}
    for container in containers:
        on_host = container.role is not Role.EPHEMERAL and defaults_host_ports(pod)
        for j, raw in enumerate(container.items("ports")):
            port = _Port(container, j, raw.get("hostIP") or "", host_port(raw, on_host_network=on_host))
            if port.host_ip and not port.host_port:
                yield _finding(port, "has a hostIP and no hostPort, so it is not on the node; give both or neither")
            others = known.setdefault((raw.get("containerPort") or 0, protocol(raw)), [])
            for other in others:
                if clash := port.clash_with(other):
                    yield _finding(port, f"{clash} {other.path}; only one of them can be open, change or remove one")
            others.append(port)


def _are_apart(containers: list[Container]) -> bool:
    """Say at a glance whether no two ports have one number and none has a hostIP, which is how it mostly is."""
    ports = [port or {} for container in containers for port in container.raw["ports"]]
    numbers = {port.get("containerPort") for port in ports}
    return len(numbers) == len(ports) and not any("hostIP" in port for port in ports)


def _finding(port: _Port, what: str) -> Finding:
    return Finding(CODE, ErrorType.WARNING, port.path, f"the port {what}", port.container.name, Severity.WARN)


RULE = Rule(
    code=CODE,
    title="Port clash",
    check=check,
    source="kubernetes pkg/api/pod/warnings.go: warningsForPodSpecAndMeta",
    text=__doc__,
    severity=Severity.WARN,
    beyond_template=True,
)
