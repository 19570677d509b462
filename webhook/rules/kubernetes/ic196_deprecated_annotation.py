"""An annotation that Kubernetes once read and no longer does.

The Pod seems critical, or seems to have kernel parameters set, and neither is so. Each of these annotations has a field
in the pod spec instead.

Bad:

    apiVersion: v1
    kind: Pod
    metadata:
      name: shop
      annotations: {security.alpha.kubernetes.io/sysctls: net.ipv4.ip_local_port_range=1024 65535}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      securityContext:
        sysctls: [{name: net.ipv4.ip_local_port_range, value: "1024 65535"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC196"

# Annotation, the minor since which nothing reads it, the field that does its work.
_DEPRECATED = {
    "scheduler.alpha.kubernetes.io/critical-pod": (16, "priorityClassName"),
    "security.alpha.kubernetes.io/sysctls": (11, "securityContext.sysctls"),
    "security.alpha.kubernetes.io/unsafe-sysctls": (11, "securityContext.sysctls"),
}


def check(pod: Pod) -> Iterator[Finding]:
    """Find annotations of old that have no effect."""
    annotations = pod.annotations
    if not annotations:
        return
    for key, (minor, field) in _DEPRECATED.items():
        if key in annotations:
            path = f"{pod.path.removesuffix('spec')}metadata.annotations[{key}]"
            message = f"nothing reads this annotation since 1.{minor}; use the field spec.{field}"
            yield Finding(CODE, ErrorType.WARNING, path, message, severity=Severity.WARN)


RULE = Rule(
    code=CODE,
    title="Deprecated annotation",
    check=check,
    source="kubernetes pkg/api/pod/warnings.go: deprecatedAnnotations",
    text=__doc__,
    severity=Severity.WARN,
    beyond_template=True,
)
