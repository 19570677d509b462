"""A seccomp or AppArmor profile that is given as an annotation.

Since 1.27 nothing reads the seccomp annotation, so the container runs without the profile that it seems to have. The
AppArmor annotation is deprecated since 1.30. Both have a field in the security context, and where the field is there
the annotation does no harm.

Bad:

    apiVersion: v1
    kind: Pod
    metadata:
      name: shop
      annotations: {container.seccomp.security.alpha.kubernetes.io/migrate: runtime/default}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        securityContext: {seccompProfile: {type: RuntimeDefault}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.app_armor import PREFIX as APP_ARMOR_PREFIX
from webhook.core.app_armor import contradiction, profile_of
from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.pod import Container, Pod, Raw
from webhook.core.rule import Rule
from webhook.core.seccomp import CONTAINER_PREFIX as SECCOMP_PREFIX
from webhook.core.seccomp import POD_KEY as SECCOMP_POD_KEY
from webhook.core.seccomp import annotation_faults as seccomp_annotation_faults

CODE = "IC195"

_PREFIXES = (SECCOMP_POD_KEY, SECCOMP_PREFIX, APP_ARMOR_PREFIX)
_SECCOMP = "nothing reads this annotation since 1.27; use the field securityContext.seccompProfile"
_APP_ARMOR = "this annotation is deprecated since 1.30; use the field securityContext.appArmorProfile"


def check(pod: Pod) -> Iterator[Finding]:
    """Find annotations of seccomp and AppArmor profiles whose field is not there."""
    annotations = pod.annotations
    if not annotations or not any(key.startswith(_PREFIXES) for key in annotations):
        return
    if SECCOMP_POD_KEY in annotations and not _has_seccomp(pod.spec) and _is_sound(annotations[SECCOMP_POD_KEY]):
        yield _finding(pod, SECCOMP_POD_KEY, _SECCOMP)
    for container in (*pod.init_containers, *pod.containers, *pod.ephemeral_containers):
        key = SECCOMP_PREFIX + container.name
        if key in annotations and not _has_seccomp(container.raw) and _is_sound(annotations[key]):
            yield _finding(pod, key, _SECCOMP, container)
        key = APP_ARMOR_PREFIX + container.name
        if key in annotations and profile_of(container.raw) is None and not _is_said_by_pod(pod, annotations[key]):
            yield _finding(pod, key, _APP_ARMOR, container)


def _has_seccomp(holder: Raw) -> bool:
    return (holder.get("securityContext") or {}).get("seccompProfile") is not None


def _is_sound(annotation: str | None) -> bool:
    """Say whether the annotation is no error already: IC142."""
    return not seccomp_annotation_faults(annotation or "")


def _is_said_by_pod(pod: Pod, annotation: str | None) -> bool:
    """Say whether the profile of the whole Pod makes up for an AppArmor annotation.

    In a template any does. In a Pod it must be the same one, or else the API server copies the annotation into the
    container; in a Pod for Windows it looks at none of them (applyAppArmorVersionSkew in `pkg/registry/core/pod`).
    """
    profile = profile_of(pod.spec)
    if pod.is_template:
        return profile is not None
    if (pod.spec.get("os") or {}).get("name") == "windows":
        return True
    return profile is not None and not contradiction(annotation or "", profile)


def _finding(pod: Pod, key: str, message: str, container: Container | None = None) -> Finding:
    path = f"{pod.path.removesuffix('spec')}metadata.annotations[{key}]"
    return Finding(CODE, ErrorType.WARNING, path, message, container.name if container else "", Severity.WARN)


RULE = Rule(
    code=CODE,
    title="Deprecated security annotation",
    check=check,
    source="kubernetes pkg/api/pod/warnings.go; pkg/registry/core/pod: applyAppArmorVersionSkew",
    text=__doc__,
    severity=Severity.WARN,
    beyond_template=True,
)
