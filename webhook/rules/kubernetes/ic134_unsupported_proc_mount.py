"""A procMount that is neither Default nor Unmasked, or an unmasked one among the users of the host.

Unmasked shows the container all of `/proc`, kernel settings included. That is safe only for users that mean nothing on
the host, so it needs `hostUsers: false` (KEP-4265).

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: builder}
    spec:
      initContainers:
      - name: build
        image: registry.example/builder:1
        securityContext: {procMount: Unmasked}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: builder}
    spec:
      hostUsers: false
      initContainers:
      - name: build
        image: registry.example/builder:1
        securityContext: {procMount: Unmasked}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC134"
_DEFAULT, _UNMASKED = "Default", "Unmasked"


def check(pod: Pod) -> Iterator[Finding]:
    """Find unknown values of procMount, and Unmasked without a user namespace of the Pod's own."""
    for container in pod.all_containers():
        context = container.raw.get("securityContext")
        if not context or (mount := context.get("procMount")) is None or mount == _DEFAULT:
            continue
        path = f"{container.path}.securityContext.procMount"
        if mount != _UNMASKED:
            message = f"{mount!r} must be {_DEFAULT} or {_UNMASKED}"
            yield Finding(CODE, ErrorType.NOT_SUPPORTED, path, message, container.name)
        elif pod.spec.get("hostUsers") is not False:
            message = f"{_UNMASKED} needs hostUsers: false in {pod.path}"
            yield Finding(CODE, ErrorType.INVALID, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Unsupported proc mount",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateSecurityContext, ValidateProcMountType; KEP-4265",
    text=__doc__,
    needs=("procMount",),
    by_container=True,
)
