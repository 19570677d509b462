"""A container's restartPolicy that this version of Kubernetes does not take.

Up to 1.33 only init containers have one, and only Always, which makes a native sidecar. 1.34 removes anything else
without a word. Since 1.35 every container may say Always, Never or OnFailure (KEP-5307); still only Always on an init
container makes a sidecar.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: log-agent, image: "registry.example/agent:1", restartPolicy: always}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: log-agent, image: "registry.example/agent:1", restartPolicy: Always}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import ALWAYS, Container, Pod, Role
from webhook.core.rule import Rule

CODE = "IC105"
_SINCE_35 = ("Always", "Never", "OnFailure")
_DROPS_SILENTLY = 34


def check(pod: Pod) -> Iterator[Finding]:
    """Find restart policies of containers that are not in the set of this minor version."""
    if pod.minor == _DROPS_SILENTLY:
        return
    for container in (*pod.containers, *pod.init_containers):
        policy = container.raw.get("restartPolicy")
        if policy is None or (policy == ALWAYS and container.role is not Role.APP):
            continue
        if pod.minor < _DROPS_SILENTLY:
            yield _before_34(container, policy)
        elif policy not in _SINCE_35:
            message = f"unsupported value {policy!r}; supported are {', '.join(_SINCE_35)}"
            yield Finding(CODE, ErrorType.NOT_SUPPORTED, f"{container.path}.restartPolicy", message, container.name)


def _before_34(container: Container, policy: str) -> Finding:
    path = f"{container.path}.restartPolicy"
    if container.role is Role.APP:
        message = "only init containers may have a restartPolicy of their own before Kubernetes 1.34"
        return Finding(CODE, ErrorType.FORBIDDEN, path, message, container.name)
    message = f"unsupported value {policy!r}; the only one before Kubernetes 1.34 is Always"
    return Finding(CODE, ErrorType.NOT_SUPPORTED, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Unsupported restart policy",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateInitContainerRestartPolicy; KEP-753, KEP-5307",
    text=__doc__,
    needs=("restartPolicy",),
    by_container=True,
)
