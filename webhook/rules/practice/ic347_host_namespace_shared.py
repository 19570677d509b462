"""A Pod shares the network, the processes or the memory of its node.

With `hostNetwork` it listens on the node's addresses and reaches what is only meant for the node, with `hostPID` it
sees and may signal every process, with `hostIPC` it reads their shared memory. The baseline standard forbids all three.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      hostPID: true
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      shareProcessNamespace: true
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier

CODE = "IC347"
_NAMESPACES = {"hostNetwork": "network", "hostPID": "processes", "hostIPC": "shared memory"}


def check(pod: Pod) -> Iterator[Finding]:
    """Find hostNetwork, hostPID and hostIPC that are true."""
    for field, what in _NAMESPACES.items():
        if pod.spec.get(field):
            message = f"shares the {what} of its node; leave it out"
            yield Finding(CODE, ErrorType.PRACTICE, f"{pod.path}.{field}", message)


RULE = Rule(
    code=CODE,
    title="Host namespace shared",
    check=check,
    source="Pod Security Standards, baseline; kubernetes pod-security-admission policy/check_hostNamespaces.go",
    text=__doc__,
    tier=Tier.STRICT,
    needs=("hostNetwork", "hostPID", "hostIPC"),
)
