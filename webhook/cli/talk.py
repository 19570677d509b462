"""Results go to standard output or a file, talk to standard error; both are UTF-8, whatever the locale says."""

import io
import sys
from pathlib import Path
from typing import Any

import orjson

from webhook.cli.style import clean
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
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise MisuseError(f"{output}: cannot be written: {error.strerror or error}; name another file") from error


def as_json(value: Any) -> str:
    """Give a value of ours as JSON for scripts that people can read too."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n"


def say(text: str) -> None:
    """Tell a person something that is no result."""
    sys.stderr.write(f"{text}\n")


def complain(problem: str) -> None:
    """Tell what is wrong; our name stands first, so that it is found in a long log."""
    say(f"prologue: {clean(problem)}")


def speak_utf8() -> None:
    """Make standard output and standard error UTF-8: a manifest is, and a name in it must not end us."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
