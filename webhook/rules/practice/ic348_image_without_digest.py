"""The image of an init container or a sidecar is not pinned by its digest.

A tag can be pushed again, by mistake or by somebody else; a digest is the content. What runs first, often with more
rights than the app, should be what was looked at.

Judged are init containers and sidecars.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: wait, image: "registry.example/tools:1.36.1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: wait
        image: registry.example/tools:1.36.1@sha256:8d5a8c8b4e9b1f3a7c6d2e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.image_name import ImageName
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier

CODE = "IC348"


def check(pod: Pod) -> Iterator[Finding]:
    """Find images of init containers and sidecars without a digest."""
    for container in pod.init_containers:
        if container.image and not ImageName.parse(container.image).digest:
            message = "its tag may be pushed again with something else; add the digest, as in name:tag@sha256:..."
            yield Finding(CODE, ErrorType.PRACTICE, f"{container.path}.image", message, container.name)


RULE = Rule(
    code=CODE,
    title="Image without digest",
    check=check,
    source="https://kubernetes.io/docs/concepts/containers/images/#image-names",
    text=__doc__,
    tier=Tier.STRICT,
    needs=("initContainers",),
    by_container=True,
)
