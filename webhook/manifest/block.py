"""The YAML that most manifests are written in, read line by line: many times faster than event by event.

Block mappings and lists, one-line scalars, literal blocks, comments, ASCII only. Everything else, every doubt and every
fault is left to `parse`, which reads all of YAML; where both read a text they agree, and tests hold them to it.
"""

import json
import re
from typing import Any, Final

from webhook.manifest.bounds import MAX_DEPTH, is_clean_ascii
from webhook.manifest.scalar import WORDS, ScalarError, plain_value


class _Unread:
    """The type of UNREAD, a word unlike any value."""


UNREAD: Final = _Unread()

# Text between blanks: no colon before a blank, no sharp behind one.
_REST = r"(?:[!-9;-~]|:(?=[!-~]))*+"
_PLAIN = rf"(?:[A-Za-z0-9_./+~$(=<^;\\]|-(?=[!-~])){_REST}(?: ++(?:[!-\"$-9;-~]|:(?=[!-~])){_REST})*+"
# Escapes that mean the same in YAML and in JSON.
_DOUBLE = r"\"(?:[ !#-\[\]-~]|\\[\"\\nrt])*+\""
_SINGLE = r"'(?:[ -&(-~]|'')*+'"
_ITEM = rf"(?:{_DOUBLE}|{_SINGLE}|(?:[A-Za-z0-9_./+$(=]|-(?=[A-Za-z0-9-]))[A-Za-z0-9_./+$()=-]*+)"
_FLOW = rf"\[ *+(?:{_ITEM}(?: *+, *+{_ITEM})*+ *+)?+\]|\{{\}}"
_LINE = re.compile(
    r"( *+)((?:- ++)*+)"  # indentation, dashes
    r"(?:([A-Za-z_][A-Za-z0-9_./-]{0,200}+):(?: ++|(?=\n)))?+"  # key
    rf"(?:(?:({_PLAIN})|({_DOUBLE})|({_SINGLE})|({_FLOW})|(\|-?+))(?: ++(?:\#[^\n]*+)?)?+|(?:\#[^\n]*+)?)\n",
    re.ASCII,
)
_ITEMS = re.compile(_ITEM)
_CONTENT_INDENT = re.compile(r"\n*( +)[^ \n\t]")
_KEY_GROUP = 3


class _Stop(Exception):  # noqa: N818 - never leaves this module: it hands the text over
    """What this reader does not read."""


class _Lines:
    """Takes one line after the other; keeps state, and serves once."""

    __slots__ = ("_columns", "_containers", "_pending", "root")

    def __init__(self) -> None:
        self.root: Any = None
        # The open collections from the outermost to the innermost, each with the column of its dashes or keys.
        self._columns: list[int] = []
        self._containers: list[Any] = []
        # The last key that stood alone on its line: its mapping, itself, and its column.
        self._pending: tuple[dict[str, Any], str, int] | None = None

    def _open(self, container: Any, column: int) -> None:
        if len(self._columns) >= MAX_DEPTH:
            raise _Stop
        self._columns.append(column)
        self._containers.append(container)

    def find(self, column: int, kind: type) -> Any:
        """Give the collection that a line goes on with, or begins, at a column; `kind` is list for a dash, else dict."""
        pending, columns, containers = self._pending, self._columns, self._containers
        if pending is None and columns and columns[-1] == column and containers[-1].__class__ is kind:
            return containers[-1]
        self._pending = None
        if pending is not None and (column > pending[2] or (kind is list and column == pending[2])):
            container = pending[0][pending[1]] = kind()
            self._open(container, column)
            return container
        if not columns:
            self.root = kind()
            self._open(self.root, column)
            return self.root
        while columns and (
            columns[-1] > column or (columns[-1] == column and kind is dict and containers[-1].__class__ is list)
        ):
            columns.pop()
            containers.pop()
        if not columns or columns[-1] != column or containers[-1].__class__ is not kind:
            raise _Stop
        return containers[-1]

    def add_items(self, column: int, dashes: str) -> tuple[list[Any], int]:
        """Take the dashes of a line; gives the list that the last of them adds to, and the column of that dash."""
        items: list[Any] = self.find(column, list)
        while (another := dashes.find("-", 1)) > 0:
            inner: list[Any] = []
            items.append(inner)
            items = inner
            column += another
            dashes = dashes[another:]
            self._open(items, column)
        return items, column

    def mapping_in(self, items: list[Any], column: int) -> dict[str, Any]:
        """Begin a mapping that is a list element."""
        mapping: dict[str, Any] = {}
        items.append(mapping)
        self._open(mapping, column)
        return mapping

    def wait(self, mapping: dict[str, Any], key: str, column: int) -> None:
        """Note a key that stands alone: its value is null unless deeper lines follow."""
        mapping[key] = None
        self._pending = (mapping, key, column)


