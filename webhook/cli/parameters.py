"""The parameters of a recipe, read off its options, in words that people write YAML by."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, Literal, Union, get_args, get_origin

from webhook.core.recipe import Recipe

_WORDS: dict[Any, str] = {str: "text", int: "whole number", float: "number", bool: "true or false", Mapping: "mapping"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `default` means nothing where it is required."""

    name: str
    kind: str
    required: bool
    default: Any = None


def parameters_of(recipe: Recipe) -> list[Parameter]:
    """Give the parameters of a recipe, those that must be given first."""
    found = []
    for one in fields(recipe.options):
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        required = default is MISSING
        found.append(Parameter(one.name, _kind(one.type), required, None if required else default))
    return sorted(found, key=lambda parameter: not parameter.required)


def _kind(annotation: Any) -> str:
    """Say a type in words: `list[str]` is a list of text."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(map(str, inner))
    if origin in (Union, types.UnionType):
        return " or ".join(_kind(one) for one in inner if one is not types.NoneType)
    if origin in (list, tuple):
        return f"list of {_kind(inner[0])}"
    word = _WORDS.get(origin or annotation)
    return word or str(getattr(annotation, "__name__", annotation))
