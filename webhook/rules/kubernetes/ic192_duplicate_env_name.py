"""An environment variable that hides an earlier one of its name in the same container.

The last definition wins, and a tool that merges manifests by name, as `kubectl apply` does, may drop one of the two. A
later value that builds on the earlier one, such as `$(PATH):/opt/bin`, is meant and passes.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: MODE, value: fast}, {name: MODE, value: safe}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: MODE, value: fast}, {name: MODE, value: "$(MODE),safe"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC192"


def check(pod: Pod) -> Iterator[Finding]:
    """Find variables that are defined again without building on what they were."""
    for container in (*pod.init_containers, *pod.containers, *pod.ephemeral_containers):
        env = container.raw.get("env")
        if not env or len(env) == len({one.get("name") for one in env if one}):
            continue
        seen: set[str] = set()
        for j, variable in enumerate(container.items("env")):
            name = variable.get("name") or ""
            if name in seen and _hides(variable, name):
                message = f"the variable {name!r} is defined before in this container and hidden here; keep one of them"
                yield Finding(
                    CODE, ErrorType.WARNING, f"{container.path}.env[{j}]", message, container.name, Severity.WARN
                )
            seen.add(name)


def _hides(variable: Raw, name: str) -> bool:
    if variable.get("valueFrom") is not None:
        return True
    value, reference = variable.get("value") or "", f"$({name})"
    return value == reference or reference not in value


RULE = Rule(
    code=CODE,
    title="Duplicate env name",
    check=check,
    source="kubernetes pkg/api/pod/warnings.go: warningsForPodSpecAndMeta",
    text=__doc__,
    severity=Severity.WARN,
    beyond_template=True,
)
