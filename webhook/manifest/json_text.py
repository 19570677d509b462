"""JSON as the API server decodes it: integers stay integers, `80.0` stays a float, the last of equal keys wins."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from webhook.manifest.bounds import MAX_DEPTH, position_at, refuse, template_hint, too_deep
from webhook.manifest.number import MAX_UINT, MIN_INT
from webhook.manifest.position import DocumentWarning, MarkedValue, Marks, Position
from webhook.manifest.scalar import JsonScalar, Scalar, json_value

_NEWLINE = re.compile("\r\n|[\r\n]")
_BLANKS = " \t\r\n"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# The longest integer that 64 bits hold has 20 characters; a longer one is a float for Go, here as in YAML.
_MAX_INT_TEXT = 20
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


class _OutOfRangeError(ValueError):
    """A number or a word that no JSON number of 64 bits can hold."""


def _read_int(text: str) -> JsonScalar:
    if len(text) <= _MAX_INT_TEXT and MIN_INT <= (number := int(text)) <= MAX_UINT:
        return number
    return json_value(Scalar(_read_float(text)))


def _read_float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _OutOfRangeError(f"the number {text[:_MAX_INT_TEXT]}… is larger than any float; write a smaller one")
    return number


def _refuse_word(word: str) -> None:
    raise _OutOfRangeError(f"{word} is no JSON; write a number, or quote the text")


class _Reader:
    """Reads values and remembers whether a key came twice in one object."""

    def __init__(self) -> None:
        self.has_duplicates = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._take_pairs,
            parse_int=_read_int,
            parse_float=_read_float,
            parse_constant=_refuse_word,
        )

    def _take_pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        taken = dict(pairs)
        if len(taken) != len(pairs):
            self.has_duplicates = True
        return taken

    def read(self, text: str, offset: int) -> tuple[Any, int]:
        return self._decoder.raw_decode(text, offset)


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [
            child
            for one in level
            if isinstance(one, dict | list)
            for child in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def _without_surrogates(value: Any) -> Any:
    """Give raw JSON with U+FFFD for every half of a surrogate pair, as Go decodes it."""
    if isinstance(value, dict):
        return {_LONE_SURROGATE.sub("\ufffd", key): _without_surrogates(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_without_surrogates(child) for child in value]
    return _LONE_SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def skip_blanks(text: str, offset: int) -> int:
    """Give the offset of the first character at or after an offset that is no blank of JSON."""
    while offset < len(text) and text[offset] in _BLANKS:
        offset += 1
    return offset


def read_json(text: str, offset: int, *, file: str) -> tuple[Any, int, bool]:
    """Read the JSON value at an offset; gives it, the offset behind it, and whether some key came twice.

    Raises:
        ManifestError: where there is no JSON value, a number is out of range or the value is too deep.
    """
    reader = _Reader()
    try:
        value, end = reader.read(text, offset)
    except RecursionError:
        raise too_deep(file=file, at=position_at(text, offset)) from None
    except _OutOfRangeError as error:
        raise refuse(str(error), file=file, at=position_at(text, offset)) from None
    except json.JSONDecodeError as error:
        message = f"this is no JSON: {error.msg}; look at the commas, the brackets and the quotes here and just above"
        raise refuse(message + template_hint(text), file=file, at=position_at(text, error.pos)) from None
    if text.count("{", offset, end) + text.count("[", offset, end) > MAX_DEPTH and _is_too_deep(value):
        raise too_deep(file=file, at=position_at(text, offset))
    if text.find("\\u", offset, end) >= 0:
        value = _without_surrogates(value)
    return value, end, reader.has_duplicates


class _Marker:
    """Follows the tokens of one JSON value and notes where keys and elements stand; keeps state, and serves once."""

    def __init__(self, text: str, start: Position) -> None:
        self._tokens: Iterator[re.Match[str]] = _TOKEN.finditer(text)
        self._text = text
        self._line, self._line_start, self._seen = start.line, 1 - start.column, 0
        self.marks: Marks = {}
        self.duplicates: list[DocumentWarning] = []

    def place(self, offset: int) -> Position:
        """Give the place of an offset; offsets must not go back."""
        for found in _NEWLINE.finditer(self._text, self._seen, offset):
            self._line, self._line_start = self._line + 1, found.end()
        self._seen = offset
        return Position(self._line, offset - self._line_start + 1)

    def value(self, token: re.Match[str]) -> Any:
        """Build the value that begins with a token; scalars come as None, for only containers are walked."""
        if token[0] == "{":
            return self._object()
        return self._array() if token[0] == "[" else None

    def _object(self) -> dict[str, Any]:
        taken: dict[str, Any] = {}
        while (token := next(self._tokens))[0] != "}":
            if token[0] == ",":
                continue
            place = self.place(token.start())
            key = _LONE_SURROGATE.sub("\ufffd", json.loads(token[0]))
            if key in taken:
                message = (
                    f'the key "{key}" is already set in this object; Kubernetes keeps the last: delete all but one'
                )
                self.duplicates.append(DocumentWarning(message, place))
            next(self._tokens)  # the colon
            taken[key] = self.value(next(self._tokens))
            self.marks[id(taken), key] = place
        return taken

    def _array(self) -> list[Any]:
        taken: list[Any] = []
        while (token := next(self._tokens))[0] != "]":
            if token[0] == ",":
                continue
            self.marks[id(taken), len(taken)] = self.place(token.start())
            taken.append(self.value(token))
        return taken

    def run(self) -> MarkedValue:
        """Read the value."""
        token = next(self._tokens)
        start = self.place(token.start())
        return MarkedValue(self.value(token), start, self.marks)


def mark_json(text: str, *, start: Position) -> tuple[MarkedValue, tuple[DocumentWarning, ...]]:
    """Read one JSON value, which must be one that `read_json` has read, to know where everything stands."""
    marker = _Marker(text, start)
    marked = marker.run()
    return marked, tuple(marker.duplicates)
