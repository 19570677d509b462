"""A request for huge pages or an extended resource that is not exactly its limit.

Nobody can have half of a device or of a huge page, so Kubernetes does not overcommit them: whoever requests some has to
state the limit too, and the same. A limit alone is enough in a Pod, where it is the request as well.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: train
        image: registry.example/train:1
        resources: {requests: {example.com/gpu: 1}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: train
        image: registry.example/train:1
        resources: {requests: {example.com/gpu: 1}, limits: {example.com/gpu: 1}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.declared import Declared, noteworthy
from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.resource_name import can_overcommit
from webhook.core.rule import Rule

CODE = "IC150"


def check(pod: Pod) -> Iterator[Finding]:
    """Find requests of what cannot be overcommitted that have no limit, or another one."""
    for declared in noteworthy(pod):
        yield from _of_place(declared)


def _of_place(declared: Declared) -> Iterator[Finding]:
    for name, asked in declared.requests.items():
        if can_overcommit(name):
            continue
        limit = declared.limits.get(name)
        if limit is None:
            path = f"{declared.path}.limits"
            message = f"{name} cannot be overcommitted: state a limit of {asked} beside the request"
            yield Finding(CODE, ErrorType.REQUIRED, path, message, declared.container)
        elif asked != limit:
            path = f"{declared.path}.requests"
            message = f"{name} cannot be overcommitted: its request, {asked}, must equal its limit, {limit}"
            yield Finding(CODE, ErrorType.INVALID, path, message, declared.container)


RULE = Rule(
    code=CODE,
    title="Overcommitted resource",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateResourceRequirements",
    text=__doc__,
    needs=("resources", "overhead"),
)
