"""The line of a manifest that a finding speaks of, as it may be shown: no tabs, no control characters, not too long."""

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

from webhook.cli.style import clean
from webhook.manifest.document import Document, Format
from webhook.manifest.position import Position

# What travels and is kept of a line; a terminal shows less.
_WINDOW = 200
_TAB = "    "
_CUT = "…"
_LINE_BREAKS: dict[Format, re.Pattern[str]] = {
    # Those of YAML 1.1, which its parser counts.
    "yaml": re.compile("\r\n|[\r\n\x85\u2028\u2029]"),
    "json": re.compile("\r\n|[\r\n]"),
}
_WIDE = ("W", "F")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some of a line; the mark stands under `length` characters from `caret` on, counted from 0."""

    text: str
    caret: int
    length: int = 1

    def fitted(self, width: int) -> "Excerpt":
        """Give as much as fits into a width around the mark, with an ellipsis where something is left out."""
        if len(self.text) <= width:
            return self
        begin = max(0, min(self.caret - width // 3, len(self.text) - width))
        end = begin + width
        text = self.text[begin:end]
        if begin > 0:
            text = _CUT + text[1:]
        if end < len(self.text):
            text = text[:-1] + _CUT
        caret = self.caret - begin
        return Excerpt(text, caret, max(1, min(self.length, width - caret)))

    @property
    def mark(self) -> str:
        """The line below: carets under what is meant, as wide as a terminal shows it."""
        end = self.caret + self.length
        return " " * columns(self.text[: self.caret]) + "^" * max(1, columns(self.text[self.caret : end]))


def excerpt(document: Document, at: Position, field: str) -> Excerpt:
    """Give the line of a place; all of the field's name is meant where it stands there, else one character."""
    line = _line(document, at.line - document.start.line)
    place = at.column - 1
    if at.line == document.start.line:
        place -= document.start.column - 1  # the text of a JSON value may begin within a line
    begin = max(0, place - _WINDOW)
    before, behind = line[begin:place], line[place : place + _WINDOW]
    meant = next((name for name in (field, f'"{field}"') if field and behind.startswith(name)), behind[:1])
    before, meant, behind = _shown(before), _shown(meant), _shown(behind[len(meant) :])
    return Excerpt(before + meant + behind, len(before), max(1, len(meant))).fitted(_WINDOW)


def columns(text: str) -> int:
    """Give how many columns a terminal takes for a text (Unicode Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in text
    )


def _shown(text: str) -> str:
    return clean(text.replace("\t", _TAB))


def _line(document: Document, number: int) -> str:
    starts = _starts(document.text, document.format)
    if not 0 <= number < len(starts):
        return ""
    end = starts[number + 1] if number + 1 < len(starts) else len(document.text)
    return document.text[starts[number] : end].rstrip("\r\n\x85\u2028\u2029")


@lru_cache(maxsize=1)
def _starts(text: str, form: Format) -> "array[int]":
    """Give where each line starts; remembered, for the items of a list share their text."""
    return array("Q", (0, *(found.end() for found in _LINE_BREAKS[form].finditer(text))))
