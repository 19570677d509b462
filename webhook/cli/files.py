"""Manifests from the command line: files, folders, standard input; what cannot be read is told and the rest goes on."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from webhook.core.errors import ManifestError
from webhook.manifest.document import Document
from webhook.manifest.reader import read_documents

_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
STANDARD_INPUT = "-"


@dataclass(slots=True)
class Reading:
    """What came of the arguments: the documents in their order, and one line for each file that could not be read."""

    documents: list[Document] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    files: int = 0


def read_manifests(arguments: Iterable[str]) -> Reading:
    """Read everything that is named."""
    reading = Reading()
    for argument in arguments:
        try:
            for name, path in _expand(argument):
                reading.files += 1
                _read(name, path, reading)
        except OSError as error:
            reading.problems.append(f"{argument}: {_reason(error)}")
    return reading


def _expand(argument: str) -> Iterator[tuple[str, Path | None]]:
    if argument == STANDARD_INPUT:
        yield "<stdin>", None
        return
    path = Path(argument)
    if not path.is_dir():
        yield argument, path
        return
    found = sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES and file.is_file())
    if not found:
        raise FileNotFoundError(0, "holds no *.yaml, *.yml or *.json file")
    for file in found:
        yield str(file), file


def _read(name: str, path: Path | None, reading: Reading) -> None:
    try:
        data = sys.stdin.buffer.read() if path is None else path.read_bytes()
        reading.documents += read_documents(data, file=name)
    except ManifestError as error:
        reading.problems.append(str(error))
    except OSError as error:
        reading.problems.append(f"{name}: {_reason(error)}")


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError) and error.errno:
        return "there is no such file or folder; give manifests, folders of them, or - for standard input"
    return error.strerror or str(error)
