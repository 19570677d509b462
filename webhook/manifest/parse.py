r"""One YAML text, read as Kubernetes reads it: the first document counts, the rest of the text is lost.

The C parser follows libyaml, Kubernetes a Go port that has grown apart from it. Where they differ the Go port is right,
and the text is mended so that the C parser sees what the Go port would: `a:` before a comma is text, a tag reaches to
the next blank, a byte order mark inside the text is text. `?` inside plain text between brackets, the escape `\/` and
`%YAML 1.2` are refused.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml._yaml import CParser

from webhook.core.errors import ManifestError
from webhook.manifest.bounds import refuse_control_characters, template_hint
from webhook.manifest.position import DocumentWarning, MarkedValue, Marks, Position
from webhook.manifest.tree import TreeBuilder

_YAML_1_1 = (1, 1)
_ESCAPED_SLASH = re.compile(r"(?<!\\)(?:\\\\)*\\/")
_TAG_WITH_INDICATOR = re.compile(r"(?:&\S+\s+)?(![^\s<,\[\]]*[,\[\]]\S*)")
_COLON_IN_FLOW = "found unexpected ':'"
_IN_TAG = ("while scanning a tag", "while parsing a tag")
_BOM = "\ufeff"
# Stands for a byte order mark while the C parser, which would skip it, looks: private use, unlikely to be in the text.
_STAND_INS = tuple(map(chr, range(0xE000, 0xE010)))
# A text that needs more mends than this is no manifest.
_MAX_MENDS = 64
_ADVICE = {
    "mapping values are not allowed": "quote a value that holds a colon and a space, or mend the indentation",
    "cannot start any token": "indent with spaces, never with a tab; quote text that begins with @, ` or %",
    "could not find expected ':'": "write `key: value`, with a space after the colon, or mend the indentation",
    "block sequence entries": "begin a list on a line of its own",
    "escape": r"write a backslash in double quotes as \\, or use single quotes",
    "expected whitespace or line break": "quote text that begins with an exclamation mark",
}
_GENERAL_ADVICE = "look at the indentation, the brackets and the quotes here and just above"


class _Mend(Exception):  # noqa: N818 - never leaves this module: it asks for another try
    """What must stand from `start` to `end` for the C parser to read what the Go port reads there."""

    def __init__(self, start: int, end: int, replacement: str) -> None:
        super().__init__()
        self.start = start
        self.end = end
        self.replacement = replacement


def _explain(error: yaml.MarkedYAMLError, builder: TreeBuilder) -> ManifestError:
    problem = error.problem or str(error)
    advice = next((advice for sign, advice in _ADVICE.items() if sign in problem), _GENERAL_ADVICE)
    mark = error.problem_mark or error.context_mark
    return builder.refuse(f"this is no YAML: {problem}; {advice}", mark)


def _mend_tag(text: str, start: int) -> None:
    """Ask for a tag that holds commas or brackets, and so means nothing, to be written without them."""
    if found := _TAG_WITH_INDICATOR.match(text, start):
        raise _Mend(found.start(1), found.end(1), re.sub(r"[,\[\]]", ".", found[1]))


def _mend_or_explain(error: yaml.MarkedYAMLError, text: str, builder: TreeBuilder) -> ManifestError:
    """Make the error to raise; raises _Mend instead where the Go port would read on."""
    if error.context_mark is not None and error.problem_mark is not None:
        start = error.context_mark.index
        if error.problem == _COLON_IN_FLOW:
            end = error.problem_mark.index + 1
            raise _Mend(start, end, "'" + text[start:end].replace("'", "''") + "'")
        if error.context in _IN_TAG:
            _mend_tag(text, start)
    return _explain(error, builder)


def _check_scalar(event: yaml.ScalarEvent, text: str, builder: TreeBuilder) -> None:
    """Refuse the scalars that the C parser takes and the Go port does not."""
    start: Any = event.start_mark
    end: Any = event.end_mark
    if event.style == '"':
        if _ESCAPED_SLASH.search(text, start.index, end.index):
            raise builder.refuse(r"Kubernetes does not know the escape `\/`; write `/`", start)
    elif event.style not in ("'", "|", ">") and builder.in_flow and "?" in event.value:
        raise builder.refuse("a `?` cannot stand in plain text between brackets; quote the text", start)


def _check(event: Any, text: str, builder: TreeBuilder) -> None:
    if event.__class__ is yaml.ScalarEvent:
        _check_scalar(event, text, builder)
    if getattr(event, "tag", None) is not None:
        _mend_tag(text, event.start_mark.index)


def _start(parser: CParser, builder: TreeBuilder) -> Any:
    """Skip to the first document; None where there is none, else its start."""
    parser.get_event()
    event: Any = parser.get_event()
    if isinstance(event, yaml.StreamEndEvent):
        return None
    if event.version not in (None, _YAML_1_1):
        raise builder.refuse("Kubernetes reads YAML 1.1 only; take the %YAML line away", event.start_mark)
    return event


def _note_lost(parser: CParser, builder: TreeBuilder) -> None:
    """Warn of text behind the first document, which Kubernetes never looks at."""
    try:
        event: Any = parser.get_event()
        mark: Any = None if isinstance(event, yaml.StreamEndEvent) else event.start_mark
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
    if mark is not None:
        message = "Kubernetes does not read what begins here; separate documents by a line of `---`"
        builder.warnings.append(DocumentWarning(message, builder.place(mark)))


def _run(text: str, builder: TreeBuilder) -> Position:
    """Let the builder build the first document; gives where it starts."""
    parser = CParser(text)
    try:
        if (event := _start(parser, builder)) is None:
            return Position(1, 1)
        start = event.start_mark
        check: Callable[..., None] | None = _check if any(sign in text for sign in ("?", "\\/", "!")) else None
        handlers = builder.handlers
        while handler := handlers.get((event := parser.get_event()).__class__):
            if check is not None:
                check(event, text, builder)
            handler(event)
    except yaml.MarkedYAMLError as error:
        raise _mend_or_explain(error, text, builder) from None
    _note_lost(parser, builder)
    return builder.place(start)


def _build(text: str, *, file: str, first_line: int, marks: Marks | None) -> tuple[TreeBuilder, Position]:
    for _ in range(_MAX_MENDS):
        builder = TreeBuilder(file=file, first_line=first_line, marks=marks)
        try:
            return builder, _run(text, builder)
        except _Mend as mend:
            text = text[: mend.start] + mend.replacement + text[mend.end :]
    message = "too many colons or tags stand before commas or brackets; write a space after each"
    raise ManifestError(message, file=file, line=first_line, column=1)


def _stand_in(text: str) -> str:
    """Give the character that stands for byte order marks inside a text; the mark itself where there is none."""
    return next((one for one in _STAND_INS if one not in text), _BOM) if _BOM in text else _BOM


def _replaced(value: Any, old: str, new: str) -> Any:
    """Give raw JSON with one character for another in every text."""
    if isinstance(value, dict):
        return {key.replace(old, new): _replaced(child, old, new) for key, child in value.items()}
    if isinstance(value, list):
        return [_replaced(child, old, new) for child in value]
    return value.replace(old, new) if isinstance(value, str) else value


def parse(text: str, *, file: str = "", first_line: int = 1) -> tuple[Any, tuple[DocumentWarning, ...]]:
    """Give the value of the first document of a YAML text, None where it holds nothing, and what to warn of.

    Raises:
        ManifestError: where Kubernetes would not read it; `line` counts from `first_line`.
    """
    text = text.removeprefix(_BOM)
    stand_in = _stand_in(text)
    try:
        refuse_control_characters(text, file=file, first_line=first_line)
        builder, _ = _build(text.replace(_BOM, stand_in), file=file, first_line=first_line, marks=None)
    except ManifestError as error:
        raise ManifestError(
            error.message + template_hint(text), file=file, line=error.line, column=error.column
        ) from None
    value = builder.value if stand_in == _BOM else _replaced(builder.value, stand_in, _BOM)
    return value, tuple(builder.warnings)


def parse_marked(text: str, *, first_line: int = 1) -> MarkedValue:
    """Read a YAML text once more, to know where everything stands; the text must be one that `parse` has read."""
    text = text.removeprefix(_BOM)
    marks: Marks = {}
    builder, start = _build(text.replace(_BOM, _stand_in(text)), file="", first_line=first_line, marks=marks)
    return MarkedValue(builder.value, start, marks)
