"""The image of an init container or a sidecar has no tag, or the tag latest.

What runs before the app then changes when somebody pushes, not when somebody deploys: two replicas may start with two
programs, and going back brings nothing back.

Judged are init containers and sidecars.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: wait, image: busybox}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: wait, image: "busybox:1.36.1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.image_name import ImageName
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier

CODE = "IC322"


def check(pod: Pod) -> Iterator[Finding]:
    """Find images of init containers and sidecars without digest and without any tag but `latest`."""
    for container in pod.init_containers:
        if container.image and ImageName.parse(container.image).is_latest:
            message = "its image is whatever was pushed last; name a version or a digest"
            yield Finding(CODE, ErrorType.PRACTICE, f"{container.path}.image", message, container.name)


RULE = Rule(
    code=CODE,
    title="Image without fixed tag",
    check=check,
    source="https://kubernetes.io/docs/concepts/containers/images/#image-names",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
    by_container=True,
)
