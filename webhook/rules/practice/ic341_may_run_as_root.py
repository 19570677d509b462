"""A container may run as root, or says that it does.

Whoever breaks out of a container that runs as root is root on the node. The restricted standard asks `runAsNonRoot:
true` of every container or of the Pod, so that the kubelet refuses to start an image as root, and that nobody says
`runAsUser: 0`. Since 1.35 a Pod in a user namespace of its own (`hostUsers: false`) is exempt.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        securityContext: {runAsUser: 0, runAsNonRoot: true}

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        securityContext: {runAsNonRoot: true}
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule, Tier
from webhook.core.security import pod_security_context, security_context

CODE = "IC341"
# Since this minor the standard exempts Pods with a user namespace of their own (KEP-127).
_USER_NAMESPACES_SINCE = 35


def check(pod: Pod) -> Iterator[Finding]:
    """Find runAsNonRoot that is false or not said, and runAsUser 0, in the Pod and its containers."""
    if pod.spec.get("hostUsers") is False and pod.minor >= _USER_NAMESPACES_SINCE:
        return
    of_pod = pod_security_context(pod)
    where = f"{pod.path}.securityContext"
    if of_pod.get("runAsNonRoot") is False:
        yield _finding(f"{where}.runAsNonRoot", "allows its containers to run as root; set it to true", "")
    if of_pod.get("runAsUser") == 0:
        yield _finding(f"{where}.runAsUser", "makes its containers run as root; name another user", "")
    for container in pod.all_containers():
        yield from _faults(container, is_covered=of_pod.get("runAsNonRoot") is True)


def _faults(container: Container, *, is_covered: bool) -> Iterator[Finding]:
    own = security_context(container)
    where = f"{container.path}.securityContext"
    said = own.get("runAsNonRoot")
    if said is False or (said is None and not is_covered):
        message = "may run as root; set runAsNonRoot: true here or for the Pod"
        yield _finding(f"{where}.runAsNonRoot", message, container.name)
    if own.get("runAsUser") == 0:
        yield _finding(f"{where}.runAsUser", "runs as root; name another user", container.name)


def _finding(path: str, message: str, container: str) -> Finding:
    return Finding(CODE, ErrorType.PRACTICE, path, message, container)


RULE = Rule(
    code=CODE,
    title="May run as root",
    check=check,
    source="Pod Security Standards, restricted; kubernetes pod-security-admission policy/check_runAsNonRoot.go, check_runAsUser.go",
    text=__doc__,
    tier=Tier.STRICT,
)
