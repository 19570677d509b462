"""Numbers as Go reads and writes them, in the places where YAML becomes JSON."""

import ctypes
import math
import re

MIN_INT, MAX_INT, MAX_UINT = -(1 << 63), (1 << 63) - 1, (1 << 64) - 1
# From here on Go writes a float with an exponent, so JSON no longer holds a whole number; and below 1e-6.
EXPONENT_FROM = 1e21
_EXPONENT_BELOW = 1e-6
_FLOAT32_DIGITS = 9
_G_EXPONENT_BELOW, _G_EXPONENT_FROM = -4, 6

_PREFIXED = re.compile(r"([-+]?)0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]?([0-7]+))", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)", re.ASCII)
_ANY_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
# A float that begins with its point is left to Go's own parser, which takes single underscores between digits.
_POINT_FLOAT = re.compile(r"\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?", re.ASCII)
# Go parses what follows 0b once more, by itself, and there takes a sign.
_SIGNED_BINARY = re.compile(r"0b([-+][01]+)", re.ASCII)


def _integer(text: str) -> int | None:
    """Read what Go's ParseInt with base 0, then ParseUint, would: an unsigned text may reach 2^64 - 1."""
    if _DECIMAL.fullmatch(text):
        if len(text) > len(str(MAX_UINT)) + 1:
            return None
        number = int(text)
    elif found := _PREFIXED.fullmatch(text):
        sign, hexadecimal, binary, octal = found.groups()
        digits, base = next((d, b) for d, b in ((hexadecimal, 16), (binary, 2), (octal, 8)) if d is not None)
        number = int(sign + digits, base)
    else:
        found = _SIGNED_BINARY.fullmatch(text)
        return _limited(int(found[1], 2), MAX_INT) if found else None
    return _limited(number, MAX_INT if text[0] in "+-" else MAX_UINT)


def _limited(number: int, maximum: int) -> int | None:
    return number if MIN_INT <= number <= maximum else None


def _finite(text: str) -> float | None:
    """Read a float; one too large for 64 bits is none, as for Go's ParseFloat."""
    number = float(text)
    return None if math.isinf(number) else number


def read_number(text: str) -> int | float | None:
    """Read a plain number, None where the text is not one."""
    if text[0] == ".":
        return _finite(text) if _POINT_FLOAT.fullmatch(text) else None
    digits = text.replace("_", "")
    number = _integer(digits) if digits else None
    if number is not None:
        return number
    return _finite(digits) if _ANY_FLOAT.fullmatch(digits) else None


def format_float(value: float) -> str:
    """Write a finite float as Go's JSON encoder does: shortest digits, an exponent below 1e-6 and from 1e21."""
    text = repr(value)
    if value and (abs(value) < _EXPONENT_BELOW or abs(value) >= EXPONENT_FROM):
        return text
    if "e" not in text:
        return text.removesuffix(".0")
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    sign, whole = ("-", whole[1:]) if whole[0] == "-" else ("", whole)
    shift = int(exponent)
    if shift < 0:
        return f"{sign}0.{'0' * (-shift - 1)}{whole}{fraction}"
    return f"{sign}{whole}{fraction.ljust(shift, '0')}"


def _shortest_float32(value: float) -> str:
    """Give the fewest digits that stand for the value as a 32-bit float, in scientific notation."""
    single = ctypes.c_float(value).value
    for digits in range(_FLOAT32_DIGITS):
        text = f"{single:.{digits}e}"
        if ctypes.c_float(float(text)).value == single:
            return text
    raise AssertionError(value)  # pragma: no cover - nine digits tell any two 32-bit floats apart


def float_key(value: float) -> str:
    """Write a float that is a key: Go prints those as 32-bit floats in its `g` format."""
    single = ctypes.c_float(value).value
    if math.isnan(single):
        return ".nan"
    if math.isinf(single):
        return ".inf" if single > 0 else "-.inf"
    scientific = _shortest_float32(value)
    if _G_EXPONENT_BELOW <= int(scientific.partition("e")[2]) < _G_EXPONENT_FROM:
        return format_float(float(scientific))
    return scientific
