"""Whether what we would add is already there, whatever defaults, tokens and spellings the cluster has put on it since."""

from typing import Any

from webhook.core.errors import QuantityError
from webhook.core.quantity import Quantity


def is_part_of(ours: Any, theirs: Any) -> bool:
    """Say whether everything in `ours` stands in `theirs` too.

    Objects may have more members; lists of named objects may have more elements; other lists must be equal; quantities
    are equal by value (the API server writes 1024Mi as 1Gi).
    """
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and all(is_part_of(value, theirs.get(key)) for key, value in ours.items())
    if isinstance(ours, list):
        return isinstance(theirs, list) and _list_is_part_of(ours, theirs)
    return ours == theirs or (ours in (None, "") and theirs in (None, "")) or _same_quantity(ours, theirs)


def _list_is_part_of(ours: list[Any], theirs: list[Any]) -> bool:
    if not all(isinstance(one, dict) for one in ours):
        return ours == theirs
    return all(any(is_part_of(one, other) for other in theirs) for one in ours)


def _same_quantity(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, bool) or isinstance(theirs, bool) or not isinstance(theirs, str):
        return False
    try:
        return bool(Quantity.parse(ours) == Quantity.parse(theirs))
    except QuantityError:
        return False
