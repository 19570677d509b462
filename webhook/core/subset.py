"""Whether what we would add is already there, whatever defaults, tokens and spellings the cluster has put on it since."""

from typing import Any

from webhook.core.errors import QuantityError
from webhook.core.quantity import Quantity

# Fields that the API server leaves out again where they are false or 0: those of core/v1 that are no pointers. Of others,
# such as allowPrivilegeEscalation, false and absent are two things.
_LEFT_OUT_AT_ZERO = frozenset({"hostPort", "initialDelaySeconds", "readOnly", "stdin", "stdinOnce", "tty"})


def is_part_of(ours: Any, theirs: Any) -> bool:
    """Say whether everything in `ours` stands in `theirs` too.

    Objects may have more members; lists of named objects may have more elements; other lists must be equal; quantities
    are equal by value (the API server writes 1024Mi as 1Gi); empty texts and lists are the same as none.
    """
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and all(_member_is_part_of(key, ours[key], theirs.get(key)) for key in ours)
    if isinstance(ours, list):
        return _list_is_part_of(ours, theirs or [])
    return ours == theirs or (ours in (None, "") and theirs in (None, "")) or _same_quantity(ours, theirs)


def _member_is_part_of(key: str, ours: Any, theirs: Any) -> bool:
    if theirs is None and ours in (False, 0) and key in _LEFT_OUT_AT_ZERO:
        return True
    return is_part_of(ours, theirs)


def _list_is_part_of(ours: list[Any], theirs: Any) -> bool:
    if not isinstance(theirs, list):
        return False
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
