"""A probe on an init container that is no sidecar.

An init container runs to completion before the Pod can be ready: nothing would ever ask its probe. Only with
`restartPolicy: Always` does it live on, as a native sidecar, and may be probed (KEP-753).

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        readinessProbe: {tcpSocket: {port: 8080}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        readinessProbe: {tcpSocket: {port: 8080}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC103"
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")


def check(pod: Pod) -> Iterator[Finding]:
    """Find probes, even empty ones, on plain init containers."""
    for container in pod.init_containers:
        if container.is_sidecar:
            continue
        for probe in _PROBES:
            if container.raw.get(probe) is not None:
                message = "may not be set for init containers without restartPolicy: Always"
                yield Finding(CODE, ErrorType.FORBIDDEN, f"{container.path}.{probe}", message, container.name)


RULE = Rule(
    code=CODE,
    title="Probe on init container",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateInitContainers; KEP-753",
    text=__doc__,
    needs=_PROBES,
    by_container=True,
)
