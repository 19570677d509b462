"""A request that is greater than the limit of the same resource.

The scheduler would reserve what the kubelet then forbids. Kubernetes names the list of requests, not the resource, and
compares after rounding both up to thousandths.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        resources: {requests: {memory: 1Gi}, limits: {memory: 512Mi}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        resources: {requests: {memory: 512Mi}, limits: {memory: 1Gi}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod, Raw
from webhook.core.quantity import Quantity
from webhook.core.rule import Rule

CODE = "IC107"


def check(pod: Pod) -> Iterator[Finding]:
    """Find containers whose request exceeds the limit of the same name."""
    for container in (*pod.containers, *pod.init_containers):
        limits = container.resources("limits")
        if not limits:
            continue
        requests = container.resources("requests")
        for name in requests.keys() & limits.keys():
            if _exceeds(requests, limits, name):
                message = f"the request of {name}, {requests[name]}, must be at most its limit, {limits[name]}"
                yield Finding(CODE, ErrorType.INVALID, f"{container.path}.resources.requests", message, container.name)


def _exceeds(requests: Raw, limits: Raw, name: str) -> bool:
    asked, allowed = requests[name], limits[name]
    if asked == allowed:
        return False
    return Quantity.defaulted(asked) > Quantity.defaulted(allowed)


RULE = Rule(
    code=CODE,
    title="Request above limit",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateContainerResourceRequirements",
    text=__doc__,
)