def _literal(text: str, offset: int, parent: int, *, strip: bool) -> tuple[str, int]:
    """Read the lines of a literal block that begins at an offset; gives its text and where it ends."""
    found = _CONTENT_INDENT.match(text, offset)
    if found is None or len(found[1]) <= parent:
        raise _Stop
    indent = found[1]
    lines: list[str] = []
    end = offset
    while (line_end := text.find("\n", end)) >= 0:
        if text.startswith(indent, end):
            lines.append(text[end + len(indent) : line_end])
        elif not text[end:line_end].strip(" "):
            lines.append("")
        else:
            break
        end = line_end + 1
    content = "\n".join(lines).rstrip("\n")
    return content if strip else content + "\n", end


def _quoted(text: str) -> str:
    """Give what a text in quotes says."""
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    if "\\" in text:
        said: str = json.loads(text)
        return said
    return text[1:-1]


def _value(plain: str | None, double: str | None, single: str | None, flow: str | None) -> Any:
    if plain is not None:
        return plain_value(plain)
    if flow is None:
        return _quoted(double or single or "''")
    if flow == "{}":
        return {}
    return [_quoted(item) if item[0] in "\"'" else plain_value(item) for item in _ITEMS.findall(flow)]


def _place_of(lines: _Lines, column: int, dashes: str, key: str | None) -> tuple[Any, int]:
    """Give the collection that a line adds to, and the column that a block of text below it must exceed."""
    if not dashes:
        return lines.find(column, dict), column
    items, dash = lines.add_items(column, dashes)
    if key is None:
        return items, dash
    return lines.mapping_in(items, column + len(dashes)), column + len(dashes)


def _add(container: Any, key: str | None, value: Any) -> None:
    if key is None:
        container.append(value)
    else:
        container[key] = value


def _read_line(lines: _Lines, text: str, offset: int) -> int:
    """Take the line at an offset, with the block of text below it if it begins one; gives where the next line begins."""
    found = _LINE.match(text, offset)
    if found is None:
        raise _Stop
    indent, dashes, key, plain, double, single, flow, block = found.groups()
    end = found.end()
    has_value = found.lastindex is not None and found.lastindex > _KEY_GROUP
    if key is None and not dashes:
        if has_value:
            raise _Stop
        return end
    container, column = _place_of(lines, len(indent), dashes, key)
    if key is not None and (key in WORDS or key in container):
        raise _Stop
    if block is not None:
        value, end = _literal(text, end, column, strip=block == "|-")
        _add(container, key, value)
    elif has_value:
        _add(container, key, _value(plain, double, single, flow))
    elif key is not None:
        lines.wait(container, key, column)
    else:
        raise _Stop
    return end


def read(text: str) -> Any:
    """Give the value of a YAML text, None where it holds only comments, UNREAD where `parse` must read it."""
    if not is_clean_ascii(text):
        return UNREAD
    lines = _Lines()
    offset, end = 0, len(text)
    try:
        while offset < end:
            offset = _read_line(lines, text, offset)
    except (_Stop, ScalarError):
        return UNREAD
    return lines.root
