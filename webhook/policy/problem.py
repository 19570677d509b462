"""What is wrong with a policy, said so that it can be mended: file, line, field, fault, and the nearest right name."""

import difflib
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from webhook.core.field_path import FieldPath
from webhook.manifest.document import Document

# Longer values would hide the sentence that they stand in.
_SHOWN = 60

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
        path = FieldPath((*base.parts, *detail["loc"]))
        lines.append(problem(document, path, _message(detail, known(detail["loc"][:-1]))))
    return sorted(set(lines), key=lines.index)


def _message(detail: ErrorDetails, known: list[str]) -> str:
    match detail["type"]:
        case "extra_forbidden" | "unexpected_keyword_argument":
            return f"unknown field{_nearest(str(detail['loc'][-1]), known)}"
        case "missing" | "missing_argument":
            return "is required"
        case "value_error":
            return str(detail["ctx"]["error"])
        case "string_pattern_mismatch":
            return f"{detail['input']!r} is no Kubernetes name: lower-case letters, digits, '-' and '.'"
        case _:
            text = detail["msg"]
            return text[:1].lower() + text[1:] + _given(detail["input"])


def _given(value: Any) -> str:
    return f", not {value!r}" if isinstance(value, str | int | float | bool) and len(repr(value)) <= _SHOWN else ""


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; known here: {', '.join(known)}"


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
