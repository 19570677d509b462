"""Values back to text, as YAML or JSON that Kubernetes, and we, read back to the same values.

YAML is written in blocks: keys in their order, lists as deep as their key, text of several lines as it is, no line
folded, and quotes around everything that some reader of YAML would take for something else.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from webhook.manifest.number import MAX_UINT, MIN_INT
from webhook.manifest.scalar import plain

_INDENT = 2
# An implicit key longer than 1,024 characters is none for YAML; the quotes and escapes of this one are counted already.
_MAX_KEY = 1_000
_REST = r"(?:[!-9;-~]|:(?=[!-~]))*"
_PLAIN = re.compile(rf"(?:[A-Za-z0-9_./+$(^;\\]|-(?=[!-~])){_REST}(?: +(?:[!-\"$-9;-~]|:(?=[!-~])){_REST})*")
_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
# Text to us, but a moment or a number of base 60 to other readers of YAML.
_AMBIGUOUS = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z|---|\.\.\.")
# What a literal block cannot hold: line breaks other than \n, and what YAML forbids or readers skip.
_NOT_LITERAL = re.compile("[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(
    '["\\\\]|[^ -~\xa1-\u1fff\u2030-\u2fff\u3001-\ud7ff\uf900-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]'
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def dump_json(values: Iterable[Any]) -> str:
    """Give JSON for people: one value after the other, each indented by 2 and ended by a newline.

    Raises:
        ValueError: for infinity and NaN.
    """
    return "".join(json.dumps(value, indent=_INDENT, ensure_ascii=False, allow_nan=False) + "\n" for value in values)


def dump_yaml(values: Iterable[Any]) -> str:
    """Give YAML for people and for Kubernetes: the documents, with a line of `---` between two.

    Raises:
        ValueError: for infinity and NaN.
    """
    return "---\n".join(_document(value) for value in values)


def _document(value: Any) -> str:
    lines: list[str] = []
    if _is_block(value):
        _add_block(lines, value, 0)
    else:
        # Content of a block of text would stand at the margin, where `---` is a border.
        lines.append(_quoted(value) if isinstance(value, str) and "\n" in value else _scalar(value, 0))
    return "\n".join(lines) + "\n"


def _is_block(value: Any) -> bool:
    return isinstance(value, dict | list) and bool(value)


def _add_block(lines: list[str], value: Any, indent: int) -> None:
    """Add the lines of a mapping or a list that is not empty."""
    if isinstance(value, list):
        for item in value:
            _add_item(lines, item, indent)
        return
    margin = " " * indent
    for key, child in value.items():
        name = _key(key)
        if len(name) > _MAX_KEY:
            lines.append(f"{margin}? {name}")
            _add_child(lines, margin, child, indent, list_indent=indent + _INDENT)
        else:
            _add_child(lines, margin + name, child, indent, list_indent=indent)


def _add_child(lines: list[str], head: str, child: Any, indent: int, *, list_indent: int) -> None:
    """Add a value behind its key: on the same line where it fits there, else below."""
    if _is_block(child):
        lines.append(f"{head}:")
        _add_block(lines, child, list_indent if isinstance(child, list) else indent + _INDENT)
    else:
        lines.append(f"{head}: {_scalar(child, indent)}")


def _add_item(lines: list[str], item: Any, indent: int) -> None:
    margin = " " * indent
    if not _is_block(item):
        lines.append(f"{margin}- {_scalar(item, indent)}")
        return
    first = len(lines)
    _add_block(lines, item, indent + _INDENT)
    lines[first] = f"{margin}- {lines[first][indent + _INDENT :]}"


def _key(text: str) -> str:
    return text if _is_plain(text) else _quoted(text)


def _scalar(value: Any, indent: int) -> str:
    """Write a scalar or an empty collection that stands behind a key or a dash at an indentation."""
    match value:
        case str():
            return _text(value, indent)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float():
            return _float(value)
        case int():
            return str(value)
        case _:
            return "[]" if isinstance(value, list) else "{}"


def _float(value: float) -> str:
    """Write a float; a whole one as an integer where 64 bits hold it, for Kubernetes' YAML knows no other."""
    if value.is_integer() and MIN_INT <= value <= MAX_UINT:
        return str(int(value))
    return json.dumps(value, allow_nan=False)


def _text(text: str, indent: int) -> str:
    if _is_plain(text):
        return text
    return _literal(text, indent) if _fits_literal(text) else _quoted(text)


def _is_plain(text: str) -> bool:
    if not text.isascii():
        if not text.isprintable():
            return False
        text = _LETTER.sub("x", text)
    return bool(_PLAIN.fullmatch(text)) and not _AMBIGUOUS.match(text) and isinstance(plain(text).value, str)


def _fits_literal(text: str) -> bool:
    return "\n" in text and text[0] not in " \t\n" and not _NOT_LITERAL.search(text)


def _literal(text: str, indent: int) -> str:
    """Write text of several lines as a literal block; how it ends decides the sign behind the bar."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    margin = " " * (indent + _INDENT)
    lines = [margin + line if line else "" for line in body.split("\n")]
    sign = "|-" if ends == 0 else "|" if ends == 1 else "|+"
    return "\n".join([sign, *lines, *[""] * max(ends - 1, 0)])


def _quoted(text: str) -> str:
    found = _ESCAPED.findall(text)
    if found and set(found) <= {'"', "\\"} and "'" not in text:
        return f"'{text}'"
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    if code <= 0xFF:  # noqa: PLR2004 - two hexadecimal digits
        return f"\\x{code:02x}"
    # Half a surrogate pair is no character, and no escape of YAML can say it.
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"  # noqa: PLR2004 - the surrogates
