"""Huge pages with neither cpu nor memory beside them.

Whoever uses huge pages also runs code and uses plain memory: without a word of either the container would be the first
to be evicted, huge pages and all. One request or limit of cpu or memory is enough.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        resources: {limits: {hugepages-2Mi: 64Mi}}

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        resources: {limits: {hugepages-2Mi: 64Mi, memory: 256Mi}}
"""

from collections.abc import Iterator

from webhook.core.declared import noteworthy
from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.resource_name import is_huge_pages
from webhook.core.rule import Rule

CODE = "IC153"

_BESIDE = frozenset({"cpu", "memory"})


def check(pod: Pod) -> Iterator[Finding]:
    """Find places that declare huge pages, but neither cpu nor memory."""
    for declared in noteworthy(pod):
        names = declared.limits.keys() | declared.requests.keys()
        if _BESIDE.isdisjoint(names) and any(is_huge_pages(name) for name in names):
            message = "huge pages need cpu or memory beside them: add a request or limit of either"
            yield Finding(CODE, ErrorType.FORBIDDEN, declared.path, message, declared.container)


RULE = Rule(
    code=CODE,
    title="Hugepages alone",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateResourceRequirements",
    text=__doc__,
    needs=("resources", "overhead"),
)
