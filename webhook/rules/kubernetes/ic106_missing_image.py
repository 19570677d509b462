"""A container without an image.

Nothing could be pulled and nothing run.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, command: [migrate]}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1", command: [migrate]}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC106"


def check(pod: Pod) -> Iterator[Finding]:
    """Find containers whose image is absent or empty."""
    for container in pod.all_containers():
        if not container.image:
            message = f"every {container.role} needs an image"
            yield Finding(CODE, ErrorType.REQUIRED, f"{container.path}.image", message, container.name)


RULE = Rule(
    code=CODE,
    title="Missing image",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainerCommon",
    text=__doc__,
    by_container=True,
)
