"""One file that an argument names, or standard input: listed first, read when its turn comes."""

import os
import sys
from dataclasses import dataclass
from typing import BinaryIO

from webhook.cli.problem import Problem
from webhook.core.errors import ManifestError
from webhook.manifest.bounds import MAX_BYTES

STANDARD_INPUT = "-"
# What a document read from standard input is called.
_STDIN_NAME = "<stdin>"
# Most manifests are read at once; room for the largest is asked for only where there is more.
_FIRST_BYTES = 1024 * 1024
_GONE = "there is no such file or folder; give manifests, folders of them, or - for standard input"
_VANISHED = "there is no such file: it vanished just now, or is a link that leads nowhere"


@dataclass(frozen=True, slots=True)
class Source:
    """Where manifests come from; `name` is what findings call it, `size` its bytes, 0 where unknown.

    `data` is what standard input gave; `listed` says that we found the file in a folder, nobody named it.
    """

    name: str
    path: str = ""
    size: int = 0
    data: bytes | None = None
    listed: bool = False

    def read(self) -> bytes:
        """Give the bytes.

        Raises:
            ManifestError: the file cannot be read, or is larger than we read.
        """
        if self.data is not None:
            return self.data
        try:
            with open(self.path, "rb") as stream:  # noqa: PTH123  # a path object a file is dear where there are many
                return read_bounded(stream, self.name)
        except OSError as error:
            raise ManifestError(_reason(error, listed=self.listed), file=self.name) from error


def named(argument: str) -> Source:
    """Give the source that an argument names, which is no folder."""
    return Source(shown(argument), argument, size_of(argument))


def standard_input() -> Source | Problem:
    """Read standard input to its end."""
    if sys.stdin is None:
        return Problem("is closed; pipe manifests into it, or name files", _STDIN_NAME)
    try:
        data = read_bounded(sys.stdin.buffer, _STDIN_NAME)
    except ManifestError as error:
        return Problem.of(error)
    except OSError as error:
        return Problem(_reason(error, listed=False), _STDIN_NAME)
    return Source(_STDIN_NAME, size=len(data), data=data)


def read_bounded(stream: BinaryIO, name: str) -> bytes:
    """Read a stream to its end, which may never come: a device, a pipe.

    Raises:
        ManifestError: there is more than we read.
    """
    data = stream.read(_FIRST_BYTES)
    if len(data) == _FIRST_BYTES:
        data += stream.read(MAX_BYTES - _FIRST_BYTES + 1)
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise ManifestError(
            f"is larger than {limit} MiB, the most that is read; split it into several files", file=name
        )
    return data


def size_of(path: str) -> int:
    """Give the size of a file; 0 where there is none, which reading it will tell."""
    try:
        return os.stat(path).st_size  # noqa: PTH116  # as above
    except OSError:
        return 0


def shown(path: str) -> str:
    r"""Give a path as text that is UTF-8, whatever bytes the name has: `\xff` for those that are none."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _reason(error: OSError, *, listed: bool) -> str:
    if isinstance(error, FileNotFoundError):
        return _VANISHED if listed else _GONE
    return f"cannot be read: {error.strerror or error}"
