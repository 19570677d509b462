"""An amount that its resource cannot have: negative, broken into pieces, or not a number of whole pages.

Less than nothing can be neither reserved nor forbidden, extended resources (example.com/gpu) are counted in whole
pieces, and huge pages come in pages of the size that their name says; no pages at all are fine. In a Pod a limit is the
request too, so one amount can be reported twice.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: train
        image: registry.example/train:1
        resources: {limits: {example.com/gpu: 500m}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: train
        image: registry.example/train:1
        resources: {limits: {example.com/gpu: 1}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.declared import noteworthy
from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.quantity import Quantity
from webhook.core.quantity_text import NANO, scaled, wrapped
from webhook.core.resource_name import CONTAINER_RESOURCES, comes_whole, is_huge_pages, page_size
from webhook.core.rule import Rule

CODE = "IC152"

_MILLI = -3


def check(pod: Pod) -> Iterator[Finding]:
    """Find amounts below zero, fractions of what comes whole, and huge pages that are no number of pages."""
    for declared in noteworthy(pod):
        for kind, name, amount in declared.amounts():
            for fault in _faults(name, amount):
                message = f"the {kind} of {name}, {amount}, {fault}"
                yield Finding(CODE, ErrorType.INVALID, declared.path_of(kind, name), message, declared.container)


def _faults(name: str, amount: Quantity) -> Iterator[str]:
    if amount.nano < 0:
        yield "must not be negative"
    if name in CONTAINER_RESOURCES:
        return
    if comes_whole(name) and _count(amount, _MILLI) % 1000:
        yield "must be a whole number"
    if not is_huge_pages(name):
        return
    size = page_size(name)
    if size is None:
        yield "has no page size in its name: write hugepages- and a size, like hugepages-2Mi"
    elif _count(amount, 0) % size:
        yield "must be a multiple of the page size that its name says"


def _count(amount: Quantity, unit: int) -> int:
    """Count units of 10^unit as Kubernetes does once amounts are defaulted: exactly, if an int64 can hold it."""
    exact = scaled(amount.nano, NANO - unit)
    if exact == wrapped(exact):
        return exact
    return amount.milli_value() if unit else amount.value()


RULE = Rule(
    code=CODE,
    title="Malformed amount",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateResourceQuantityValue, validateResourceQuantityHugePageValue",
    text=__doc__,
    needs=("resources", "overhead"),
)
