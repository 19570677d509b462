"""Two containers of one Pod that share a name.

Init containers, sidecars and app containers share one space of names: logs, status and `kubectl exec -c` tell them
apart by nothing else. The finding stands at the init container, or at the later of two of one list.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: app, image: "registry.example/prepare:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: prepare, image: "registry.example/prepare:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule

CODE = "IC102"


def check(pod: Pod) -> Iterator[Finding]:
    """Find names used twice; the empty one counts as well, but for that of an earlier init container."""
    seen: set[str] = set()
    yield from _duplicates(pod.containers, seen)
    yield from _duplicates(pod.init_containers, seen, remember_nameless=False)
    if pod.ephemeral_containers:
        # These, and these only, Kubernetes compares with nameless init containers too.
        seen.update(container.name for container in pod.init_containers)
        yield from _duplicates(pod.ephemeral_containers, seen)


def _duplicates(containers: list[Container], seen: set[str], *, remember_nameless: bool = True) -> Iterator[Finding]:
    for container in containers:
        name = container.name
        if name in seen:
            yield _duplicate(container)
        elif name or remember_nameless:
            seen.add(name)


def _duplicate(container: Container) -> Finding:
    name = container.name
    message = f"the name {name!r} is already used by another container of this Pod"
    return Finding(CODE, ErrorType.DUPLICATE, f"{container.path}.name", message, name)


RULE = Rule(
    code=CODE,
    title="Duplicate container name",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainers, validateInitContainers",
    text=__doc__,
)
