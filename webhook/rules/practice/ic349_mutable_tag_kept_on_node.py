"""The tag of an init container's or sidecar's image moves, but nodes keep what they pulled first.

With the pull policy IfNotPresent each node runs what the tag meant when the node first saw it: two replicas run two
programs, and a fix reaches only new nodes. Name a version, pin a digest, or pull always.

Judged are init containers and sidecars whose image has no tag or one that is made to move (`latest`, `main`, `stable`).

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: wait, image: "registry.example/tools:latest", imagePullPolicy: IfNotPresent}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: wait, image: "registry.example/tools:latest", imagePullPolicy: Always}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.image_name import ImageName
from webhook.core.pod import Pod
from webhook.core.pull_policy import default_pull_policy
from webhook.core.rule import Rule, Tier

CODE = "IC349"
# Names of branches and channels: whoever publishes them moves them on.
_MOVING = frozenset(
    {"", "canary", "dev", "develop", "devel", "edge", "head", "latest", "main", "master", "nightly", "rolling"}
    | {"snapshot", "stable", "testing", "trunk", "unstable"}
)


def check(pod: Pod) -> Iterator[Finding]:
    """Find images of init containers and sidecars whose tag moves while their pull policy is IfNotPresent."""
    for container in pod.init_containers:
        if not container.image:
            continue
        image = ImageName.parse(container.image)
        if image.digest or image.tag.lower() not in _MOVING:
            continue
        if (container.raw.get("imagePullPolicy") or default_pull_policy(container.image)) == "IfNotPresent":
            message = "the tag moves on and nodes keep what they have; name a version or a digest, or pull Always"
            yield Finding(CODE, ErrorType.PRACTICE, f"{container.path}.image", message, container.name)


RULE = Rule(
    code=CODE,
    title="Mutable tag kept on node",
    check=check,
    source="https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",
    text=__doc__,
    tier=Tier.STRICT,
    needs=("initContainers",),
    by_container=True,
)
