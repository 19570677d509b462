"""A user or group id that is negative or above 2147483647.

Linux and the container runtimes share no larger number, and -1 means "leave it as it is" to many system calls.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: own-data
        image: registry.example/shop:1
        securityContext: {runAsUser: -1}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: own-data
        image: registry.example/shop:1
        securityContext: {runAsUser: 65534}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC133"
_HIGHEST_ID = (1 << 31) - 1
_OF_CONTAINER = ("runAsUser", "runAsGroup")
_OF_POD = ("fsGroup", *_OF_CONTAINER)


def check(pod: Pod) -> Iterator[Finding]:
    """Find ids outside 0 to 2147483647, of containers and of the Pod."""
    for container in pod.all_containers():
        context = container.raw.get("securityContext")
        if not context:
            continue
        for name in _OF_CONTAINER:
            number = context.get(name)
            if number and not 0 < number <= _HIGHEST_ID:
                yield _out_of_range(f"{container.path}.securityContext.{name}", number, container.name)
    of_pod = pod.spec.get("securityContext")
    if of_pod:
        yield from _pod_ids(of_pod, pod.path)


def _pod_ids(context: Raw, spec_path: str) -> Iterator[Finding]:
    for name in _OF_POD:
        number = context.get(name)
        if number and not 0 < number <= _HIGHEST_ID:
            yield _out_of_range(f"{spec_path}.securityContext.{name}", number)
    for i, number in enumerate(context.get("supplementalGroups") or ()):
        if number and not 0 < number <= _HIGHEST_ID:
            yield _out_of_range(f"{spec_path}.securityContext.supplementalGroups[{i}]", number)


def _out_of_range(path: str, number: int, container: str = "") -> Finding:
    return Finding(CODE, ErrorType.INVALID, path, f"must be 0 to {_HIGHEST_ID}, is {number}", container)


RULE = Rule(
    code=CODE,
    title="User or group out of range",
    check=check,
    source="apimachinery pkg/util/validation: IsValidUserID, IsValidGroupID",
    text=__doc__,
    needs=("fsGroup", "runAsUser", "runAsGroup", "supplementalGroups"),
    by_container=True,
)
