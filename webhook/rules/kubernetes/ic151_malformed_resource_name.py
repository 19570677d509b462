"""A resource that nobody can ask for by that name.

Containers may name cpu, memory, ephemeral-storage, huge pages of a size (hugepages-2Mi) and extended resources with a
prefix (example.com/gpu); a Pod as a whole only cpu, memory and huge pages. A misspelt name would never be met: the Pod
would wait for a node for ever. Kubernetes counts every fault of a name, and in a Pod a limit is the request too, so one
name can be reported several times.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        resources: {requests: {CPU: 100m}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        resources: {requests: {cpu: 100m}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.declared import noteworthy
from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.resource_name import container_resource_faults, is_pod_resource, pod_resource_faults
from webhook.core.rule import Rule

CODE = "IC151"


def check(pod: Pod) -> Iterator[Finding]:
    """Find names in requests, limits and overhead that are malformed, unknown, or not for that place."""
    for declared in noteworthy(pod):
        for kind, name, _ in declared.amounts():
            for type_, fault in _pod_faults(name) if declared.is_pod_level else _container_faults(name):
                yield Finding(CODE, type_, declared.path_of(kind, name), f"{name!r} {fault}", declared.container)


def _container_faults(name: str) -> list[tuple[ErrorType, str]]:
    return [(ErrorType.INVALID, fault) for fault in container_resource_faults(name)]


def _pod_faults(name: str) -> list[tuple[ErrorType, str]]:
    faults = [(ErrorType.INVALID, fault) for fault in pod_resource_faults(name)]
    if faults or is_pod_resource(name):
        return faults
    return [(ErrorType.NOT_SUPPORTED, "is for containers only: a Pod can ask for cpu, memory and hugepages-…")]


RULE = Rule(
    code=CODE,
    title="Malformed resource name",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainerResourceName, validatePodResourceName",
    text=__doc__,
    needs=("resources", "overhead"),
)
