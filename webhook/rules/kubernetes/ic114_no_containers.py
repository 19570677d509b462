"""A Pod without a container that is not an init container.

Init containers and sidecars only prepare and accompany; without at least one entry in `containers` there is nothing for
them to wait on. A ReplicationController may even lack the template; every other kind has an empty one then.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule
from webhook.core.template import is_looked_into

CODE = "IC114"


def check(pod: Pod) -> Iterator[Finding]:
    """Find Pods without a regular container, and ReplicationControllers without a template."""
    if pod.containers:
        return
    if is_looked_into(pod):
        message = "at least one container is needed besides init containers"
        yield Finding(CODE, ErrorType.REQUIRED, f"{pod.path}.containers", message)
    elif pod.kind == "ReplicationController":
        yield Finding(CODE, ErrorType.REQUIRED, "spec.template", "there is no template to make Pods of")


RULE = Rule(
    code=CODE,
    title="No containers",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainers, ValidatePodTemplateSpecForRC",
    text=__doc__,
    beyond_template=True,
)
