"""Results go to standard output or a file, talk to standard error; colour on a terminal and none in a pipe."""

import io
import os
import sys
from pathlib import Path

from rich.console import Console

from webhook.core.errors import MisuseError


def write(text: str, output: Path | None) -> None:
    """Write a result to a file, or to standard output.

    Raises:
        MisuseError: the file cannot be written.
    """
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MisuseError(f"{output}: cannot be written: {error.strerror or error}") from error


def say(text: str) -> None:
    """Tell a person something that is no result."""
    sys.stderr.write(f"{text}\n")


def styled(*parts: object, to_terminal: bool) -> str:
    """Give text with rich's markup, or a table, as it is to be written: coloured only for a terminal that wants it."""
    colour = to_terminal and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
        soft_wrap=True,
        emoji=False,
        width=None if sys.stdout.isatty() else 160,
    )
    for part in parts:
        console.print(part, end="" if isinstance(part, str) else "\n")
    return buffer.getvalue()
