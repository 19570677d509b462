"""One YAML scalar as Kubernetes reads it.

Kubernetes turns YAML into JSON before anything else looks at it (sigs.k8s.io/yaml over a fork of go-yaml v2). That
reader follows neither YAML 1.2 nor what other tools call YAML 1.1: `0755` and `0o755` are 493, `08` is 8, `on` is true,
`1:30` and `2001-01-01` are text. `Scalar` is what the Go library holds, `json_value` and `key_text` are what becomes of
it in JSON, as a value and as the key of an object.
"""

import base64
import binascii
import math
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from webhook.manifest.number import EXPONENT_FROM, MAX_INT, float_key, format_float, read_number

# What JSON can say in one word; a float never stands for a whole number that JSON writes without a point.
JsonScalar = str | int | float | bool | None

_TAG = "tag:yaml.org,2002:"
STR, BOOL, INT, FLOAT, NULL = _TAG + "str", _TAG + "bool", _TAG + "int", _TAG + "float", _TAG + "null"
TIMESTAMP, BINARY, MERGE = _TAG + "timestamp", _TAG + "binary", _TAG + "merge"
_RESOLVED = frozenset({STR, BOOL, INT, FLOAT, NULL, TIMESTAMP})

# The text of a scalar longer than this is no number and no word of YAML; it is not worth remembering.
_MAX_REMEMBERED = 64

WORDS: dict[str, bool | float | None] = {
    **{form: value for word, value in (("yes", True), ("true", True), ("on", True), ("no", False), ("false", False), ("off", False))
       for form in (word, word.capitalize(), word.upper())},
    "y": True, "Y": True, "n": False, "N": False,
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **{sign + word: math.inf for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}  # fmt: skip

_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+]([0-9]{2}):([0-9]{2}))"
    r"| +([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?",
    re.ASCII,
)


class ScalarError(ValueError):
    """A scalar that Kubernetes would not read; the message says why."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as the Go library holds it: there a float stays one even where it is whole."""

    value: JsonScalar


def _resolve_implicit(text: str) -> JsonScalar:
    if text in WORDS:
        return WORDS[text]
    if text[0] in "0123456789+-.":
        number = read_number(text)
        return text if number is None else number
    return text


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        # The year 0 is a leap year for Go and unknown to Python; 2000 has the same days.
        date(int(year) or 2000, int(month), int(day))
    except ValueError:
        return False
    return True


def _is_timestamp(text: str) -> bool:
    """Tell whether Go would read the text as a moment, in one of the four layouts that it tries."""
    found = _TIMESTAMP.fullmatch(text)
    if not found or not _is_day(*found.groups()[:3]):
        return False
    hour, minute, second, zone_hour, zone_minute, *spaced = found.groups()[3:]
    limits = zip((hour, minute, second, zone_hour, zone_minute, *spaced), (24, 60, 60, 25, 61, 24, 60, 60), strict=True)
    return all(part is None or int(part) < limit for part, limit in limits)


def _binary(text: str) -> str:
    """Decode base64 as Go does; what is no UTF-8 becomes one U+FFFD for each byte, as in Go's JSON."""
    packed = text.replace("\r", "").replace("\n", "")
    try:
        # Python takes a text with too much padding, Go does not.
        data = base64.b64decode(packed if len(packed) % 4 == 0 else "=", validate=True)
    except (binascii.Error, ValueError):
        raise ScalarError(
            "this !!binary value is no base64; write text as text, and base64 in `data` of a Secret without a tag"
        ) from None
    return re.sub("[\udc80-\udcff]", "\ufffd", data.decode(errors="surrogateescape"))


def _short(tag: str) -> str:
    return tag.replace(_TAG, "!!")


def _kind(value: JsonScalar) -> str:
    match value:
        case None:
            return NULL
        case bool():
            return BOOL
        case int():
            return INT
        case float():
            return FLOAT
        case _:
            return STR


def tagged(tag: str, text: str) -> Scalar:
    """Read a scalar with an explicit tag, quoted or not; raises ScalarError where text and tag disagree."""
    if tag == BINARY:
        return Scalar(_binary(text))
    if tag == STR or tag not in _RESOLVED:
        return Scalar(text)
    if tag == TIMESTAMP and _is_timestamp(text):
        return Scalar(text)
    value = _resolve_implicit(text)
    kind = _kind(value)
    if kind == tag:
        return Scalar(value)
    if tag == FLOAT and isinstance(value, int) and kind == INT and value <= MAX_INT:
        return Scalar(float(value))
    raise ScalarError(
        f"`{text}` is read as {_short(kind)} and cannot be a {_short(tag)}; take the tag away or mend the value"
    )


def json_value(scalar: Scalar) -> JsonScalar:
    """Give the value in JSON: a float that is whole becomes an integer, for Go writes `80.0` as 80 there.

    Between 64 bits and 1e21 such an integer holds the digits that Go writes, which are the shortest for that float.

    Raises:
        ScalarError: for infinity and NaN, which JSON cannot say.
    """
    value = scalar.value
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        raise ScalarError(
            "infinity and NaN cannot be said in JSON, so Kubernetes refuses them; quote the text if text is meant"
        )
    if value.is_integer() and abs(value) < EXPONENT_FROM:
        return int(format_float(value))
    return value


def key_text(scalar: Scalar) -> str:
    """Give the text of a key in JSON: `on` becomes "true", `0x1F` "31", `1.0` "1".

    Raises:
        ScalarError: for null and for integers beyond 64 signed bits, which Kubernetes takes for no key.
    """
    match scalar.value:
        case str() as text:
            return text
        case bool() as truth:
            return "true" if truth else "false"
        case int() as number if number <= MAX_INT:
            return str(number)
        case float() as number:
            return float_key(number)
    raise ScalarError("null and integers beyond 64 bits cannot be keys; quote the key")


def plain(text: str) -> Scalar:
    """Read a scalar that is neither quoted nor tagged."""
    return _remembered(text) if len(text) <= _MAX_REMEMBERED else Scalar(_resolve_implicit(text))


@lru_cache(maxsize=8192)
def _remembered(text: str) -> Scalar:
    return Scalar(_resolve_implicit(text))


def plain_value(text: str) -> JsonScalar:
    """Give the JSON value of a scalar that is neither quoted nor tagged; raises ScalarError for infinity and NaN."""
    return _remembered_value(text) if len(text) <= _MAX_REMEMBERED else json_value(plain(text))


@lru_cache(maxsize=8192)
def _remembered_value(text: str) -> JsonScalar:
    return json_value(Scalar(_resolve_implicit(text)))
