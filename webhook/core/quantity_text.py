"""How Kubernetes writes and reads a quantity: the grammar, its bounds, the canonical text.

Follows `k8s.io/apimachinery/pkg/api/resource`, its oddities included; they are the same from Kubernetes 1.33 to 1.37:
https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/api/resource/quantity.go
"""

import math
import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from webhook.core.errors import QuantityError

# The finest step that Kubernetes keeps, as a power of ten and as a number.
NANO = -9
NANO_PER_UNIT = 10**9

# Bounds of our own: Kubernetes has none, and 1e999999999 keeps it busy until it dies. A float64 needs an exponent of
# 324 at most (5e-324); real quantities have a dozen digits. Together the two keep every integer below the 640 digits
# that Python converts under any setting of its int-to-text limit: 256 + 324 + 9, and room for sums.
MAX_LENGTH = 256
MAX_EXPONENT = 324

# The same few amounts are printed again and again; one has some 600 digits at most.
_REMEMBERED_TEXTS = 2048

# Only BinarySI is capped; the others grow as they like.
_BINARY_CAP = (2**63 - 1) * NANO_PER_UNIT
_KIBI = 1024 * NANO_PER_UNIT

# Go keeps decimals of up to this many digits in an int64 beside a power of ten, longer ones in a big decimal.
_INT64_DIGITS = 18
# The powers of ten for which Go multiplies at once and lets an int64 wrap; for others it gives up and says 0.
_ONE_STEP_POWERS = frozenset({0, 1, 2, 3, 6, 9})

_DECIMAL_POWERS = {suffix: 3 * i + NANO for i, suffix in enumerate(("n", "u", "m", "", "k", "M", "G", "T", "P", "E"))}
_DECIMAL_SUFFIXES = {power: suffix for suffix, power in _DECIMAL_POWERS.items()}
_BINARY_SUFFIXES = ("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei")
_BINARY_BITS = {suffix: 10 * i for i, suffix in enumerate(_BINARY_SUFFIXES) if suffix}

# The possessive `*+` and `++` keep both linear: they never give digits back to try again.
_GRAMMAR = re.compile(r"([+-]?)([0-9]*+)(?:\.([0-9]*+))?(?:([KMGTPE]i|[numkMGTPE]?)|[eE]([+-]?[0-9]++))")
# What Kubernetes can cut into a number and a suffix, whether or not it then knows the suffix.
_NUMBER_AND_SUFFIX = re.compile(r"[+-]?[0-9]*+(?:\.[0-9]*+)?[eEinumkKMGTP]*+[+-]?[0-9]*+")


class Format(StrEnum):
    """The family of suffixes that a quantity remembers from its text."""

    DECIMAL_SI = "DecimalSI"
    BINARY_SI = "BinarySI"
    DECIMAL_EXPONENT = "DecimalExponent"


class Parts(NamedTuple):
    """A text taken apart: sign · digits · 10^scale · 2^bits."""

    sign: int
    whole: str  # digits before the point, without leading zeros, at least "0"
    fraction: str
    scale: int  # with the length of the fraction already taken off
    bits: int
    format: Format

    @property
    def mantissa(self) -> int:
        """All digits as one number, with the sign and the binary suffix, without the power of ten."""
        return (self.sign * int(self.whole + self.fraction)) << self.bits

    @property
    def nano(self) -> int:
        """The amount in billionths: finer than that is rounded away from zero, BinarySI is capped at 2^63-1 units."""
        amount = scaled(self.mantissa, self.scale - NANO)
        return max(-_BINARY_CAP, min(amount, _BINARY_CAP)) if self.bits else amount

    @property
    def fits_int64(self) -> bool:
        """Whether Go takes its short way, an int64 and a power of ten: by rule of thumb, not by the value."""
        if self.bits:
            return not self.fraction and len(self.whole) + self.bits * 3 // 10 <= 14  # noqa: PLR2004 - Go's 15 digits, one spare
        return len(self.whole) + len(self.fraction) <= _INT64_DIGITS and self.scale >= NANO

    @property
    def is_echoed(self) -> bool:
        """Whether Kubernetes, having parsed the text, prints it as it came: `1E3`, `+1`, `1.G`, `100.035k`."""
        if not self.fits_int64:
            return False
        digits = self.whole + self.fraction
        if self.bits:
            return int(digits) % 8 != 0
        return self.scale % 3 == 0 and not digits.endswith("000") and digits[0] != "0"


def split(text: str) -> Parts:
    """Take a text apart as Kubernetes' parser does.

    Raises:
        QuantityError: Kubernetes refuses the text, or it is beyond `MAX_LENGTH` or `MAX_EXPONENT`.
    """
    check_length(text)
    match = _GRAMMAR.fullmatch(text)
    if match is None or not text:
        raise QuantityError(_complaint(text))
    sign, whole, fraction, suffix, exponent = match.groups(default="")
    power = _DECIMAL_POWERS.get(suffix, 0)
    bits = _BINARY_BITS.get(suffix, 0)
    format_ = Format.BINARY_SI if bits else Format.DECIMAL_SI
    if exponent:
        format_ = Format.DECIMAL_EXPONENT
        power = int(exponent)
        if abs(power) > MAX_EXPONENT:
            raise QuantityError(f"the exponent of {_shown(text)}: no more than {MAX_EXPONENT} either way is read")
    parts = Parts(-1 if sign == "-" else 1, whole.lstrip("0") or "0", fraction, power - len(fraction), bits, format_)
    # Kubernetes takes a bare suffix for zero, but only while its short way lasts: Ki is 0, Ei is an error.
    if not whole and not fraction and not parts.fits_int64:
        raise QuantityError(f"{_shown(text)} has no number before its suffix")
    return _below_one(parts) if bits and fraction else parts


