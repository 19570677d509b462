"""What is wrong with a policy, said so that it can be mended: file, line, field, fault, and the nearest right name."""

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from webhook.core.field_path import FieldPath
from webhook.manifest.document import Document

# Longer values would hide the sentence that they stand in.
_SHOWN = 60

_IN_QUOTES = re.compile("'([^']+)'")
# Pydantic speaks of dictionaries and instances, people write mappings and lists.
_TYPES = {
    "string_type": "must be text",
    "list_type": "must be a list",
    "dict_type": "must be a mapping",
    "mapping_type": "must be a mapping",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
    "dataclass_type": "must be a mapping",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
}

# What pydantic puts behind the place of a value that may be of several types.
_ALTERNATIVES = ("str", "int", "float")

Known = Callable[[tuple[str | int, ...]], list[str]]


def problem(document: Document, path: FieldPath, message: str) -> str:
    """Give one line that says where in which file what is wrong."""
    where = document.position(path)
    field = f"{path}: " if path.parts else ""
    return f"{document.file}:{where.line}: {field}{message}"


def validation_problems(document: Document, error: ValidationError, base: FieldPath, known: Known) -> list[str]:
    """Give a line for each fault that pydantic found; `known` gives the field names that belong at a place."""
    lines = []
    for detail in error.errors(include_url=False, include_context=True):
        place = detail["loc"]
        if place[-1:] and place[-1] in _ALTERNATIVES and detail["type"] not in ("missing", "extra_forbidden"):
            # One of several types that would do: pydantic tells of each, and adds the type to the place.
            place, text = place[:-1], "must be text or a number"
        else:
            text = _message(detail, known(place[:-1]))
        lines.append(problem(document, FieldPath((*base.parts, *place)), text))
    return sorted(set(lines), key=lines.index)


def _message(detail: ErrorDetails, known: list[str]) -> str:
    kind, value = detail["type"], detail["input"]
    match kind:
        case "extra_forbidden" | "unexpected_keyword_argument":
            text = f"unknown field{_nearest(str(detail['loc'][-1]), known)}"
        case "value_error":
            text = str(detail["ctx"]["error"])
        case "string_pattern_mismatch":
            text = f"{value!r} is no Kubernetes name: lower-case letters, digits, '-' and '.'"
        case "string_type" if isinstance(value, bool | int | float):
            # YAML took it for something else: 1.36 is a number, `yes` is true.
            text = f"must be text, but YAML reads a {_word(value)} here; put it in quotes"
        case "literal_error":
            expected = detail["ctx"]["expected"]
            text = f"must be {expected}{_given(value)}{did_you_mean(str(value), re.findall(_IN_QUOTES, expected))}"
        case "missing" | "missing_argument":
            text = "is required"
        case _:
            text = _TYPES.get(kind, detail["msg"][:1].lower() + detail["msg"][1:]) + _given(value)
    return text


def _word(value: object) -> str:
    return "truth value" if isinstance(value, bool) else "number"


def _given(value: object) -> str:
    if value is None:
        return ", not null"
    is_short = isinstance(value, str | int | float) and len(repr(value)) <= _SHOWN
    return f", not {value!r}" if is_short and value != "" else ""


def _nearest(name: str, known: list[str]) -> str:
    return did_you_mean(name, known) or (f"; known here: {', '.join(known)}" if known else "")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Give a question to add to a message where a known name is near, else nothing."""
    by_lower = {one.lower(): one for one in known}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1)
    return f"; did you mean {by_lower[near[0]]}?" if near and by_lower[near[0]] != name else ""


def field_names(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Give the names that a model knows at a place, as they are written in YAML."""
    for part in path:
        if isinstance(part, int):
            continue
        inner = next((field for name, field in model.model_fields.items() if part in (name, field.alias)), None)
        found = _model_in(inner.annotation) if inner else None
        if found is None:
            return []
        model = found
    return sorted(field.alias or name for name, field in model.model_fields.items())


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, BaseModel) else None
    return next((found for arg in getattr(annotation, "__args__", ()) if (found := _model_in(arg))), None)
