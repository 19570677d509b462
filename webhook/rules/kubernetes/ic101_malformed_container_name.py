"""A container without a name, or with one that is no RFC 1123 label.

The name becomes part of host names, cgroups and log paths, so Kubernetes takes 1 to 63 lower-case letters, digits and
inner hyphens. A name that is too long and badly spelled has two faults.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: Migrate_Schema, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers: [{name: migrate-schema, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.names import dns_label_faults, is_dns_label
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC101"


def check(pod: Pod) -> Iterator[Finding]:
    """Find containers whose name is missing or no label."""
    for container in pod.all_containers():
        name = container.name
        if is_dns_label(name):
            continue
        path = f"{container.path}.name"
        if not name:
            yield Finding(CODE, ErrorType.REQUIRED, path, f"every {container.role} needs a name")
            continue
        for fault in dns_label_faults(name):
            yield Finding(CODE, ErrorType.INVALID, path, f"the name {name!r} {fault}", name)


RULE = Rule(
    code=CODE,
    title="Malformed container name",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateContainerCommon",
    text=__doc__,
    by_container=True,
)
