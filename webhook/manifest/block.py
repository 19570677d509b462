"""The YAML that most manifests are written in, read line by line: many times faster than event by event.

Block mappings and lists, one-line scalars, literal blocks, comments, ASCII only. Everything else, every doubt and every
fault is left to `parse`, which reads all of YAML; where both read a text they agree, and tests hold them to it.
"""

import json
import re
from typing import Any, Final

from webhook.manifest.bounds import MAX_DEPTH, is_clean_ascii
from webhook.manifest.position import MarkedValue, Marks, Position
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
# Numbers of groups of a line, and those that are the last of one without a value.
_DASHES_GROUP, _KEY_GROUP, _FLOW_GROUP = 2, 3, 7
_VALUELESS_GROUPS = (_KEY_GROUP, _DASHES_GROUP)


class _Stop(Exception):  # noqa: N818 - never leaves this module: it hands the text over
    """What this reader does not read."""


class _Lines:
    """The collections that a line may go on with; keeps state, and serves once. Columns count from 0.

    `root` is the outermost, which begins at `start`; `columns` and `containers` are the open ones from the outermost to the innermost, each with the column of its dashes
    or keys; `pending` is the last key that stood alone on its line: its mapping, itself, and its column. `marks`, where
    they are wanted, tell where keys and list elements stand.
    """

    __slots__ = ("columns", "containers", "marks", "pending", "root", "start")

    def __init__(self, marks: Marks | None) -> None:
        self.root: Any = None
        self.start: Position | None = None
        self.columns: list[int] = []
        self.containers: list[Any] = []
        self.pending: tuple[dict[str, Any], str, int] | None = None
        self.marks = marks

    def _open(self, container: Any, column: int) -> None:
        if len(self.columns) >= MAX_DEPTH:
            raise _Stop
        self.columns.append(column)
        self.containers.append(container)

    def find(self, column: int, kind: type) -> Any:
        """Give the collection that a line goes on with, or begins, at a column; `kind` is list for a dash, else dict."""
        pending, columns, containers = self.pending, self.columns, self.containers
        self.pending = None
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

    def find_items(self, column: int, dashes: str, line: int) -> tuple[list[Any], int]:
        """Take the dashes of a line; gives the list that the last of them adds to, and the column of that dash."""
        items: list[Any] = self.find(column, list)
        while (another := dashes.find("-", 1)) > 0:
            inner: list[Any] = []
            column += another
            dashes = dashes[another:]
            self.add(items, inner, column, line)
            items = inner
        return items, column

    def add(self, items: list[Any], element: Any, column: int, line: int) -> None:
        """Begin a collection that is a list element."""
        if self.marks is not None:
            self.marks[id(items), len(items)] = Position(line, column + 1)
        if len(self.columns) >= MAX_DEPTH:
            raise _Stop
        items.append(element)
        self.columns.append(column)
        self.containers.append(element)


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


def _value(double: str | None, single: str | None, flow: str | None) -> Any:
    if flow is None:
        return _quoted(double or single or "''")
    if flow == "{}":
        return {}
    return [_quoted(item) if item[0] in "\"'" else plain_value(item) for item in _ITEMS.findall(flow)]


def _mark(marks: Marks, container: Any, found: re.Match[str], line: int) -> None:
    """Note where a key, or a list element that is no collection, stands."""
    key = found[_KEY_GROUP]
    if key is None:
        marks[id(container), len(container)] = Position(line, found.start(found.lastindex or 0) - found.start() + 1)
    else:
        marks[id(container), key] = Position(line, found.start(_KEY_GROUP) - found.start() + 1)


def _mark_items(marks: Marks, items: list[Any], found: re.Match[str], line: int) -> None:
    """Note where the elements of a list in brackets stand."""
    column = found.start(_FLOW_GROUP) - found.start() + 1
    for number, item in enumerate(_ITEMS.finditer(found[_FLOW_GROUP])):
        marks[id(items), number] = Position(line, column + item.start())


def _run(text: str, lines: _Lines, line: int) -> None:  # noqa: C901, PLR0912, PLR0915  # a call costs as much as a line
    """Take one line after the other, each with the block of text below it if it begins one; the first is `line`."""
    marks = lines.marks
    offset, end = 0, len(text)
    # What the line before added to, and the column of its keys, -1 where it has none: most lines go on just there.
    container: Any = None
    keys_at = -1
    while offset < end:
        found = _LINE.match(text, offset)
        if found is None:
            raise _Stop
        indent, dashes, key, plain, double, single, flow, block = found.groups()
        offset, column = found.end(), len(indent)
        if key is None and not dashes:
            if found.lastindex != _DASHES_GROUP:
                raise _Stop
            line += 1
            continue
        if dashes or column != keys_at:
            if lines.root is None:
                lines.start = Position(line, column + 1)
            if not dashes:
                container, keys_at = lines.find(column, dict), column
            elif key is None:
                keys_at = -1
                container, column = lines.find_items(column, dashes, line)
            else:
                items, _ = lines.find_items(column, dashes, line)
                column = keys_at = column + len(dashes)
                container = {}
                lines.add(items, container, column, line)
        if key is not None and (key in container or key in WORDS):
            raise _Stop
        value: Any = None
        if plain is not None:
            value = plain_value(plain)
        elif block is not None:
            value, offset = _literal(text, offset, column, strip=block == "|-")
        elif found.lastindex not in _VALUELESS_GROUPS:
            value = _value(double, single, flow)
        elif key is not None:
            lines.pending, keys_at = (container, key, column), -1
        else:
            raise _Stop
        if marks is not None:
            _mark(marks, container, found, line)
            if flow and value:
                _mark_items(marks, value, found, line)
        if key is None:
            container.append(value)
        else:
            container[key] = value
        line += 1 if block is None else text.count("\n", found.start(), offset)


def _read(text: str, lines: _Lines, line: int) -> bool:
    """Read all lines, and say whether this reader can."""
    if not is_clean_ascii(text):
        return False
    try:
        _run(text, lines, line)
    except (_Stop, ScalarError):
        return False
    return True


def read(text: str) -> Any:
    """Give the value of a YAML text, None where it holds only comments, UNREAD where `parse` must read it."""
    lines = _Lines(None)
    return lines.root if _read(text, lines, 1) else UNREAD


def read_marked(text: str, *, first_line: int = 1) -> MarkedValue | None:
    """Give the value of a YAML text and where everything stands; None where `parse_marked` must read it."""
    marks: Marks = {}
    lines = _Lines(marks)
    if not _read(text, lines, first_line) or lines.start is None:
        return None
    return MarkedValue(lines.root, lines.start, marks)
