"""Nothing keeps a container from the kernel's rarer system calls.

Most ways out of a container lead through a system call that no program needs. The restricted standard asks for the
profile `RuntimeDefault` or `Localhost`, of every container or of the Pod, and that nobody says `Unconfined`; Pods that
say they run Windows are exempt.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        securityContext: {seccompProfile: {type: Unconfined}}

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      securityContext: {seccompProfile: {type: RuntimeDefault}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule, Tier
from webhook.core.security import is_windows, pod_security_context, security_context

CODE = "IC343"
_GOOD = ("RuntimeDefault", "Localhost")
_REMEDY = "set seccompProfile to RuntimeDefault or Localhost"


def check(pod: Pod) -> Iterator[Finding]:
    """Find seccomp profiles other than RuntimeDefault and Localhost, and containers for which none is set."""
    if is_windows(pod):
        return
    of_pod = _type(pod_security_context(pod))
    if of_pod is not None and of_pod not in _GOOD:
        message = f"lets every container call the kernel unfiltered; {_REMEDY}"
        yield Finding(CODE, ErrorType.PRACTICE, f"{pod.path}.securityContext.seccompProfile.type", message)
    for container in pod.all_containers():
        own = _type(security_context(container))
        if (own if own is not None else of_pod if of_pod in _GOOD else None) not in _GOOD:
            message = f"may call the kernel unfiltered; {_REMEDY}, here or for the Pod"
            path = f"{container.path}.securityContext.seccompProfile.type"
            yield Finding(CODE, ErrorType.PRACTICE, path, message, container.name)


def _type(context: Raw) -> str | None:
    """Give the type of a profile, empty where the profile does not say it; None where there is no profile."""
    profile = context.get("seccompProfile")
    return None if profile is None else profile.get("type") or ""


RULE = Rule(
    code=CODE,
    title="No seccomp profile",
    check=check,
    source="Pod Security Standards, restricted; kubernetes pod-security-admission policy/check_seccompProfile_restricted.go",
    text=__doc__,
    tier=Tier.STRICT,
)
