"""What a manifest may not exceed, so that no file, however made, costs more than a moment and some memory."""

import re

from webhook.core.errors import ManifestError
from webhook.manifest.position import Position

# A cluster stores no object above 1.5 MiB; a rendered chart of thousands of objects stays well below this.
MAX_BYTES = 64 * 1024 * 1024
# Below what the JSON encoder and Python's own stack can carry; the deepest real object definitions stay below 60.
MAX_DEPTH = 250

_ALLOWED_BYTES = bytes((0x09, 0x0A, 0x0D, *range(0x20, 0x7F)))
_NOT_IN_YAML = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The line breaks of YAML, which its positions count.
_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_TEMPLATE_SIGNS = (("{{", "}}"), ("{%", "%}"))
_UTF8_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_TEMPLATE_HINT = "; this looks like a template that was not rendered: render it first (`helm template`, for instance) and check what comes out"


def position_at(text: str, offset: int) -> Position:
    """Give the line and column of an offset into a text."""
    line, start = 1, 0
    for found in _LINE_BREAK.finditer(text, 0, offset):
        line, start = line + 1, found.end()
    return Position(line, offset - start + 1)


def refuse(message: str, *, file: str, at: Position) -> ManifestError:
    """Make the error that says what is wrong at a place of a file."""
    return ManifestError(message, file=file, line=at.line, column=at.column)


def template_hint(text: str) -> str:
    """Give a hint to add to an error where the text still holds template code, else nothing."""
    holds_code = any(begin in text and end in text for begin, end in _TEMPLATE_SIGNS)
    return _TEMPLATE_HINT if holds_code else ""


def decode(data: bytes, *, file: str) -> str:
    """Give the text of a file; a byte order mark of UTF-8 is left out.

    Raises:
        ManifestError: where the file is larger than MAX_BYTES or is no UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise ManifestError(
            f"the file has {len(data)} bytes, more than the {MAX_BYTES} that are read; split it into several files",
            file=file,
        )
    if data.startswith(_WIDE_BOMS):
        raise refuse("the file is UTF-16; save it as UTF-8", file=file, at=Position(1, 1))
    data = data.removeprefix(_UTF8_BOM)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        at = position_at(before, len(before))
        raise refuse(
            f"byte {error.start} (0x{data[error.start]:02x}) is no UTF-8; save the file as UTF-8", file=file, at=at
        ) from None


def is_clean_ascii(text: str) -> bool:
    """Tell whether a text is ASCII and holds none of its characters that YAML forbids."""
    return text.isascii() and not text.encode().translate(None, _ALLOWED_BYTES)


def refuse_control_characters(text: str, *, file: str, first_line: int = 1) -> None:
    """Check that a text holds only characters that YAML allows; raises ManifestError with the place of the first other."""
    if is_clean_ascii(text):
        return
    if found := _NOT_IN_YAML.search(text):
        at = position_at(text, found.start())
        raise refuse(
            f"the character U+{ord(found[0]):04X} is not allowed in YAML; delete it, or write it as an escape in double quotes",
            file=file,
            at=Position(at.line + first_line - 1, at.column),
        )


def too_deep(*, file: str, at: Position) -> ManifestError:
    """Make the error for a document that nests deeper than MAX_DEPTH."""
    return refuse(
        f"the document nests deeper than {MAX_DEPTH} levels; no Kubernetes object does: flatten it", file=file, at=at
    )
