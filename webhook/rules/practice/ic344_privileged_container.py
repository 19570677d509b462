"""A container is privileged: it is root on the node.

It sees every device and may load kernel modules; nothing that the Pod says about rights holds. Most init containers
that are privileged set one kernel parameter: `securityContext.sysctls` of the Pod does that for the namespaced ones, a
DaemonSet of its own for the node's. The baseline standard forbids it for every container.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        securityContext: {privileged: true}

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      securityContext: {sysctls: [{name: net.ipv4.ip_local_port_range, value: "1024 65535"}]}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier
from webhook.core.security import security_context

CODE = "IC344"


def check(pod: Pod) -> Iterator[Finding]:
    """Find containers that are privileged."""
    for container in pod.all_containers():
        if security_context(container).get("privileged"):
            message = "is root on the node; take the one right that it needs, or set kernel parameters by sysctls"
            path = f"{container.path}.securityContext.privileged"
            yield Finding(CODE, ErrorType.PRACTICE, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Privileged container",
    check=check,
    source="Pod Security Standards, baseline; kubernetes pod-security-admission policy/check_privileged.go",
    text=__doc__,
    tier=Tier.STRICT,
    needs=("privileged",),
    by_container=True,
)
