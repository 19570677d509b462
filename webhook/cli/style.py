"""Colour where a terminal wants it, and text that cannot harm one."""

import os
import sys
from enum import StrEnum


class Style(StrEnum):
    """How something is set off (ECMA-48 graphic rendition)."""

    STRONG = "1"
    QUIET = "2"
    FINE = "32"
    WARN = "33"
    DENY = "1;31"


class Pen:
    """Writes text in a style, or plainly where no colour is wanted."""

    __slots__ = ("_colour",)

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, style: Style) -> str:
        """Give the text in a style."""
        return f"\033[{style}m{text}\033[0m" if self._colour and text else text


def pen_for(*, to_terminal: bool) -> Pen:
    """Give a pen: colour only on a terminal that can show it and whose owner did not say NO_COLOR (no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Pen(colour=to_terminal and wanted and sys.stdout.isatty())


def clean(text: str) -> str:
    r"""Give a text of someone else's on one line, control characters as escapes: `\x1b` would steer the terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
