"""A container that forbids itself to gain privileges and has them all the same.

`allowPrivilegeEscalation: false` sets no_new_privs, which means nothing for a privileged container or for one with
CAP_SYS_ADMIN. Kubernetes sees the capability only under this spelling; runtimes and its own documents say SYS_ADMIN.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: tune
        image: registry.example/tune:1
        securityContext: {privileged: true, allowPrivilegeEscalation: false}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: tune
        image: registry.example/tune:1
        securityContext: {allowPrivilegeEscalation: false}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule

CODE = "IC135"
_ALL_POWERFUL = "CAP_SYS_ADMIN"


def check(pod: Pod) -> Iterator[Finding]:
    """Find allowPrivilegeEscalation: false beside privileged: true, and beside each CAP_SYS_ADMIN that is added."""
    for container in pod.all_containers():
        context = container.raw.get("securityContext")
        if not context or context.get("allowPrivilegeEscalation") is not False:
            continue
        if context.get("privileged"):
            yield _contradiction(container, "privileged: true")
        for capability in (context.get("capabilities") or {}).get("add") or ():
            if capability == _ALL_POWERFUL:
                yield _contradiction(container, f"the capability {_ALL_POWERFUL}")


def _contradiction(container: Container, power: str) -> Finding:
    message = f"allowPrivilegeEscalation: false contradicts {power}; keep one of the two"
    return Finding(CODE, ErrorType.INVALID, f"{container.path}.securityContext", message, container.name)


RULE = Rule(
    code=CODE,
    title="Contradictory privilege escalation",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateSecurityContext",
    text=__doc__,
    needs=("privileged", "capabilities"),
    by_container=True,
)
