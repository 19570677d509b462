"""An environment variable that takes a resource of its container which cannot be taken.

CPU, memory, ephemeral storage and huge pages can, as limits or requests. The divisor is `1` or `1m` for CPU, and for the
rest `1` alone or before one of the suffixes of whole numbers: `1k` to `1E`, `1Ki` to `1Ei`.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: HEAP, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 2Mi}}}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        env: [{name: HEAP, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.downward_api import resource_field_ref_faults
from webhook.core.env_source import env_ref_path, env_refs
from webhook.core.finding import Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC121"


def check(pod: Pod) -> Iterator[Finding]:
    """Find resourceFieldRefs with an unusable resource or divisor."""
    for container, place, kind, ref in env_refs(pod, "resourceFieldRef"):
        for fault in resource_field_ref_faults(ref):
            yield fault.at(env_ref_path(container, place, kind), CODE, container.name)


RULE = Rule(
    code=CODE,
    title="Bad resource field reference",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainerResourceFieldSelector",
    text=__doc__,
    needs=("resourceFieldRef",),
    by_container=True,
)
