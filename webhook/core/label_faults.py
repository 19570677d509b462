"""Labels, annotations and label selectors as Kubernetes judges them.

Source: apimachinery `pkg/apis/meta/v1/validation`: ValidateLabels, ValidateLabelSelector; `pkg/api/validation`:
ValidateAnnotations.
"""

import re
from collections.abc import Iterator

from webhook.core.fault import Fault, all_invalid, forbidden, invalid, required
from webhook.core.finding import ErrorType
from webhook.core.go_text import lower
from webhook.core.names import LABEL_MAX_BYTES, qualified_name_faults, size_in_bytes
from webhook.core.pod import Raw

_LABEL_VALUE = re.compile(r"(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?")
# All keys and values together: 256 KiB.
_ANNOTATIONS_MAX_BYTES = 256 * (1 << 10)
_WITH_VALUES = ("In", "NotIn")
_WITHOUT_VALUES = ("Exists", "DoesNotExist")


def label_value_faults(text: str) -> list[str]:
    """Give each fault of a text as the value of a label: 63 bytes, or nothing at all."""
    faults = []
    if size_in_bytes(text) > LABEL_MAX_BYTES:
        faults.append(f"must be no more than {LABEL_MAX_BYTES} bytes")
    if _LABEL_VALUE.fullmatch(text) is None:
        faults.append("must consist of letters, digits, '-', '_' and '.', beginning and ending alphanumeric")
    return faults


def label_faults(labels: Raw) -> Iterator[Fault]:
    """Give the faults of a map of labels, all at the map itself as Kubernetes has them."""
    for key, value in labels.items():
        yield from all_invalid("", f"the label key {key!r}:", qualified_name_faults(key))
        yield from all_invalid("", f"the value of the label {key!r}", label_value_faults(value or ""))


def annotation_faults(annotations: Raw) -> Iterator[Fault]:
    """Give the faults of a map of annotations, all at the map itself; case does not matter in their keys."""
    for key in annotations:
        yield from all_invalid("", f"the annotation key {key!r}:", qualified_name_faults(lower(key)))
    if (
        sum(size_in_bytes(key) + size_in_bytes(value or "") for key, value in annotations.items())
        > _ANNOTATIONS_MAX_BYTES
    ):
        yield Fault(
            ErrorType.TOO_LONG, "", f"all annotations together must be no more than {_ANNOTATIONS_MAX_BYTES} bytes"
        )


def selector_faults(selector: Raw) -> Iterator[Fault]:
    """Give the faults of a label selector."""
    for fault in label_faults(selector.get("matchLabels") or {}):
        yield fault.below("matchLabels")
    for i, expression in enumerate(selector.get("matchExpressions") or ()):
        for fault in _expression_faults(expression or {}):
            yield fault.below(f"matchExpressions[{i}]")


def _expression_faults(expression: Raw) -> Iterator[Fault]:
    operator, values = expression.get("operator") or "", expression.get("values") or ()
    if operator in _WITH_VALUES:
        if not values:
            yield required("values", f"the operator {operator} needs values")
    elif operator not in _WITHOUT_VALUES:
        yield invalid("operator", f"{operator!r} is no operator; one of {', '.join(_WITH_VALUES + _WITHOUT_VALUES)}")
    elif values:
        yield forbidden("values", f"the operator {operator} takes no values")
    yield from all_invalid("key", "the label key:", qualified_name_faults(expression.get("key") or ""))
    for i, value in enumerate(values):
        yield from all_invalid(f"values[{i}]", "the value", label_value_faults(value or ""))
