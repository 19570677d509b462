"""A Kubernetes quantity (`500m`, `1.5Gi`, `1e3`) as an exact whole number of billionths."""

from functools import lru_cache
from typing import Any, final

from webhook.core.quantity_text import (
    NANO,
    Format,
    as_int64,
    canonical,
    check_length,
    number_text,
    scaled,
    split,
    wrapped,
)

NANO_PER_MILLI = 10**6

# Read texts are remembered: the same dozen come again in every Pod. A refusal is not, and a longer text than MAX_LENGTH
# is refused, so what the memory can grow to is known whatever someone sends: some 2 MB.
_REMEMBERED_TEXTS = 2048

# White space that a JSON text can hold without an escape; Kubernetes trims it, but undoes no escapes.
_SPACE = (
    " \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


@final
class Quantity:
    """An immutable amount: `nano` billionths of a unit, exact, and the `format` that it is printed in.

    `str()` is Kubernetes' canonical text. Equality, order and hash go by value alone: `1Gi` equals `1073741824`. A sum
    keeps the format of its left side, unless that is zero.
    """

    __slots__ = ("_source", "format", "nano")

    nano: int
    format: Format
    _source: str  # the text that it was parsed from; empty where arithmetic made it

    def __init__(self, nano: int, format_: Format = Format.DECIMAL_SI, source: str = "") -> None:
        _set_nano(self, nano)
        _set_format(self, format_)
        _set_source(self, source)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a quantity never changes: make a new one instead of setting {name}")

    @classmethod
    def parse(cls, text: str | float) -> "Quantity":
        """Read a text, or a number as JSON and YAML have them, as Kubernetes does.

        Texts beyond 256 characters and exponents beyond 324 are refused, so that nobody can keep us busy.

        Raises:
            QuantityError: Kubernetes would not read it, or it is beyond those bounds.
        """
        return _remembered(text if type(text) is str else number_text(text))

    @staticmethod
    def decode(raw: Any) -> "Quantity":  # raw JSON: text, number or null
        """Read a JSON value as the API server does: null is zero, and white space around a text is trimmed.

        Raises:
            QuantityError: as `parse`.
        """
        return _remembered_decoded(raw) if type(raw) is str else _decode(raw)

    @staticmethod
    def defaulted(raw: Any) -> "Quantity":  # raw JSON: text, number or null
        """Read a JSON value of a resource list as it is once defaulted: decoded, and rounded to thousandths.

        Raises:
            QuantityError: as `parse`.
        """
        return _remembered_defaulted(raw) if type(raw) is str else _decode(raw).rounded_to_milli()

    @property
    def is_zero(self) -> bool:
        """Whether it is nothing at all."""
        return not self.nano

    @property
    def printed(self) -> str:
        """The text as Kubernetes first prints it: a parsed one that is regular enough comes back as it was."""
        return self._source if self._source and split(self._source).is_echoed else str(self)

    def value(self) -> int:
        """Count units, rounded away from zero, as Go's `Value()`.

        What overflows an int64, and negative values that need a big decimal, come out as wrong as they do in Go: it is
        what Kubernetes' rules then judge. To compare sizes, compare quantities.
        """
        return self._int64(0)

    def milli_value(self) -> int:
        """Count thousandths of a unit, as `value` does, as Go's `MilliValue()`."""
        return self._int64(-3)

    def _int64(self, unit: int) -> int:
        if self._source:
            return as_int64(split(self._source), unit)
        return wrapped(scaled(self.nano, NANO - unit))

    def rounded_to_milli(self) -> "Quantity":
        """Give it rounded away from zero to whole thousandths, as API defaulting does with every resource list."""
        if not self.nano % NANO_PER_MILLI:
            return self
        return Quantity(scaled(self.nano, -6) * NANO_PER_MILLI, self.format)

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.nano + other.nano, self.format if self.nano else other.format)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.nano - other.nano, self.format if self.nano else other.format)

    def __neg__(self) -> "Quantity":
        return Quantity(-self.nano, self.format)

    def __bool__(self) -> bool:
        return self.nano != 0

    def __eq__(self, other: object) -> bool:
        return self.nano == other.nano if isinstance(other, Quantity) else NotImplemented

    def __lt__(self, other: "Quantity") -> bool:
        return self.nano < other.nano

    def __le__(self, other: "Quantity") -> bool:
        return self.nano <= other.nano

    def __gt__(self, other: "Quantity") -> bool:
        return self.nano > other.nano

    def __ge__(self, other: "Quantity") -> bool:
        return self.nano >= other.nano

    def __hash__(self) -> int:
        return hash(self.nano)

    def __str__(self) -> str:
        return canonical(self.nano, self.format)

    def __repr__(self) -> str:
        return f"Quantity({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Quantity, (self.nano, self.format, self._source)


# The slots' own setters: the one way past __setattr__, and quicker than object.__setattr__.
_set_nano, _set_format, _set_source = (Quantity.__dict__[name].__set__ for name in ("nano", "format", "_source"))


def _parse(text: str) -> Quantity:
    parts = split(text)
    return Quantity(parts.nano, parts.format, text)


def _decode(raw: Any) -> Quantity:
    if raw is None:
        return ZERO
    if type(raw) is not str:
        return Quantity.parse(raw)
    check_length(raw)
    return Quantity.parse(raw.strip(_SPACE))


def _defaulted(raw: str) -> Quantity:
    return _decode(raw).rounded_to_milli()


_remembered = lru_cache(_REMEMBERED_TEXTS)(_parse)
_remembered_decoded = lru_cache(_REMEMBERED_TEXTS)(_decode)
_remembered_defaulted = lru_cache(_REMEMBERED_TEXTS)(_defaulted)

ZERO = Quantity(0)
