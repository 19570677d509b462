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

from webhook.core.env_source import env_sources
from webhook.core.fault import invalid
from webhook.core.finding import Finding
from webhook.core.gates import Gate
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC119"
_SOURCES = ("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef")
_SOURCES_WITH_FILES = (*_SOURCES, "fileKeyRef")


def check(pod: Pod) -> Iterator[Finding]:
    """Find valueFrom without a source, beside a value, or with several sources."""
    kinds = _SOURCES_WITH_FILES if Gate.ENV_FILES.is_on(pod.minor) else _SOURCES
    for one in env_sources(pod):
        count = sum(one.source.get(kind) is not None for kind in kinds)
        if count == 1 and not one.variable.get("value"):
            continue
        if not count:
            message = f"valueFrom needs one of {', '.join(kinds)}"
        elif one.variable.get("value"):
            message = "give value or valueFrom, not both"
        else:
            message = "valueFrom takes one source; keep one of them"
        yield one.finding(CODE, invalid("", message))


RULE = Rule(
    code=CODE,
    title="Contradictory env source",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateEnvVarValueFrom; KEP-3721",
    text=__doc__,
)
