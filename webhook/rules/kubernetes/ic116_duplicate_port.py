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
from webhook.core.pod import Container, Pod
from webhook.core.port import defaults_host_ports, host_port, name_faults, protocol
from webhook.core.rule import Rule

CODE = "IC116"


def check(pod: Pod) -> Iterator[Finding]:
    """Find names and ports of the node that are taken twice; of ephemeral containers the names only."""
    taken_by_apps: set[str] = set()
    for container in pod.containers:
        if container.raw.get("ports"):
            yield from _names(container)
            yield from _host_ports(container, container.path, taken_by_apps, on_host_network=defaults_host_ports(pod))
    for container in pod.init_containers:
        if container.raw.get("ports"):
            yield from _names(container)
            # Kubernetes counts the init containers anew for each of them, so that all have index 0.
            path = f"{container.list_path}[0]"
            yield from _host_ports(container, path, set(), on_host_network=defaults_host_ports(pod))
    for container in pod.ephemeral_containers:
        yield from _names(container)


def _names(container: Container) -> Iterator[Finding]:
    """A malformed name is only that, and no duplicate."""
    seen: set[str] = set()
    for j, port in enumerate(container.items("ports")):
        name = port.get("name")
        if not name:
            continue
        if name in seen and not name_faults(name):
            message = f"the name {name!r} already stands for another port of this container"
            yield Finding(CODE, ErrorType.DUPLICATE, f"{container.path}.ports[{j}].name", message, container.name)
        seen.add(name)


def _host_ports(container: Container, path: str, taken: set[str], *, on_host_network: bool) -> Iterator[Finding]:
    """Addresses are compared as texts: none, and 0.0.0.0, are two."""
    for j, port in enumerate(container.items("ports")):
        number = host_port(port, on_host_network=on_host_network)
        if not number:
            continue
        key = f"{protocol(port)}/{port.get('hostIP') or ''}/{number}"
        if key in taken:
            message = f"port {number} of the node ({protocol(port)}) is already taken in this Pod"
            yield Finding(CODE, ErrorType.DUPLICATE, f"{path}.ports[{j}].hostPort", message, container.name)
        taken.add(key)


RULE = Rule(
    code=CODE,
    title="Duplicate port",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainerPorts, checkHostPortConflicts",
    text=__doc__,
)
