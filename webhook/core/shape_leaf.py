"""Whether one scalar value decodes into one of the scalar types of the Kubernetes API.

Each check takes any JSON value but null, which decodes into everything, and gives None or what does not fit.
Sources: encoding/json for the built-in types; the UnmarshalJSON methods of apimachinery's `resource.Quantity`,
`intstr.IntOrString` and `metav1.Time`; Go's `time.Parse` for the leniency in times.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from webhook.core.errors import QuantityError
from webhook.core.misfit import Misfit
from webhook.core.quantity import Quantity

Check = Callable[[Any], Misfit | None]

_QUOTE_IT = "put it in quotes"
_UNQUOTE_IT = "write it without quotes"

_INT32 = 1 << 31
_INT64 = 1 << 63

_EXPECTED_QUANTITY = "a quantity such as 100m or 128Mi"
_EXPECTED_TIME = "a time such as 2026-01-31T12:00:00Z"
# The longest text that a message repeats.
_SHOWN_LENGTH = 40

# The same few quantities and times come again and again. Only short texts are remembered, so that the memory is bounded
# whatever is sent.
_REMEMBERED_TEXTS = 4096
_REMEMBERED_LENGTH = 32

# Go reads an hour of one digit and a comma before the fraction, although RFC 3339 knows neither.
_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:[.,][0-9]+)?"
    r"(?:Z|[+-]([0-9]{2}):([0-9]{2}))"
)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2


def text(value: Any) -> Misfit | None:
    """A Go string takes text alone; YAML makes numbers and booleans of what was meant as text."""
    if isinstance(value, str):
        return None
    return Misfit.of("text", value, "" if isinstance(value, dict | list) else _QUOTE_IT)


def boolean(value: Any) -> Misfit | None:
    """A Go bool takes true and false, no text and no number."""
    if isinstance(value, bool):
        return None
    return Misfit.of("true or false", value, _UNQUOTE_IT if value in ("true", "false") else "")


def _whole(value: Any, limit: int) -> Misfit | None:
    """A Go integer takes a number written without point and exponent, from -limit to limit - 1."""
    if isinstance(value, bool) or not isinstance(value, int):
        slip = isinstance(value, str) and value.isascii() and value.isdigit()
        fraction = "write it without point and exponent" if isinstance(value, float) else ""
        return Misfit.of("a whole number", value, _UNQUOTE_IT if slip else fraction)
    if -limit <= value < limit:
        return None
    # The number itself is not shown: Python refuses to print one of more than 4300 digits.
    return Misfit(f"a whole number from {-limit} to {limit - 1}", "a larger one" if value > 0 else "a smaller one")


def int32(value: Any) -> Misfit | None:
    """A Go int32."""
    return None if type(value) is int and -_INT32 <= value < _INT32 else _whole(value, _INT32)


def int64(value: Any) -> Misfit | None:
    """A Go int64."""
    return None if type(value) is int and -_INT64 <= value < _INT64 else _whole(value, _INT64)


def int_or_string(value: Any) -> Misfit | None:
    """An IntOrString takes any text, or a number that an int32 takes."""
    if isinstance(value, str):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return int32(value)
    return Misfit.of("a whole number or text", value)


def quantity(value: Any) -> Misfit | None:
    """A Quantity takes text of its grammar, white space around it ignored, or any number."""
    if not isinstance(value, str):
        return None if _is_quantity(value) else Misfit.of(_EXPECTED_QUANTITY, value)
    is_quantity = _is_quantity_remembered if len(value) <= _REMEMBERED_LENGTH else _is_quantity
    if is_quantity(value):
        return None
    shown = ascii(value[:_SHOWN_LENGTH]) + ("…" if len(value) > _SHOWN_LENGTH else "")
    return Misfit(_EXPECTED_QUANTITY, shown if value else "empty text")


def _is_quantity(value: Any) -> bool:
    try:
        Quantity.decode(value)
    except QuantityError:
        return False
    return True


def time(value: Any) -> Misfit | None:
    """A metav1.Time takes the text of an RFC 3339 time, and what else Go's parser takes for one."""
    if not isinstance(value, str):
        return Misfit.of(_EXPECTED_TIME, value)
    is_time = _is_time_remembered if len(value) <= _REMEMBERED_LENGTH else _is_time
    return None if is_time(value) else Misfit(_EXPECTED_TIME, "another text")


def _is_time(value: str) -> bool:
    found = _TIME.fullmatch(value)
    if found is None:
        return False
    year, month, day, hour, minute, second, zone_hours, zone_minutes = (int(number or 0) for number in found.groups())
    is_day = 1 <= month <= len(_DAYS) and 1 <= day <= _days_of(year, month)
    # Go lets a zone be 24 hours and 60 minutes away.
    return is_day and hour < 24 and minute < 60 and second < 60 and zone_hours <= 24 and zone_minutes <= 60  # noqa: PLR2004 - the clock


def _days_of(year: int, month: int) -> int:
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] + (is_leap and month == _FEBRUARY)


_is_quantity_remembered = lru_cache(_REMEMBERED_TEXTS)(_is_quantity)
_is_time_remembered = lru_cache(_REMEMBERED_TEXTS)(_is_time)


LEAVES: dict[str, Check] = {
    "string": text,
    "bool": boolean,
    "int32": int32,
    "int64": int64,
    "IntOrString": int_or_string,
    "Quantity": quantity,
    "Time": time,
}
