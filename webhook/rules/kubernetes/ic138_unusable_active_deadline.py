"""A Pod's activeDeadlineSeconds that is out of range, or in a workload whose Pods run for ever.

It ends a Pod after so many seconds, counted from the start of its init containers. 1 to 2147483647 are taken. The Pods
of a Deployment, ReplicaSet, StatefulSet, DaemonSet or ReplicationController may have none; a Job's may.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      activeDeadlineSeconds: 0
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      activeDeadlineSeconds: 600
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule
from webhook.core.template import FOR_EVER, is_looked_into, is_under_rules_of_kind

CODE = "IC138"
_MAX_SECONDS = (1 << 31) - 1


def check(pod: Pod) -> Iterator[Finding]:
    """Find deadlines that no Pod may have, and those of kinds that take none."""
    seconds = pod.spec.get("activeDeadlineSeconds")
    if seconds is None:
        return
    path = f"{pod.path}.activeDeadlineSeconds"
    if not 1 <= seconds <= _MAX_SECONDS and is_looked_into(pod):
        yield Finding(CODE, ErrorType.INVALID, path, f"{seconds} is not 1 to {_MAX_SECONDS} seconds")
    if pod.kind in FOR_EVER and is_under_rules_of_kind(pod):
        message = f"the Pods of a {pod.kind} run for ever and take no deadline; remove it"
        yield Finding(CODE, ErrorType.FORBIDDEN, path, message)


RULE = Rule(
    code=CODE,
    title="Unusable active deadline",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidatePodSpec; pkg/apis/apps/validation",
    text=__doc__,
    beyond_template=True,
    needs=("activeDeadlineSeconds",),
)
