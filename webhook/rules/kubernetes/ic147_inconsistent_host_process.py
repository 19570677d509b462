r"""A Windows Pod of which only a part runs as processes of the host, or without the network of the host.

Windows runs all containers of a Pod as host processes or none of them, init containers included, and only in the network
of the host. A container may repeat what the Pod says, never contradict it.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: node-setup}
    spec:
      hostNetwork: true
      initContainers: [{name: fetch, image: "registry.example/setup:1"}]
      containers:
      - name: setup
        image: registry.example/setup:1
        securityContext: {windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\SYSTEM'}}

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: node-setup}
    spec:
      hostNetwork: true
      securityContext: {windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\SYSTEM'}}
      initContainers: [{name: fetch, image: "registry.example/setup:1"}]
      containers: [{name: setup, image: "registry.example/setup:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC147"


def check(pod: Pod) -> Iterator[Finding]:
    """Find containers that contradict the Pod or each other, and host processes without the network of the host."""
    of_pod = _host_process(pod.spec)
    own = [_host_process(one.raw) if one.raw.get("securityContext") else None for one in pod.all_containers()]
    if not of_pod and not any(own):
        return
    for container, says in zip(pod.all_containers(), own, strict=True):
        if says is not None and of_pod is not None and says != of_pod:
            path = f"{container.path}.securityContext.windowsOptions.hostProcess"
            message = f"must be {_spelled(of_pod)} as in the Pod; take it away here"
            yield Finding(CODE, ErrorType.INVALID, path, message, container.name)
    are = [of_pod if says is None else says for says in own]
    if any(are):
        yield from _whole_pod(pod, is_mixed=not all(are))


def _whole_pod(pod: Pod, *, is_mixed: bool) -> Iterator[Finding]:
    if is_mixed:
        message = "all containers must be host processes where one is; say hostProcess: true once, for the Pod"
        yield Finding(CODE, ErrorType.INVALID, pod.path, message)
    if not pod.spec.get("hostNetwork"):
        message = "must be true where containers are host processes"
        yield Finding(CODE, ErrorType.INVALID, f"{pod.path}.hostNetwork", message)


def _host_process(holder: Raw) -> bool | None:
    context = holder.get("securityContext")
    options = context and context.get("windowsOptions")
    return options.get("hostProcess") if options else None


def _spelled(value: bool) -> str:  # noqa: FBT001  # the one value that it spells
    return "true" if value else "false"


RULE = Rule(
    code=CODE,
    title="Inconsistent host process",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateWindowsHostProcessPod",
    text=__doc__,
    needs=("windowsOptions",),
)
