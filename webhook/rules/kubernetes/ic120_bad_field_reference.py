"""An environment variable that takes a field of the Pod which cannot be taken.

Only nine fields, and labels and annotations one by one, can become a variable: what else a Pod has is not known when
its containers start, or changes later.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: PHASE, valueFrom: {fieldRef: {fieldPath: status.phase}}}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: TIER, valueFrom: {fieldRef: {fieldPath: "metadata.labels['tier']"}}}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.downward_api import ENV_FIELDS, field_ref_faults
from webhook.core.env_source import env_ref_path, env_refs
from webhook.core.finding import Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC120"


def check(pod: Pod) -> Iterator[Finding]:
    """Find fieldRefs that name no field, an unknown one, or one that no variable can hold."""
    for container, place, kind, ref in env_refs(pod, "fieldRef"):
        for fault in field_ref_faults(ref, ENV_FIELDS):
            yield fault.at(env_ref_path(container, place, kind), CODE, container.name)


RULE = Rule(
    code=CODE,
    title="Bad field reference",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateObjectFieldSelector",
    text=__doc__,
    needs=("fieldRef",),
    by_container=True,
)
