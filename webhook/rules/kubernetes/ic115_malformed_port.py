"""A port whose number, name or protocol Kubernetes does not take.

containerPort is needed and, as hostPort where it is given, 1 to 65535; the protocol is TCP, UDP or SCTP, spelled just
so. A name has at most 15 lower-case letters, digits and single inner hyphens, with a letter among them; each fault of a
name counts.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        ports: [{name: admin-interface-http, containerPort: 9901}]
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
        ports: [{name: admin, containerPort: 9901}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, all_invalid, invalid, not_supported, required
from webhook.core.finding import Finding
from webhook.core.names import port_name_faults
from webhook.core.pod import Pod, Raw, Role
from webhook.core.port import HIGHEST_PORT, defaults_host_ports, host_port, is_good_name
from webhook.core.rule import Rule

CODE = "IC115"
_PROTOCOLS = ("SCTP", "TCP", "UDP")


def check(pod: Pod) -> Iterator[Finding]:
    """Find the faults of each port by itself."""
    for container in pod.all_containers():
        ports = container.raw.get("ports")
        if not ports:
            continue
        defaulted = container.role is not Role.EPHEMERAL and defaults_host_ports(pod)
        for j, port in enumerate(ports):
            if port and _is_plain(port):
                continue
            for fault in _faults(port or {}, on_host_network=defaulted):
                yield fault.at(f"{container.path}.ports[{j}]", CODE, container.name)


def _is_plain(port: Raw) -> bool:
    """Say whether it is a port like most: without a fault, and none of the node's. Only for speed."""
    if port.get("hostPort") or (port.get("protocol") or "TCP") not in _PROTOCOLS:
        return False
    name = port.get("name")
    return 0 < (port.get("containerPort") or 0) <= HIGHEST_PORT and (not name or is_good_name(name))


def _faults(port: Raw, *, on_host_network: bool) -> Iterator[Fault]:
    name, number, protocol = port.get("name"), port.get("containerPort"), port.get("protocol")
    if name:
        yield from all_invalid("name", f"the name {name!r}", port_name_faults(name))
    if not number:
        yield required("containerPort", f"say which port, 1 to {HIGHEST_PORT}")
    elif not 0 < number <= HIGHEST_PORT:
        yield invalid("containerPort", f"{number} is not 1 to {HIGHEST_PORT}")
    on_host = host_port(port, on_host_network=on_host_network)
    if on_host and not 0 < on_host <= HIGHEST_PORT:
        yield invalid("hostPort", f"{on_host} is not 1 to {HIGHEST_PORT}")
    if protocol and protocol not in _PROTOCOLS:
        yield not_supported("protocol", protocol, _PROTOCOLS)


RULE = Rule(
    code=CODE,
    title="Malformed port",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainerPorts",
    text=__doc__,
    needs=("ports",),
    by_container=True,
)
