"""A template with a negative time to shut down.

The Pods made of it get one second, not for ever, and preStop hooks are cut short. In a Pod the API server writes the 1
by itself before it looks, so only templates are warned about.

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: shop}
    spec:
      selector: {matchLabels: {app: shop}}
      template:
        metadata: {labels: {app: shop}}
        spec:
          terminationGracePeriodSeconds: -1
          containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: shop}
    spec:
      selector: {matchLabels: {app: shop}}
      template:
        metadata: {labels: {app: shop}}
        spec:
          terminationGracePeriodSeconds: 1
          containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC197"


def check(pod: Pod) -> Iterator[Finding]:
    """Find a template whose terminationGracePeriodSeconds is below zero."""
    seconds = pod.spec.get("terminationGracePeriodSeconds")
    if pod.is_template and seconds is not None and seconds < 0:
        path = f"{pod.path}.terminationGracePeriodSeconds"
        message = f"{seconds} is treated as 1; say how many seconds the Pod has to shut down"
        yield Finding(CODE, ErrorType.WARNING, path, message, severity=Severity.WARN)


RULE = Rule(
    code=CODE,
    title="Negative grace period",
    check=check,
    source="kubernetes pkg/api/pod/warnings.go: warningsForPodSpecAndMeta",
    text=__doc__,
    severity=Severity.WARN,
    beyond_template=True,
)
