"""A postStart or preStop handler that says nothing to do, two things, or something impossible.

A hook runs one command, calls one address or sleeps. It cannot sleep longer than the Pod is given to end: the kubelet
would cut it short. The hooks of app containers and sidecars are looked at; a plain init container may not have any.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      terminationGracePeriodSeconds: 10
      initContainers:
      - name: log-agent
        image: registry.example/agent:1
        restartPolicy: Always
        lifecycle: {preStop: {sleep: {seconds: 60}}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      terminationGracePeriodSeconds: 90
      initContainers:
      - name: log-agent
        image: registry.example/agent:1
        restartPolicy: Always
        lifecycle: {preStop: {sleep: {seconds: 60}}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import Finding
from webhook.core.handler import hook_faults
from webhook.core.pod import Pod, Role
from webhook.core.rule import Rule

CODE = "IC131"
_HOOKS = ("postStart", "preStop")
# What an absent terminationGracePeriodSeconds is defaulted to.
_DEFAULT_GRACE_SECONDS = 30


def check(pod: Pod) -> Iterator[Finding]:
    """Find faults inside the lifecycle handlers of app containers and sidecars."""
    for container in (*pod.containers, *pod.init_containers):
        lifecycle = container.raw.get("lifecycle")
        if not lifecycle or container.role is Role.INIT:
            continue
        for name in _HOOKS:
            hook = lifecycle.get(name)
            if hook is None:
                continue
            for fault in hook_faults(hook, _grace_seconds(pod)):
                path = fault.path_from(f"{container.path}.lifecycle.{name}")
                yield Finding(CODE, fault.type, path, fault.message, container.name)


def _grace_seconds(pod: Pod) -> int:
    """Give the time to end; a negative one becomes 1 when a Pod is read, and stays as it is in a template."""
    seconds: int | None = pod.spec.get("terminationGracePeriodSeconds")
    if seconds is None:
        return _DEFAULT_GRACE_SECONDS
    return 1 if seconds < 0 and not pod.is_template else seconds


RULE = Rule(
    code=CODE,
    title="Malformed lifecycle handler",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateLifecycle, validateSleepAction",
    text=__doc__,
    needs=("lifecycle",),
    by_container=True,
)
