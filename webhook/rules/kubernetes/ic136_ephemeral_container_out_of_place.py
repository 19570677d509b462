"""An ephemeral container where none may be, or with what none may have.

Ephemeral containers are added to a Pod that runs, with `kubectl debug`: none may stand in a Pod that is created, or in
a template. They are nobody's service, so they have no ports, probes, lifecycle, resources or restart policy and mount
no part of a volume; the container that they look into has to be there.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]
      ephemeralContainers: [{name: debug, image: "registry.example/tools:1", targetContainerName: app}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.pod import Container, Pod, Raw
from webhook.core.rule import Rule

CODE = "IC136"
# Forbidden as soon as they are there, even empty.
_NEVER = ("ports", "livenessProbe", "readinessProbe", "startupProbe", "resizePolicy")
# In this minor the API server removes restartPolicy before it looks; earlier ones know no restartPolicyRules.
_DROPS_RESTART_POLICY = 34


def check(pod: Pod) -> Iterator[Finding]:
    """Find ephemeral containers, the fields that they may not have, and targets that are not there."""
    if not pod.ephemeral_containers:
        return
    message = "an ephemeral container can only be added to a Pod that runs, with kubectl debug"
    yield Finding(CODE, ErrorType.FORBIDDEN, f"{pod.path}.ephemeralContainers", message)
    others = {container.name for container in (*pod.containers, *pod.init_containers)}
    for container in pod.ephemeral_containers:
        for field in _forbidden(container, pod):
            message = "cannot be set for an ephemeral container"
            yield Finding(CODE, ErrorType.FORBIDDEN, f"{container.path}.{field}", message, container.name)
        target = container.raw.get("targetContainerName")
        if target and target not in others:
            message = f"there is no container or init container {target!r} to look into"
            path = f"{container.path}.targetContainerName"
            yield Finding(CODE, ErrorType.NOT_FOUND, path, message, container.name)


def _forbidden(container: Container, pod: Pod) -> Iterator[str]:
    raw, minor = container.raw, pod.minor
    yield from (field for field in _NEVER if raw.get(field) is not None)
    if _has_resources(raw.get("resources") or {}, minor):
        yield "resources"
    if _has_lifecycle(raw.get("lifecycle"), minor):
        yield "lifecycle"
    if raw.get("restartPolicy") is not None and minor != _DROPS_RESTART_POLICY:
        yield "restartPolicy"
    if raw.get("restartPolicyRules") is not None and Gate.CONTAINER_RESTART_RULES.is_on(minor):
        yield "restartPolicyRules"
    for j, mount in enumerate(pod.volume_mounts(container)):
        yield from (f"volumeMounts[{j}].{field}" for field in ("subPath", "subPathExpr") if mount.get(field))


def _has_resources(resources: Raw, minor: int) -> bool:
    """An empty object is none, but an empty list or map within it is one."""
    if resources.get("limits") is not None or resources.get("requests") is not None:
        return True
    return resources.get("claims") is not None and Gate.DYNAMIC_RESOURCE_ALLOCATION.is_on(minor)


def _has_lifecycle(lifecycle: Raw | None, minor: int) -> bool:
    """Where stopSignal is off, the API server removes it, and a lifecycle that it leaves empty too."""
    if lifecycle is None:
        return False
    if lifecycle.get("stopSignal") is None or Gate.CONTAINER_STOP_SIGNALS.is_on(minor):
        return True
    return lifecycle.get("postStart") is not None or lifecycle.get("preStop") is not None


RULE = Rule(
    code=CODE,
    title="Ephemeral container out of place",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateEphemeralContainers, ValidatePodCreate, ValidatePodTemplateSpec",
    text=__doc__,
    needs=("ephemeralContainers",),
)
