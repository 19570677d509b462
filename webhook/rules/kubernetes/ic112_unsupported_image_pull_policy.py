"""An imagePullPolicy that Kubernetes does not know.

It is Always, IfNotPresent or Never, spelled just so. Where none is given Kubernetes chooses: Always for the tag latest
or none, else IfNotPresent.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1", imagePullPolicy: ifNotPresent}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1", imagePullPolicy: IfNotPresent}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC112"
_POLICIES = ("Always", "IfNotPresent", "Never")


def check(pod: Pod) -> Iterator[Finding]:
    """Find pull policies outside the set; an empty one is defaulted."""
    for container in pod.all_containers():
        policy = container.raw.get("imagePullPolicy")
        if policy and policy not in _POLICIES:
            message = f"unsupported value {policy!r}; supported are {', '.join(_POLICIES)}"
            yield Finding(CODE, ErrorType.NOT_SUPPORTED, f"{container.path}.imagePullPolicy", message, container.name)


RULE = Rule(
    code=CODE,
    title="Unsupported image pull policy",
    check=check,
    source="kubernetes pkg/apis/core/validation: validatePullPolicy",
    text=__doc__,
    needs=("imagePullPolicy",),
    by_container=True,
)
