"""A process of a container may gain more rights than it was started with.

A program with the set-user-ID bit, or with capabilities of its file, makes root of whoever runs it. With
`allowPrivilegeEscalation: false` the kernel lets nobody gain rights (`no_new_privs`). The restricted standard asks it
of every container, of init, main and ephemeral ones alike; Pods that say they run Windows are exempt.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        securityContext: {runAsNonRoot: true}

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        securityContext: {allowPrivilegeEscalation: false}
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier
from webhook.core.security import is_windows, security_context

CODE = "IC340"


def check(pod: Pod) -> Iterator[Finding]:
    """Find containers whose securityContext does not say `allowPrivilegeEscalation: false`."""
    if is_windows(pod):
        return
    for container in pod.all_containers():
        if security_context(container).get("allowPrivilegeEscalation") is not False:
            message = "its processes may gain more rights than they were started with; set it to false"
            path = f"{container.path}.securityContext.allowPrivilegeEscalation"
            yield Finding(CODE, ErrorType.PRACTICE, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Privilege escalation allowed",
    check=check,
    source="Pod Security Standards, restricted; kubernetes pod-security-admission policy/check_allowPrivilegeEscalation.go",
    text=__doc__,
    tier=Tier.STRICT,
    by_container=True,
)
