"""An entry of spec.resourceClaims without a good name of its own, or that does not say which claim it is.

Containers refer to the entry by its name, a label that no other entry has. It stands for a ResourceClaim that exists,
or for one that is made from a ResourceClaimTemplate: exactly one of the two. Up to Kubernetes 1.33 they are dropped
unread.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      resourceClaims: [{name: gpu}]
      initContainers: [{name: train, image: "registry.example/train:1", resources: {claims: [{name: gpu}]}}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      resourceClaims: [{name: gpu, resourceClaimTemplateName: one-gpu}]
      initContainers: [{name: train, image: "registry.example/train:1", resources: {claims: [{name: gpu}]}}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.names import dns_label_faults, dns_subdomain_faults
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC156"

# The kubelet marks with it the image of a static Pod that it keeps in the API server.
_MIRROR_ANNOTATION = "kubernetes.io/config.mirror"
# Kubernetes names no field there, and prints it like this.
_NOWHERE = "[]"

_SOURCES = ("resourceClaimName", "resourceClaimTemplateName")

_Fault = tuple[ErrorType, str, str]  # type, what is appended to the path of the claim, message


def check(pod: Pod) -> Iterator[Finding]:
    """Find entries of spec.resourceClaims whose name or whose source is missing, malformed or there twice."""
    claims = pod.spec.get("resourceClaims")
    if not claims or not Gate.DYNAMIC_RESOURCE_ALLOCATION.is_on(pod.minor):
        return
    if not pod.is_template and _MIRROR_ANNOTATION in pod.annotations:
        message = f"a static Pod (annotation {_MIRROR_ANNOTATION}) can have no resource claims: take them out"
        yield from (Finding(CODE, ErrorType.FORBIDDEN, _NOWHERE, message) for _ in claims)
        return
    seen: set[str] = set()
    for i, claim in enumerate(claims):
        for type_, below, message in (*_name_faults(claim or {}, seen), *_source_faults(claim or {})):
            yield Finding(CODE, type_, f"{pod.path}.resourceClaims[{i}]{below}", message)


def _name_faults(claim: Raw, seen: set[str]) -> Iterator[_Fault]:
    name = claim.get("name") or ""
    if not name:
        yield ErrorType.REQUIRED, ".name", "every claim needs a name, by which containers refer to it"
    elif name in seen:
        yield ErrorType.DUPLICATE, ".name", f"another claim is called {name!r} as well: give each a name of its own"
    else:
        seen.add(name)
        for fault in dns_label_faults(name):
            yield ErrorType.INVALID, ".name", f"the name {name!r} {fault}"


def _source_faults(claim: Raw) -> Iterator[_Fault]:
    sources = [source for source in _SOURCES if claim.get(source) is not None]
    if len(sources) != 1:
        message = f"say either {_SOURCES[0]} or {_SOURCES[1]}" + (", not both" if sources else "")
        yield ErrorType.INVALID, "", message
    for source in sources:
        for fault in dns_subdomain_faults(claim[source]):
            yield ErrorType.INVALID, f".{source}", f"{source} {claim[source]!r} {fault}"


RULE = Rule(
    code=CODE,
    title="Malformed pod resource claim",
    check=check,
    source="kubernetes pkg/apis/core/validation: validatePodResourceClaims",
    text=__doc__,
    needs=("resourceClaims",),
)
