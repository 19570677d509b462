"""A request that is greater than the limit of the same resource.

The scheduler would reserve what the kubelet then forbids. Kubernetes names the list of requests, not the resource, and
compares after rounding both up to thousandths. A Pod that states limits for itself as a whole (KEP-2837) but no request
requests what its containers come to, and that must stay below its limit as well.

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
from functools import lru_cache
from typing import Any

from webhook.core.declared import pod_level_declared
from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.quantity import Quantity
from webhook.core.resource_name import can_overcommit
from webhook.core.rule import Rule

CODE = "IC107"

# The same few pairs come again in every Pod; a text that can be read has 256 characters at most.
_REMEMBERED_PAIRS = 1024


def check(pod: Pod) -> Iterator[Finding]:
    """Find containers, and Pods as a whole, whose request exceeds the limit of the same name."""
    for container in pod.all_containers():
        resources = container.raw.get("resources")
        if not resources:
            continue
        requests, limits = resources.get("requests"), resources.get("limits")
        if not requests or not limits:
            continue
        for name, asked in requests.items():
            if name in limits and _exceeds(name, asked, limits[name]):
                yield _finding(f"{container.path}.resources", name, asked, limits[name], container.name)
    if pod.spec.get("resources"):
        yield from _of_pod(pod)


def _of_pod(pod: Pod) -> Iterator[Finding]:
    level = pod_level_declared(pod)
    if level is None:
        return
    for name, asked in level.requests.items():
        allowed = level.limits.get(name)
        if allowed is not None and asked > allowed and can_overcommit(name):
            yield _finding(level.path, name, asked, allowed, "")


def _exceeds(name: str, asked: Any, allowed: Any) -> bool:  # raw JSON: text, number or null
    # What cannot be overcommitted has to be equal: a rule of its own.
    return asked != allowed and _is_more(asked, allowed) and can_overcommit(name)


@lru_cache(_REMEMBERED_PAIRS)
def _is_more(asked: Any, allowed: Any) -> bool:
    return Quantity.defaulted(asked).nano > Quantity.defaulted(allowed).nano


def _finding(path: str, name: str, asked: object, allowed: object, container: str) -> Finding:
    message = f"the request of {name}, {asked}, must be at most its limit, {allowed}"
    return Finding(CODE, ErrorType.INVALID, f"{path}.requests", message, container)


RULE = Rule(
    code=CODE,
    title="Request above limit",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateResourceRequirements",
    text=__doc__,
    needs=("resources",),
)
