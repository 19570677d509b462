"""Whether the Kubernetes API server could decode a manifest: whether every field has the JSON type that Go demands.

A manifest that it cannot decode is refused with 400 before anything else is looked at, and no cause is given. The walk
follows the declarations of `shape_types`, so it is as deep as they are and touches no unknown field: the server ignores
those. Null decodes into everything; in a list it is the zero object. The names of fields are case-sensitive.

For speed the declarations of a kind become nested closures once for each minor version, and the path of a misfit is
put together on the way back.
"""

from functools import cache
from typing import Any

from webhook.core.field_path import Key
from webhook.core.misfit import Misfit
from webhook.core.shape_leaf import LEAVES, Check
from webhook.core.shape_types import NEWEST_MINOR, OLDEST_MINOR, Fields, structs
from webhook.core.version import DEFAULT_MINOR
from webhook.core.workload import WORKLOADS

_LIST = "[]"
_MAP = "map[string]"

# Most values are text or small numbers, and most of those stand where any text or int32 may: worth a look before a call.
_TAKE_ANY_TEXT = frozenset({"string", "IntOrString"})
_TAKE_ANY_INT32 = frozenset({"int32", "int64", "IntOrString", "Quantity"})
_MIN_INT32, _MAX_INT32 = -(1 << 31), (1 << 31) - 1


def undecodable(manifest: Any, api_version: str, kind: str, minor: int = DEFAULT_MINOR) -> Misfit | None:
    """Give the first value, in the order of the manifest, that a server of this minor could not decode.

    None means that all of it decodes, or that the kind is none of `WORKLOADS`. Any JSON may come in. A minor that we do
    not know is taken for the nearest one that we do.
    """
    if (api_version, kind) not in WORKLOADS:
        return None
    return _check_of(kind, min(max(minor, OLDEST_MINOR), NEWEST_MINOR))(manifest)


@cache
def _check_of(type_: str, minor: int) -> Check:
    """Give the check of a type as `shape_types` spells it."""
    if type_.startswith(_LIST):
        element = type_.removeprefix(_LIST)
        return _list_check(_check_of(element, minor), element)
    if type_.startswith(_MAP):
        entry = type_.removeprefix(_MAP)
        return _map_check(_check_of(entry, minor), entry)
    if type_ in LEAVES:
        return LEAVES[type_]
    fields = structs(minor)[type_]
    return _struct_check(fields, {name: _check_of(field, minor) for name, field in fields.items()})


def _struct_check(fields: Fields, checks: dict[str, Check]) -> Check:
    refuse_text = frozenset(name for name, type_ in fields.items() if type_ not in _TAKE_ANY_TEXT)
    refuse_int32 = frozenset(name for name, type_ in fields.items() if type_ not in _TAKE_ANY_INT32)

    def check(value: Any) -> Misfit | None:
        if not isinstance(value, dict):
            return Misfit.of("an object", value)
        for name, item in value.items():
            kind = type(item)
            if kind is str and name not in refuse_text:
                continue
            if kind is int and name not in refuse_int32 and _MIN_INT32 <= item <= _MAX_INT32:
                continue
            if item is None or name not in checks:
                continue
            misfit = checks[name](item)
            if misfit is not None:
                return misfit.inside(name)
        return None

    return check


def _list_check(check_element: Check, element: str) -> Check:
    plain = str if element in _TAKE_ANY_TEXT else None

    def check(value: Any) -> Misfit | None:
        if not isinstance(value, list):
            return Misfit.of("a list", value)
        for index, item in enumerate(value):
            if item is None or type(item) is plain:
                continue
            misfit = check_element(item)
            if misfit is not None:
                return misfit.inside(index)
        return None

    return check


def _map_check(check_entry: Check, entry: str) -> Check:
    plain = str if entry in _TAKE_ANY_TEXT else None

    def check(value: Any) -> Misfit | None:
        if not isinstance(value, dict):
            return Misfit.of("an object", value)
        for key, item in value.items():
            if item is None or type(item) is plain:
                continue
            misfit = check_entry(item)
            if misfit is not None:
                return misfit.inside(Key(key))
        return None

    return check
