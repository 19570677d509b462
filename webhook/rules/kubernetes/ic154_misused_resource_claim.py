"""A container that names a resource claim wrongly: no name, one that the Pod has not, or the same claim twice.

Dynamic resource allocation (KEP-4381) gives a container the devices of those claims in spec.resourceClaims that it
names, whole or one request of them. A claim that was named whole includes all its requests, so naming any of them as
well is naming it twice. Up to Kubernetes 1.33 claims are dropped unread.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      resourceClaims: [{name: gpu, resourceClaimTemplateName: one-gpu}]
      initContainers:
      - name: train
        image: registry.example/train:1
        resources: {claims: [{name: gpus}]}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      resourceClaims: [{name: gpu, resourceClaimTemplateName: one-gpu}]
      initContainers:
      - name: train
        image: registry.example/train:1
        resources: {claims: [{name: gpu}]}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.declared import judged_pod_level
from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.names import dns_label_faults
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC154"

_Fault = tuple[ErrorType, str, str]  # type, what is appended to the path of the claim, message


def check(pod: Pod) -> Iterator[Finding]:
    """Find claims of containers, and of the Pod as a whole, that are nameless, unknown or named before."""
    if not Gate.DYNAMIC_RESOURCE_ALLOCATION.is_on(pod.minor):
        return
    for container in pod.all_containers():
        resources = container.raw.get("resources")
        if resources and resources.get("claims"):
            yield from _findings(pod, resources["claims"], f"{container.path}.resources", container.name)
    level = judged_pod_level(pod)
    if level and level.get("claims"):
        yield from _findings(pod, level["claims"], f"{pod.path}.resources", "")


def _findings(pod: Pod, claims: list[Raw | None], path: str, container: str) -> Iterator[Finding]:
    known = {name for claim in pod.spec.get("resourceClaims") or () if claim and (name := claim.get("name"))}
    seen: set[str] = set()
    for k, claim in enumerate(claims):
        name, request = (claim or {}).get("name") or "", (claim or {}).get("request") or ""
        for type_, below, message in _faults(name, request, seen, known):
            yield Finding(CODE, type_, f"{path}.claims[{k}]{below}", message, container)


def _faults(name: str, request: str, seen: set[str], known: set[str]) -> Iterator[_Fault]:
    if not name:
        yield ErrorType.REQUIRED, "", "every claim needs a name, one of those in spec.resourceClaims"
        return
    yield from _repetitions(name, request, seen)
    if name not in known:
        yield ErrorType.NOT_FOUND, "", f"there is no claim {name!r} in spec.resourceClaims: add it there, or correct it"


def _repetitions(name: str, request: str, seen: set[str]) -> Iterator[_Fault]:
    """Find what was named before, and note in `seen` what is named now: `claim`, or `claim/request`."""
    if name in seen:
        yield ErrorType.DUPLICATE, "", f"the whole claim {name!r} was named before: keep one of the two"
        return
    key = f"{name}/{request}" if request else name
    for fault in dns_label_faults(request) if request else ():
        yield ErrorType.INVALID, ".request", f"the request {request!r} {fault}"
    if key in seen:
        yield ErrorType.DUPLICATE, "", f"the request {request!r} of the claim {name!r} was named before: keep one"
    elif not request:
        # Each request that was named before is an error of its own.
        for _ in (one for one in seen if "/" in one and one.partition("/")[0] == name):
            yield ErrorType.DUPLICATE, "", f"a request of the claim {name!r} was named before: keep that, or the whole"
    seen.add(key)


RULE = Rule(
    code=CODE,
    title="Misused resource claim",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateResourceClaimNames",
    text=__doc__,
    needs=("claims",),
    by_container=True,
)
