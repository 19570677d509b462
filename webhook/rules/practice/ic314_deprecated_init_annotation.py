"""Init containers stand in an annotation, where nothing reads them any more.

Up to Kubernetes 1.7 init containers could be written as JSON in an annotation. Since 1.8 only the field
`spec.initContainers` counts: the Pod starts at once, without what was to run before.

Bad:

    apiVersion: v1
    kind: Pod
    metadata:
      name: shop
      annotations:
        pod.beta.kubernetes.io/init-containers: '[{"name": "migrate", "image": "registry.example/migrate:1"}]'
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate, image: "registry.example/migrate:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC314"

_MOVED = {
    "pod.alpha.kubernetes.io/init-containers": "write spec.initContainers",
    "pod.beta.kubernetes.io/init-containers": "write spec.initContainers",
    "pod.alpha.kubernetes.io/init-container-statuses": "take it away; the kubelet writes status.initContainerStatuses",
    "pod.beta.kubernetes.io/init-container-statuses": "take it away; the kubelet writes status.initContainerStatuses",
}


def check(pod: Pod) -> Iterator[Finding]:
    """Find the annotations of old that held init containers and their statuses."""
    annotations = pod.annotations
    if not annotations:
        return
    for key, remedy in _MOVED.items():
        if key in annotations:
            path = f"{pod.path.removesuffix('spec')}metadata.annotations[{key}]"
            message = f"nothing reads this annotation since Kubernetes 1.8; {remedy}"
            yield Finding(CODE, ErrorType.PRACTICE, path, message)


RULE = Rule(
    code=CODE,
    title="Deprecated init annotation",
    check=check,
    source="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/",
    text=__doc__,
    needs=("annotations",),
)
