"""An amount of memory or storage that is no whole number of bytes.

Mostly a unit gone wrong: `100m` of memory is a tenth of a byte, where `100M` or `100Mi` was meant. Kubernetes rounds it
up to one byte and warns. In a Pod a limit is also the request where there is none, so one slip brings two warnings.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        resources: {requests: {memory: 100m}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        resources: {requests: {memory: 100Mi}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.pod import Pod, Raw, Role
from webhook.core.quantity import Quantity
from webhook.core.rule import Rule

CODE = "IC191"

_COUNTED_IN_BYTES = ("memory", "ephemeral-storage")
_MILLI = 1000
_NONE: Raw = {}
# The same few amounts come again in every Pod.
_REMEMBERED_AMOUNTS = 512


def check(pod: Pod) -> Iterator[Finding]:
    """Find amounts of memory and ephemeral-storage with a fraction of a byte: limits, requests and overhead."""
    for container in (*pod.init_containers, *pod.containers, *pod.ephemeral_containers):
        resources = container.raw.get("resources")
        if not resources:
            continue
        limits, requests = resources.get("limits") or _NONE, resources.get("requests") or _NONE
        copied = _NONE if pod.is_template or container.role is Role.EPHEMERAL else limits
        for name in _COUNTED_IN_BYTES:
            if name in limits and _is_fractional(limits[name]):
                yield _finding(f"{container.path}.resources.limits", name, limits[name], container.name)
            request = requests[name] if name in requests else copied.get(name)
            if request is not None and _is_fractional(request):
                yield _finding(f"{container.path}.resources.requests", name, request, container.name)
    overhead = pod.spec.get("overhead") or _NONE
    for name in _COUNTED_IN_BYTES:
        if name in overhead and _is_fractional(overhead[name]):
            yield _finding(f"{pod.path}.overhead", name, overhead[name], "")


def _finding(path: str, name: str, amount: Any, container: str) -> Finding:  # raw JSON: text or number
    message = f"{amount} of {name} is no whole number of bytes; the unit m means thousandths, M or Mi are millions"
    return Finding(CODE, ErrorType.WARNING, f"{path}[{name}]", message, container, Severity.WARN)


@lru_cache(_REMEMBERED_AMOUNTS)
def _is_fractional(amount: Any) -> bool:  # raw JSON: text or number
    return Quantity.defaulted(amount).milli_value() % _MILLI != 0


RULE = Rule(
    code=CODE,
    title="Fractional amount",
    check=check,
    source="kubernetes pkg/api/pod/warnings.go: warningsForPodSpecAndMeta",
    text=__doc__,
    severity=Severity.WARN,
    beyond_template=True,
)
