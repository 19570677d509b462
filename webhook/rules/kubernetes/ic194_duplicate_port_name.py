"""A port name that an earlier container of the Pod uses.

A Service or a probe that names the port finds the first one, be it in an init container that has ended. Within one
container Kubernetes refuses it; across containers it warns.

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
        ports: [{name: http, containerPort: 8080}]

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
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule

CODE = "IC194"


def check(pod: Pod) -> Iterator[Finding]:
    """Find port names that stand in an earlier container, init containers first."""
    first: dict[str, tuple[Container, int]] = {}
    for container in (*pod.init_containers, *pod.containers, *pod.ephemeral_containers):
        for j, port in enumerate(container.raw.get("ports") or ()):
            name = port.get("name") if port else ""
            if not name:
                continue
            holder, index = first.setdefault(name, (container, j))
            # Twice in one container is an error already: IC116.
            if holder is not container:
                message = (
                    f"the name {name!r} is that of {holder.path}.ports[{index}], which Services and probes will take"
                )
                path = f"{container.path}.ports[{j}]"
                yield Finding(CODE, ErrorType.WARNING, path, message, container.name, Severity.WARN)


RULE = Rule(
    code=CODE,
    title="Duplicate port name",
    check=check,
    source="kubernetes pkg/api/pod/warnings.go: warningsForPodSpecAndMeta",
    text=__doc__,
    severity=Severity.WARN,
    beyond_template=True,
)
