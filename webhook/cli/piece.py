"""Work in pieces: a file, or some documents of a large one, so that all cores help and memory holds only some of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webhook.cli.source import Source
from webhook.core.errors import ManifestError
from webhook.manifest.bounds import decode
from webhook.manifest.document import Document
from webhook.manifest.reader import read_documents

# About a fifth of a second of work.
PIECE_BYTES = 512 * 1024
# A border between documents that nobody reads otherwise; the reader knows more of them.
_BORDER = re.compile(r"^---[ \t\r]*$", re.MULTILINE)
_JSON = re.compile(r"\s*\{")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a source: all of it, or with `text` what stands behind so many `lines`."""

    number: int
    source: Source
    text: str | None = None
    lines: int = 0

    def __str__(self) -> str:
        return self.source.name if self.text is None else f"{self.source.name}, from line {self.lines + 1} on"

    @property
    def size(self) -> int:
        """How much there is to do, in bytes."""
        return self.source.size if self.text is None else len(self.text)

    def read(self) -> bytes:
        """Give the bytes, behind empty lines in place of what others read: so every line keeps its number.

        Raises:
            ManifestError: the file cannot be read.
        """
        return self.source.read() if self.text is None else ("\n" * self.lines + self.text).encode()

    def documents(self) -> list[Document]:
        """Give the documents; `index` counts from the first of the piece.

        Raises:
            ManifestError: the file cannot be read, or is no YAML or JSON.
        """
        return read_documents(self.read(), file=self.source.name)


def pieces_of(sources: Iterable[tuple[int, Source]]) -> Iterator[Piece]:
    """Cut what is large and can be cut; the pieces of a source follow each other, and have its number."""
    for number, source in sources:
        if source.size <= PIECE_BYTES:
            yield Piece(number, source)
        else:
            yield from _cut(number, source)


def _cut(number: int, source: Source) -> Iterator[Piece]:
    try:
        text = decode(source.read(), file=source.name)
    except ManifestError:
        yield Piece(number, source)  # whoever reads it says why
        return
    if not _can_be_cut(text):
        yield Piece(number, source)
        return
    begin = lines = 0
    for border in _BORDER.finditer(text):
        if border.start() - begin >= PIECE_BYTES:
            yield Piece(number, source, text[begin : border.start()], lines)
            lines += text.count("\n", begin, border.start())
            begin = border.start()
    yield Piece(number, source, text[begin:], lines)


def _can_be_cut(text: str) -> bool:
    """Whether borders are all that matters: a stream of JSON has none, and directives reach over one."""
    return not (_JSON.match(text) or text.startswith("%") or "\n%" in text)
