"""A hostPort that differs from its containerPort although the Pod is on the host network.

With hostNetwork there is no network between: the port that the process opens is the one of the node. Kubernetes asks
this of app containers only.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      hostNetwork: true
      containers:
      - name: app
        image: registry.example/shop:1
        ports: [{containerPort: 8080, hostPort: 80}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      hostNetwork: true
      containers:
      - name: app
        image: registry.example/shop:1
        ports: [{containerPort: 8080, hostPort: 8080}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC117"


def check(pod: Pod) -> Iterator[Finding]:
    """Find unequal ports of app containers on the host network; an absent hostPort is, or will be, the containerPort."""
    if not pod.spec.get("hostNetwork"):
        return
    for container in pod.containers:
        for j, port in enumerate(container.items("ports")):
            on_host, inside = port.get("hostPort"), port.get("containerPort") or 0
            if on_host and on_host != inside:
                message = f"must be the containerPort, {inside}, or be left out, because the Pod is on the host network"
                path = f"{container.path}.ports[{j}].hostPort"
                yield Finding(CODE, ErrorType.INVALID, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Host port differs from container port",
    check=check,
    source="kubernetes pkg/apis/core/validation: validatePodHostNetworkDeps",
    text=__doc__,
    needs=("hostNetwork",),
)
