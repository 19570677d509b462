"""Durations as Go writes them (`120s`, `2m`, `1m30s`, `500ms`), which is how Kubernetes' own tools spell them.

https://pkg.go.dev/time#ParseDuration
"""

import re
from fractions import Fraction

from webhook.core.errors import OptionsError

_MILLISECONDS = {
    "ns": Fraction(1, 10**6),
    "us": Fraction(1, 10**3),
    "µs": Fraction(1, 10**3),
    "ms": Fraction(1),
    "s": Fraction(1000),
    "m": Fraction(60_000),
    "h": Fraction(3_600_000),
}
_TERM = re.compile(r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h)")
_WHOLE = re.compile(rf"(?:{_TERM.pattern})+")

# Bounds the digits that we do arithmetic on, and is longer than any duration that means something.
_LONGEST_TEXT = 32
# 24 days: what a signed 32-bit number of milliseconds holds. A deadline beyond it is none.
_LONGEST = 2**31 - 1


def parse_duration(text: str, *, field: str) -> int:
    """Give a duration in whole milliseconds, rounded up.

    Raises:
        OptionsError: the text is no duration, not above zero, or longer than 24 days; names `field`.
    """
    if len(text) > _LONGEST_TEXT or not _WHOLE.fullmatch(text):
        raise OptionsError(f"{text!r} is no duration; write it like 120s, 2m, 1m30s or 500ms", field=field)
    exact = sum((Fraction(number) * _MILLISECONDS[unit] for number, unit in _TERM.findall(text)), Fraction(0))
    milliseconds = -(-exact.numerator // exact.denominator)
    if not 0 < milliseconds <= _LONGEST:
        raise OptionsError(f"{text!r} must be longer than zero and shorter than 24 days", field=field)
    return milliseconds
