"""An image with white space before or after it.

No registry has such an image, and the space is easily overlooked in a template. Kubernetes refuses it in a Pod; in the
template of a workload it takes it, and the Pods can then not be made.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1 "}]
      containers: [{name: app, image: "registry.example/shop:1"}]

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
from webhook.core.white_space import is_padded

CODE = "IC111"


def check(pod: Pod) -> Iterator[Finding]:
    """Find padded images in Pods; those of ephemeral containers in templates as well."""
    for container in pod.ephemeral_containers if pod.is_template else pod.all_containers():
        image = container.raw.get("image")
        if image and is_padded(image):
            message = "the image must not begin or end with white space"
            yield Finding(CODE, ErrorType.INVALID, f"{container.path}.image", message, container.name)


RULE = Rule(
    code=CODE,
    title="Padded image",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainerOnlyForPod",
    text=__doc__,
    by_container=True,
)
