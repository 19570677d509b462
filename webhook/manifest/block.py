"""The YAML that most manifests are written in, read line by line: many times faster than event by event.

Block mappings and lists, one-line scalars, literal blocks, comments, ASCII only. Everything else, every doubt and every
fault is left to `parse`, which reads all of YAML; where both read a text they agree, and tests hold them to it.
"""

import json
import re
from typing import Any

from webhook.manifest.bounds import MAX_DEPTH, is_clean_ascii
from webhook.manifest.scalar import WORDS, ScalarError, plain_value
from webhook.manifest.trace import Steps, TracedValue

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

    `root` is the outermost, which begins at the offset `start`; `columns` and `containers` are the open ones from the outermost to the innermost, each with
    the column of its dashes or keys; `pending` is the last key that stood alone on its line: its mapping, itself, and its
    column. `steps` tell where keys and list elements stand.
    """

    __slots__ = ("columns", "containers", "pending", "root", "start", "steps")

    def __init__(self) -> None:
        self.root: Any = None
        self.start = 0
        self.columns: list[int] = []
        self.containers: list[Any] = []
        self.pending: tuple[dict[str, Any], str, int] | None = None
        self.steps: Steps = []

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

    def find_items(self, begin: int, column: int, dashes: str) -> tuple[list[Any], int]:
        """Take the dashes of a line that begins at an offset; gives the list of the last of them, and its column."""
        items: list[Any] = self.find(column, list)
        while (another := dashes.find("-", 1)) > 0:
            inner: list[Any] = []
            column += another
            dashes = dashes[another:]
            self.add(items, inner, begin, column)
            items = inner
        return items, column

    def add(self, items: list[Any], element: Any, begin: int, column: int) -> None:
        """Begin a collection that is a list element."""
        self.steps += (items, len(items), begin + column)
        items.append(element)
        self._open(element, column)


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


def _flow(found: re.Match[str], steps: Steps) -> Any:
    """Give the list, or the empty mapping, that stands in brackets on a line."""
    if found[_FLOW_GROUP] == "{}":
        return {}
    items: list[Any] = []
    for number, item in enumerate(_ITEMS.finditer(found.string, *found.span(_FLOW_GROUP))):
        steps += (items, number, item.start())
        text = item[0]
        items.append(_quoted(text) if text[0] in "\"'" else plain_value(text))
    return items


def _run(text: str, lines: _Lines) -> None:  # noqa: C901, PLR0912, PLR0915  # a call costs as much as a line
    """Take one line after the other, each with the block of text below it if it begins one."""
    steps = lines.steps
    offset, end = 0, len(text)
    # What the line before added to, and the column of its keys, -1 where it has none: most lines go on just there.
    container: Any = None
    keys_at = -1
    while offset < end:
        found = _LINE.match(text, offset)
        if found is None:
            raise _Stop
        indent, dashes, key, plain, double, single, flow, block = found.groups()
        begin, offset, column = offset, found.end(), len(indent)
        if key is None and not dashes:
            if found.lastindex != _DASHES_GROUP:
                raise _Stop
            continue
        if dashes or column != keys_at:
            if lines.root is None:
                lines.start = begin + column
            if not dashes:
                container, keys_at = lines.find(column, dict), column
            elif key is None:
                keys_at = -1
                container, column = lines.find_items(begin, column, dashes)
            else:
                items, _ = lines.find_items(begin, column, dashes)
                column = keys_at = column + len(dashes)
                container = {}
                lines.add(items, container, begin, column)
        value: Any = None
        if plain is not None:
            value = plain_value(plain)
        elif block is not None:
            value, offset = _literal(text, offset, column, strip=block == "|-")
        elif flow is not None:
            value = _flow(found, steps)
        elif found.lastindex not in _VALUELESS_GROUPS:
            value = _quoted(double or single or "''")
        elif key is not None:
            lines.pending, keys_at = (container, key, column), -1
        else:
            raise _Stop
        if key is None:
            steps += (container, len(container), found.start(found.lastindex or 0))
            container.append(value)
        else:
            if key in container or key in WORDS:
                raise _Stop
            steps += (container, key, begin + column)
            container[key] = value


def read(text: str, *, first_line: int = 1) -> TracedValue | None:
    """Read a YAML text whose first line has this number; None where `parse` must read it.

    A text of comments alone has the value None.
    """
    if not is_clean_ascii(text) or "\r" in text:
        return None
    lines = _Lines()
    try:
        _run(text, lines)
    except (_Stop, ScalarError):
        return None
    return TracedValue(lines.root, text, first_line, lines.start, lines.steps)
