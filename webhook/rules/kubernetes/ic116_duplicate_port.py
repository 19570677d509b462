"""Two ports that share a name in one container, or a port of the node.

A name stands for one port of its container. A port of the node, with its protocol and address, can be had once: the app
containers share them, each init container is looked at by itself, because they run one after the other. On the host
network every port of a Pod is one of the node. Kubernetes prints index 0 for any init container here.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        ports: [{name: admin, containerPort: 9901}, {name: admin, containerPort: 9902}]
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
        ports: [{name: admin, containerPort: 9901}, {name: metrics, containerPort: 9902}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod, Raw, Role
from webhook.core.port import defaults_host_ports, host_port, is_good_name, protocol
from webhook.core.rule import Rule

CODE = "IC116"


def check(pod: Pod) -> Iterator[Finding]:
    """Find names and ports of the node that are taken twice; of ephemeral containers the names only."""
    on_host_network = defaults_host_ports(pod)
    taken_by_apps: set[str] = set()
    for container in pod.all_containers():
        ports = container.raw.get("ports")
        if ports and not _is_alone(ports, on_host_network=on_host_network):
            taken = taken_by_apps if container.role is Role.APP else set()
            yield from _of_container(container, taken, on_host_network=on_host_network)


def _is_alone(ports: list[Raw | None], *, on_host_network: bool) -> bool:
    """Say whether there is one port, and none of the node's: most containers have no other. Only for speed."""
    return len(ports) == 1 and not on_host_network and not (ports[0] and ports[0].get("hostPort"))


def _of_container(container: Container, taken: set[str], *, on_host_network: bool) -> Iterator[Finding]:
    names: set[str] = set()
    for j, port in enumerate(container.items("ports")):
        name = port.get("name")
        if name:
            if name in names and is_good_name(name):  # a malformed one is only that
                message = f"the name {name!r} already stands for another port of this container"
                yield Finding(CODE, ErrorType.DUPLICATE, f"{container.path}.ports[{j}].name", message, container.name)
            names.add(name)
        if (on_host_network or port.get("hostPort")) and container.role is not Role.EPHEMERAL:
            key = _on_node(port, on_host_network=on_host_network)
            if key in taken:
                yield _clash(container, j, key)
            elif key:
                taken.add(key)


def _on_node(port: Raw, *, on_host_network: bool) -> str:
    """Give what a port takes of the node, empty for none. Addresses are texts to Kubernetes: none and 0.0.0.0 are two."""
    number = host_port(port, on_host_network=on_host_network)
    return f"{protocol(port)}/{port.get('hostIP') or ''}/{number}" if number else ""


def _clash(container: Container, j: int, key: str) -> Finding:
    # Kubernetes counts the init containers anew for each of them, so that all have index 0.
    place = container.path if container.role is Role.APP else f"{container.list_path}[0]"
    message = f"the port of the node (protocol/address/port) {key} is already taken in this Pod"
    return Finding(CODE, ErrorType.DUPLICATE, f"{place}.ports[{j}].hostPort", message, container.name)


RULE = Rule(
    code=CODE,
    title="Duplicate port",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainerPorts, checkHostPortConflicts",
    text=__doc__,
    needs=("ports",),
)
