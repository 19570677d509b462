"""Tolerations as Kubernetes judges them, and how they were written before they were a field: as JSON in an annotation.

Sources: kubernetes `pkg/apis/core/validation`: ValidateTolerations; `pkg/apis/core/helper`:
GetTolerationsFromPodAnnotations.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from webhook.core.fault import Fault, all_invalid, invalid, not_supported
from webhook.core.label_faults import label_value_faults
from webhook.core.names import qualified_name_faults
from webhook.core.pod import Raw

# Lt and Gt (KEP-5471) are an alpha feature, off in every version that we speak for.
_OPERATORS = ("Equal", "Exists")
_EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")
_SECONDS = "tolerationSeconds"
_FIELDS = {name.casefold(): name for name in ("key", "operator", "value", "effect", _SECONDS)}
_INT64 = range(-(1 << 63), 1 << 63)
_INT64_CHARACTERS = 20


class _Members(tuple[tuple[str, Any], ...]):
    """The members of a JSON object as they stand there: Go looks at each, even of two with one name."""

    __slots__ = ()


def read_tolerations(text: str) -> list[Raw] | None:
    """Read the value of the annotation as Go's JSON does: names in any case, unknown ones passed over; None if it cannot.

    A null list is an empty one, a null element the zero toleration.
    """
    try:
        value = json.loads(text, object_pairs_hook=_Members, parse_int=_whole_number, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    if value is not None and type(value) is not list:
        return None
    tolerations = [_read_one(item) for item in value or ()]
    good = [one for one in tolerations if one is not None]
    return good if len(good) == len(tolerations) else None


def toleration_faults(tolerations: Sequence[Raw | None]) -> Iterator[Fault]:
    """Give each fault of a list of tolerations."""
    for i, toleration in enumerate(tolerations):
        for fault in _faults(toleration or {}):
            yield fault.below(f"[{i}]")


def _faults(toleration: Raw) -> Iterator[Fault]:
    key, operator = toleration.get("key") or "", toleration.get("operator") or ""
    if key:
        yield from all_invalid("key", "the key:", qualified_name_faults(key))
    elif operator != "Exists":
        yield invalid("operator", "must be Exists where there is no key")
    effect = toleration.get("effect") or ""
    if toleration.get(_SECONDS) is not None and effect != "NoExecute":
        yield invalid("effect", f"must be NoExecute where {_SECONDS} is set")
    yield from _value_faults(operator, toleration.get("value") or "")
    if effect and effect not in _EFFECTS:
        yield not_supported("effect", effect, _EFFECTS)


def _value_faults(operator: str, value: str) -> Iterator[Fault]:
    """A faulty value is reported at the operator, and but once."""
    if operator in ("", "Equal"):
        faults = label_value_faults(value)
        if faults:
            yield invalid("operator", f"the value {'; '.join(faults)}")
    elif operator not in _OPERATORS:
        yield not_supported("operator", operator, _OPERATORS)
    elif value:
        yield invalid("operator", "takes no value where it is Exists")


def _read_one(item: Any) -> Raw | None:
    if item is None:
        return {}
    if type(item) is not _Members:
        return None
    toleration: Raw = {}
    for name, value in item:
        field = _FIELDS.get(name.casefold())
        if field is None or value is None:
            continue
        fits = type(value) is int and value in _INT64 if field == _SECONDS else type(value) is str
        if not fits:
            return None
        toleration[field] = value
    return toleration


def _whole_number(digits: str) -> int | float:
    """Give a number that nobody can count to as a float, which is no whole number."""
    return int(digits) if len(digits) <= _INT64_CHARACTERS else float("inf")


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