def check_length(text: str) -> None:
    """Refuse a text that is too long to be looked at.

    Raises:
        QuantityError: it has more than `MAX_LENGTH` characters.
    """
    if len(text) > MAX_LENGTH:
        raise QuantityError(f"a quantity of {len(text)} characters: no more than {MAX_LENGTH} are read")


def _below_one(parts: Parts) -> Parts:
    # A binary text that comes to less than one unit is remembered as a decimal one (0.0001Ki).
    return parts._replace(format=Format.DECIMAL_SI) if 0 < abs(parts.nano) < NANO_PER_UNIT else parts


def _complaint(text: str) -> str:
    if not text:
        return "an empty text is no quantity: write a number, like 500m, 1.5 or 2Gi"
    if _NUMBER_AND_SUFFIX.fullmatch(text):
        return (
            f"{_shown(text)} has a suffix that Kubernetes does not know: "
            "n u m k M G T P E, Ki Mi Gi Ti Pi Ei or an exponent like e3"
        )
    return f"{_shown(text)} has not the format of a quantity: a number and perhaps a suffix, like 500m, 1.5 or 2Gi"


def _shown(text: str) -> str:
    longest = 40
    return repr(text if len(text) <= longest else text[:longest] + "…")


@lru_cache(_REMEMBERED_TEXTS)
def canonical(nano: int, format_: Format) -> str:
    """Give Kubernetes' canonical text: no fraction, the largest suffix that loses no digit.

    Two quirks are Kubernetes' own: BinarySI below 1Ki or with a fraction prints decimal suffixes, and DecimalSI from
    10^21 on, where the suffixes end, prints its digits without any (`1000E` is `1`).
    """
    if nano == 0:
        return "0"
    if format_ is Format.BINARY_SI and abs(nano) >= _KIBI and nano % NANO_PER_UNIT == 0:
        units = nano // NANO_PER_UNIT
        trailing_zeros = (units & -units).bit_length() - 1
        power = min(trailing_zeros // 10, len(_BINARY_SUFFIXES) - 1)
        return f"{units >> 10 * power}{_BINARY_SUFFIXES[power]}"
    digits = str(nano)
    mantissa = digits.rstrip("0")
    power = len(digits) - len(mantissa) + NANO
    if spare := power % 3:
        mantissa += "0" * spare
        power -= spare
    if format_ is Format.DECIMAL_EXPONENT:
        return f"{mantissa}e{power}" if power else mantissa
    return mantissa + _DECIMAL_SUFFIXES.get(power, "")


def number_text(number: object) -> str:
    """Give the text of a JSON number: integers in full, floats as Go's encoding/json writes a float64.

    Raises:
        QuantityError: it is no number, not finite, or too long to be read.
    """
    if isinstance(number, str):
        return str(number)  # a text after all, of a class of its own
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise QuantityError(f"a {type(number).__name__} is no quantity: write a text or a number")
    if isinstance(number, int):
        if number.bit_length() > MAX_LENGTH * 4:  # more than three bits a digit, so str() stays small
            raise QuantityError(f"a number of {number.bit_length()} bits: no more than {MAX_LENGTH} digits are read")
        return str(number)
    if not math.isfinite(number):
        raise QuantityError(f"{number} is no quantity: write a finite number")
    return _float_text(number)


def _float_text(number: float) -> str:
    # repr gives the same shortest digits as Go; only where the point goes differs: Go writes an exponent below 1e-6
    # and from 1e21 on, and no leading zero in a negative one.
    digits, _, exponent = repr(number).partition("e")
    digits = digits.removesuffix(".0")
    if not exponent:
        return digits
    power = int(exponent)
    whole, _, fraction = digits.partition(".")
    if 0 <= power < 21:  # noqa: PLR2004 - Go's bound
        return whole + fraction.ljust(power, "0")
    if power in (-5, -6):
        sign = "-" if number < 0 else ""
        return f"{sign}0.{'0' * (-power - 1)}{whole.lstrip('-')}{fraction}"
    return f"{digits}e{power:+}"


def scaled(amount: int, power: int) -> int:
    """Multiply by a power of ten, or divide by it, rounding away from zero."""
    factor: int = 10 ** abs(power)
    if power >= 0:
        return amount * factor
    return -(-amount // factor) if amount > 0 else amount // factor


def as_int64(parts: Parts, unit: int) -> int:
    """Count units of 10^unit as Go's `ScaledValue` does: rounded up, and nonsense where an int64 overflows."""
    if parts.fits_int64:
        return _short_int64(parts.mantissa, parts.scale - unit)
    nano = parts.nano
    if parts.bits and abs(nano) == _BINARY_CAP:
        return wrapped(scaled(nano, NANO - unit))
    divisor: int = 10 ** (unit - NANO)
    if nano < 2**63 - 1:
        # Go wraps first, then cuts towards zero, then adds one for a rest: a negative fraction comes out one too high.
        low = wrapped(nano)
        whole = low // divisor if low >= 0 else -(-low // divisor)
        return whole + (low != whole * divisor)
    return wrapped(scaled(nano, NANO - unit))


def _short_int64(mantissa: int, power: int) -> int:
    exact = scaled(mantissa, power)
    if exact == wrapped(exact) or power in _ONE_STEP_POWERS:
        return wrapped(exact)
    return 0


def wrapped(number: int) -> int:
    """Give the int64 that a number wraps to in two's complement."""
    return (number + 2**63) % 2**64 - 2**63
