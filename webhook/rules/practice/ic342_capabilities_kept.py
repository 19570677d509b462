"""A container keeps the default capabilities, or adds some.

Without a word a container that runs as root has fourteen capabilities, raw network packets and changes of ownership
among them. The restricted standard asks every container to drop `ALL` and to add back `NET_BIND_SERVICE` at most; Pods
that say they run Windows are exempt.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        securityContext: {capabilities: {drop: [NET_RAW]}}

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier
from webhook.core.security import is_windows, security_context

CODE = "IC342"
_ALL = "ALL"
_HARMLESS = "NET_BIND_SERVICE"


def check(pod: Pod) -> Iterator[Finding]:
    """Find containers that do not drop ALL, or that add anything but NET_BIND_SERVICE."""
    if is_windows(pod):
        return
    for container in pod.all_containers():
        capabilities = security_context(container).get("capabilities") or {}
        where = f"{container.path}.securityContext.capabilities"
        if _ALL not in (capabilities.get("drop") or ()):
            message = "keeps capabilities that it was not asked to have; drop ALL"
            yield Finding(CODE, ErrorType.PRACTICE, f"{where}.drop", message, container.name)
        added = [one or "" for one in capabilities.get("add") or () if one != _HARMLESS]
        if added:
            message = f"adds {', '.join(added)}; no more than {_HARMLESS} may be added"
            yield Finding(CODE, ErrorType.PRACTICE, f"{where}.add", message, container.name)


RULE = Rule(
    code=CODE,
    title="Capabilities kept",
    check=check,
    source="Pod Security Standards, restricted; kubernetes pod-security-admission policy/check_capabilities_restricted.go",
    text=__doc__,
    tier=Tier.STRICT,
    by_container=True,
)
