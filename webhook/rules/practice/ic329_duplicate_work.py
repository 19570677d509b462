"""Two init containers do the very same.

They have the same image, command, variables, mounts and rights, and differ in name at most: mostly something was copied
and not changed, so that one task is done twice and another one not at all.

Judged are plain init containers.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: wait-for-db
        image: registry.example/tools:1
        command: ["wait-for", "db:5432"]
      - name: wait-for-cache
        image: registry.example/tools:1
        command: ["wait-for", "db:5432"]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: wait-for-db
        image: registry.example/tools:1
        command: ["wait-for", "db:5432"]
      - name: wait-for-cache
        image: registry.example/tools:1
        command: ["wait-for", "cache:6379"]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule, Tier

CODE = "IC329"
# What may differ while the work is the same.
_BESIDE = frozenset({"name", "resources", "terminationMessagePath", "terminationMessagePolicy", "imagePullPolicy"})


def check(pod: Pod) -> Iterator[Finding]:
    """Find init containers that repeat what an earlier one does."""
    plain = [one for one in pod.init_containers if one.runs_to_completion and one.image]
    if len(plain) < 2:  # noqa: PLR2004  # one cannot repeat another
        return
    seen: dict[str, Container] = {}
    for container in plain:
        work = sorted((field, value) for field, value in container.raw.items() if field not in _BESIDE and value)
        first = seen.setdefault(repr(work), container)
        if first is not container:
            message = f"does the very same as {first.name!r} before it; take one away, or change what was copied"
            yield Finding(CODE, ErrorType.PRACTICE, container.path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Duplicate work",
    check=check,
    source="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
)
