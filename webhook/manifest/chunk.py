"""A YAML stream, cut into documents where kubectl cuts it: at every line that begins with `---`, whatever it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from webhook.manifest.bounds import refuse
from webhook.manifest.position import DocumentWarning, Position

_SEPARATOR = re.compile(r"^---(.*)\n?", re.MULTILINE)
_NO_CONTENT = re.compile(r"[ \t\ufeff]*(?:#.*)?|%.*")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Chunk:
    """The text of one document; `first_line` is where it begins in the file."""

    text: str
    first_line: int
    warnings: tuple[DocumentWarning, ...] = ()


def _only_declares(text: str) -> bool:
    """Tell whether a text holds directives (`%TAG`, `%YAML`) and nothing else, so that they speak for what follows."""
    return "%" in text and all(_NO_CONTENT.fullmatch(line.rstrip("\r")) for line in text.split("\n"))


def _begins_document(rest: str, *, file: str, line: int) -> bool:
    """Tell whether a document begins behind `---` on the same line; raises ManifestError where kubectl would."""
    stripped = rest.strip()
    if not stripped or stripped[0] == "#":
        return False
    if rest[0] in " \t":
        return True
    message = (
        f"kubectl takes every line that begins with --- for a border between documents, also `---{stripped[:_SHOWN]}`"
    )
    raise refuse(f"{message}; indent the line or quote the text", file=file, at=Position(line, 1))


def cut(text: str, *, file: str, first_line: int = 1) -> Iterator[Chunk]:
    """Give the documents of a YAML stream, empty ones too.

    Directives stay with the document that follows, and so does what stands behind `---` on the same line. The YAML
    library reads both, kubectl neither: hence the warnings.

    Raises:
        ManifestError: at a line such as `---text`.
    """
    begin, begin_line = 0, first_line
    seen, line = 0, first_line
    warnings: tuple[DocumentWarning, ...] = ()
    for separator in _SEPARATOR.finditer(text):
        line += text.count("\n", seen, separator.start())
        seen = separator.start()
        if _only_declares(text[begin:seen]):
            at = Position(begin_line, 1)
            warnings = (DocumentWarning("kubectl refuses directives; take the lines that begin with % away", at),)
            continue
        yield Chunk(text[begin:seen], begin_line, warnings)
        if _begins_document(separator[1], file=file, line=line):
            begin, begin_line = seen, line
            warnings = (
                DocumentWarning("kubectl refuses text behind `---`; begin it on the next line", Position(line, 1)),
            )
        else:
            begin, begin_line, warnings = separator.end(), line + 1, ()
    yield Chunk(text[begin:], begin_line, warnings)
