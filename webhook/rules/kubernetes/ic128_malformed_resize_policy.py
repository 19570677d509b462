"""A resizePolicy that Kubernetes does not take.

Each entry says for cpu or memory, once each, whether a change in place needs a restart: NotRequired or RestartContainer.
In a Pod whose restartPolicy is Never nothing may need one, not even in a sidecar; and since 1.36 neither in an init
container that runs to completion (KEP-1287). Kubernetes mostly names the list, not the entry.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        resizePolicy: [{resourceName: memory, restartPolicy: Restart}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        resizePolicy: [{resourceName: memory, restartPolicy: NotRequired}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, invalid, required
from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule

CODE = "IC128"
_RESOURCES = ("cpu", "memory")
_NOT_REQUIRED, _RESTART = "NotRequired", "RestartContainer"
_POLICIES = (_NOT_REQUIRED, _RESTART)


def check(pod: Pod) -> Iterator[Finding]:
    """Find entries of resize policies that are no such, stand twice, or ask for a restart that cannot be."""
    for container in pod.all_containers():
        if container.raw.get("resizePolicy"):
            for fault in _faults(container, pod):
                yield fault.at(f"{container.path}.resizePolicy", CODE, container.name)


def _faults(container: Container, pod: Pod) -> Iterator[Fault]:
    never = pod.spec.get("restartPolicy") == "Never"
    keeps_running = not container.runs_to_completion or not Gate.PLAIN_INIT_CONTAINER_RESIZE.is_on(pod.minor)
    seen = set()
    for j, entry in enumerate(container.items("resizePolicy")):
        resource, policy = entry.get("resourceName") or "", entry.get("restartPolicy") or ""
        if resource in seen:
            yield Fault(ErrorType.DUPLICATE, f"[{j}]", f"there is an entry for {resource!r} already")
        seen.add(resource)
        yield from _outside("resourceName", resource, _RESOURCES)
        yield from _outside("restartPolicy", policy, _POLICIES)
        if never and policy != _NOT_REQUIRED:
            yield invalid("", f"must be {_NOT_REQUIRED} in a Pod whose restartPolicy is Never")
        if policy == _RESTART and not keeps_running:
            message = f"an init container that is no sidecar cannot be restarted for a resize; say {_NOT_REQUIRED}"
            yield invalid(f"[{j}].restartPolicy", message)


def _outside(field: str, value: str, supported: tuple[str, ...]) -> Iterator[Fault]:
    if not value:
        yield required("", f"each entry needs a {field}, one of {', '.join(supported)}")
    elif value not in supported:
        yield Fault(ErrorType.NOT_SUPPORTED, "", f"unsupported {field} {value!r}; supported are {', '.join(supported)}")


RULE = Rule(
    code=CODE,
    title="Malformed resize policy",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateResizePolicy, validateInitContainers; KEP-1287",
    text=__doc__,
    needs=("resizePolicy",),
    by_container=True,
)
