"""Amounts by resource name (`cpu`, `memory`, `hugepages-2Mi`, `example.com/gpu`), and the two verbs that carry all arithmetic.

A list is a value: no verb changes a list that it was given, each makes a new one.
"""

from collections.abc import Callable
from typing import Any

from webhook.core.pod import Raw
from webhook.core.quantity import Quantity

ResourceList = dict[str, Quantity]
# How one amount is read from JSON: `Quantity.decode` or `Quantity.defaulted`.
Read = Callable[[Any], Quantity]


def parse_resource_list(raw: Raw | None, read: Read = Quantity.decode) -> ResourceList:
    """Read requests, limits or overhead as they were written; a null amount is zero, as the API server decodes it.

    With `Quantity.defaulted` to read them, they come as API defaulting leaves them: rounded to whole thousandths.

    Raises:
        QuantityError: an amount is no quantity.
    """
    return {name: read(amount) for name, amount in raw.items()} if raw else {}


def total(*lists: ResourceList) -> ResourceList:
    """Add lists up, name by name, as `+` does from left to right; a name that is in any of them is in the sum."""
    result: ResourceList = {}
    # Running sums are plain integers, a quantity is made once for each name: four times as fast for many containers.
    sums: dict[str, int] = {}
    for one in lists:
        for name, amount in one.items():
            held = result.get(name)
            if held is None:
                result[name] = amount
                continue
            so_far = sums.get(name)
            if so_far is None:
                so_far = held.nano
            if so_far == 0:
                result[name] = amount  # `+` takes the format of the right side where the left is zero
            sums[name] = so_far + amount.nano
    for name, nano in sums.items():
        result[name] = Quantity(nano, result[name].format)
    return result


def maximum(*lists: ResourceList) -> ResourceList:
    """Take the largest amount of each name; of equal ones the first, so that its format is kept."""
    result: ResourceList = {}
    for one in lists:
        for name, amount in one.items():
            held = result.get(name)
            if held is None or held.nano < amount.nano:
                result[name] = amount
    return result


def rounded_to_milli(amounts: ResourceList) -> ResourceList:
    """Round every amount away from zero to whole thousandths, as API defaulting does with every list of an object."""
    return {name: amount.rounded_to_milli() for name, amount in amounts.items()}


def canonical(amounts: ResourceList) -> dict[str, str]:
    """Give names and canonical texts, sorted by name."""
    return {name: str(amounts[name]) for name in sorted(amounts)}
