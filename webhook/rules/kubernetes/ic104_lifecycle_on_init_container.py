"""A lifecycle handler on an init container that is no sidecar.

postStart and preStop belong to containers that stay; a plain init container is waited for until it ends. With
`restartPolicy: Always` it is a native sidecar and may have them (KEP-753).

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        lifecycle: {preStop: {exec: {command: [sh, -c, "echo bye"]}}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: log-agent
        image: registry.example/agent:1
        restartPolicy: Always
        lifecycle: {preStop: {exec: {command: [sh, -c, "echo bye"]}}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC104"


def check(pod: Pod) -> Iterator[Finding]:
    """Find lifecycle objects, even empty ones, on plain init containers."""
    for container in pod.init_containers:
        lifecycle = container.raw.get("lifecycle")
        if lifecycle is None or container.is_sidecar or _is_dropped(lifecycle, pod.minor):
            continue
        message = "may not be set for init containers without restartPolicy: Always"
        yield Finding(CODE, ErrorType.FORBIDDEN, f"{container.path}.lifecycle", message, container.name)


def _is_dropped(lifecycle: Raw, minor: int) -> bool:
    """Say whether the API server removes it unseen: where stop signals are off, with a lifecycle that holds nothing else."""
    if Gate.CONTAINER_STOP_SIGNALS.is_on(minor) or lifecycle.get("stopSignal") is None:
        return False
    return lifecycle.get("postStart") is None and lifecycle.get("preStop") is None


RULE = Rule(
    code=CODE,
    title="Lifecycle on init container",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateInitContainers; KEP-753",
    text=__doc__,
    needs=("lifecycle",),
    by_container=True,
)
