"""Resources of the Pod as a whole that do not hold what its containers ask for, or that it cannot have.

The limits and requests in spec.resources (KEP-2837) bound all containers together. So the Pod must request at least
what its containers come to at the busiest moment, start-up included; no app container may have a higher limit than the
Pod, and all their huge pages must fit. Windows Pods have no such resources, and claims belong to containers. A Pod
requests of cpu and memory what its containers come to where it names limits alone. Up to Kubernetes 1.33 all of it is
dropped unread.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      resources: {requests: {cpu: 500m}}
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        resources: {requests: {cpu: "1"}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      resources: {requests: {cpu: "1"}}
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        resources: {requests: {cpu: "1"}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Callable, Iterator
from functools import partial

from webhook.core.declared import Declared, judged_pod_level, limits_of, pod_level_declared, requests_of
from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.pod import Container, Pod
from webhook.core.resource_list import ResourceList, maximum, total
from webhook.core.resource_name import is_huge_pages
from webhook.core.rule import Rule

CODE = "IC155"


def check(pod: Pod) -> Iterator[Finding]:
    """Find what contradicts itself between spec.resources and the containers, or has no place in spec.resources."""
    if pod.spec.get("resources") is None or not Gate.POD_LEVEL_RESOURCES.is_on(pod.minor):
        return
    level = pod_level_declared(pod)
    if level is None:
        message = "a windows Pod has no resources as a whole: state them at its containers"
        yield Finding(CODE, ErrorType.FORBIDDEN, f"{pod.path}.resources", message)
        return
    # Even an empty list is a list.
    if (judged_pod_level(pod) or {}).get("claims") is not None:
        message = "a Pod as a whole has no claims: name them at its containers"
        yield Finding(CODE, ErrorType.FORBIDDEN, f"{level.path}.claims", message)
    yield from _requests_too_small(pod, level)
    yield from _huge_pages_too_few(pod, level)
    yield from _containers_too_large(pod, level)


def _requests_too_small(pod: Pod, level: Declared) -> Iterator[Finding]:
    for name, needed in _together(pod, partial(requests_of, pod)).items():
        given = level.requests.get(name)
        if given is not None and given < needed:
            message = f"the containers together request {needed} of {name}, more than the Pod does, {given}"
            yield Finding(CODE, ErrorType.INVALID, level.path_of("request", name), message)


def _huge_pages_too_few(pod: Pod, level: Declared) -> Iterator[Finding]:
    for name, needed in _together(pod, limits_of).items():
        given = level.limits.get(name)
        if given is not None and given < needed and is_huge_pages(name):
            message = f"the limits of the containers come to {needed} of {name}, more than the Pod's limit, {given}"
            yield Finding(CODE, ErrorType.INVALID, level.path_of("limit", name), message)


def _containers_too_large(pod: Pod, level: Declared) -> Iterator[Finding]:
    # Kubernetes looks at no init container here, and this path is its own: no such field exists.
    for container in pod.containers:
        for name, limit in limits_of(container).items():
            given = level.limits.get(name)
            if given is not None and given < limit:
                path = f"{level.path}.containers[{container.index}][{name}].limits"
                message = f"the limit of {name}, {limit}, must be at most the Pod's as a whole, {given}"
                yield Finding(CODE, ErrorType.INVALID, path, message, container.name)


def _together(pod: Pod, amounts: Callable[[Container], ResourceList]) -> ResourceList:
    """Give what the containers come to at the busiest moment (KEP-753), of what they declare and nothing else."""
    running = [amounts(container) for container in pod.containers]
    sidecars: ResourceList = {}
    moments = []
    for container in pod.init_containers:
        own = amounts(container)
        if container.is_sidecar:
            running.append(own)
            sidecars = total(sidecars, own)
        moments.append(sidecars if container.is_sidecar else total(own, sidecars))
    return maximum(total(*running), *moments)


RULE = Rule(
    code=CODE,
    title="Contradictory pod-level resources",
    check=check,
    source="kubernetes pkg/apis/core/validation: validatePodResources, validatePodResourceConsistency",
    text=__doc__,
    needs=("resources",),
)
