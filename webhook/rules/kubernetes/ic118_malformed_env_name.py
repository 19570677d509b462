"""An environment variable without a name, or with one that no process could have.

Since Kubernetes 1.32 any printable ASCII is a name, even with spaces and digits in front; only `=` ends the name, so it
can be no part of it.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: "REGION=north"}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: REGION, value: north}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.names import env_name_faults
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC118"


def check(pod: Pod) -> Iterator[Finding]:
    """Find variables whose name is missing or unusable."""
    for container in pod.all_containers():
        variables = container.raw.get("env")
        if not variables:
            continue
        for j, variable in enumerate(variables):
            name = (variable and variable.get("name")) or ""
            if name.isidentifier() and name.isascii():
                continue
            path = f"{container.path}.env[{j}].name"
            if not name:
                message = "every environment variable needs a name"
                yield Finding(CODE, ErrorType.REQUIRED, path, message, container.name)
                continue
            for fault in env_name_faults(name):
                yield Finding(CODE, ErrorType.INVALID, path, f"the name of a variable {fault}", container.name)


RULE = Rule(
    code=CODE,
    title="Malformed env name",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateEnv",
    text=__doc__,
    needs=("env",),
    by_container=True,
)
