"""A volume is a folder of the node.

What is there belongs to the node and to whatever else mounts it; the Pod sees another folder wherever it is placed
anew, and whoever may write there may change the node. The baseline standard forbids it.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: logs, hostPath: {path: /var/log}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: logs, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier

CODE = "IC345"


def check(pod: Pod) -> Iterator[Finding]:
    """Find volumes of the kind hostPath."""
    for index, volume in enumerate(pod.volumes()):
        if volume.get("hostPath") is not None:
            message = "is a folder of the node; use an emptyDir, or a claim for what has to stay"
            yield Finding(CODE, ErrorType.PRACTICE, f"{pod.path}.volumes[{index}].hostPath", message)


RULE = Rule(
    code=CODE,
    title="HostPath volume",
    check=check,
    source="Pod Security Standards, baseline; kubernetes pod-security-admission policy/check_hostPathVolumes.go",
    text=__doc__,
    tier=Tier.STRICT,
    needs=("hostPath",),
)
