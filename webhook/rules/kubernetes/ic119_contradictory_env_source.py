"""An environment variable whose value comes from nowhere, or from two places.

`valueFrom` names one source, and stands instead of `value`. Before Kubernetes 1.35 `fileKeyRef` is no source: the API
server takes it away unseen, and what is left is empty.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: REGION, value: north, valueFrom: {configMapKeyRef: {name: shop, key: region}}}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: REGION, valueFrom: {configMapKeyRef: {name: shop, key: region}}}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.env_source import sourced_variables
from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC119"
_SOURCES = ("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef")
_SOURCES_WITH_FILES = (*_SOURCES, "fileKeyRef")


def check(pod: Pod) -> Iterator[Finding]:
    """Find valueFrom without a source, beside a value, or with several sources."""
    kinds = _SOURCES_WITH_FILES if Gate.ENV_FILES.is_on(pod.minor) else _SOURCES
    for container, place, variable in sourced_variables(pod):
        message = _fault(variable, kinds)
        if message:
            path = f"{container.path}.env[{place}].valueFrom"
            yield Finding(CODE, ErrorType.INVALID, path, message, container.name)


def _fault(variable: Raw, kinds: tuple[str, ...]) -> str:
    """Say what is wrong with a variable's valueFrom, nothing where it is well."""
    given = []
    for kind, source in variable["valueFrom"].items():
        if source is not None and kind in kinds:
            given.append(kind)  # a comprehension costs more for the one source that there is
    if not given:
        return f"valueFrom needs one of {', '.join(kinds)}"
    if variable.get("value"):
        return "give value or valueFrom, not both"
    return f"valueFrom takes one source; keep one of {', '.join(given)}" if len(given) > 1 else ""


RULE = Rule(
    code=CODE,
    title="Contradictory env source",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateEnvVarValueFrom; KEP-3721",
    text=__doc__,
    needs=("valueFrom",),
    by_container=True,
)
