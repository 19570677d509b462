"""Manifests from the command line: files, folders, standard input; what cannot be read is told and the rest goes on."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from webhook.core.errors import ManifestError
from webhook.manifest.document import Document, expand_list
from webhook.manifest.reader import read_documents

_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
STANDARD_INPUT = "-"
# What a document read from standard input is called.
_STDIN_NAME = "<stdin>"


@dataclass(slots=True)
class Reading:
    """What came of the arguments: the documents in their order, and one line for each fault of reading."""

    documents: list[Document] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def items(self) -> list[Document]:
        """The documents with every list replaced by its items."""
        return [item for document in self.documents for item in expand_list(document)]

    @property
    def warnings(self) -> list[str]:
        """What Kubernetes would read without a word although the writer may mean something else."""
        return [
            f"{document.file}:{warning.position.line}:{warning.position.column}: {warning.message}"
            for document in self.documents
            for warning in document.warnings
        ]


def read_manifests(arguments: Iterable[str]) -> Reading:
    """Read everything that is named."""
    reading = Reading()
    for argument in arguments:
        try:
            for name, path in _expand(argument):
                _read(name, path, reading)
        except OSError as error:
            reading.problems.append(f"{argument}: {_reason(error)}")
    return reading


def no_object(document: Document) -> str:
    """Say of a document that holds no object what it should hold."""
    where = document.position()
    return f"{document.file}:{where.line}:{where.column}: a manifest is an object with apiVersion and kind, this is not"


def _expand(argument: str) -> Iterator[tuple[str, Path | None]]:
    if argument == STANDARD_INPUT:
        yield _STDIN_NAME, None
        return
    path = Path(argument)
    if not path.is_dir():
        yield argument, path
        return
    found = sorted(file for file in path.rglob("*") if _is_manifest(file, below=path))
    if not found:
        raise FileNotFoundError(0, "holds no *.yaml, *.yml or *.json file")
    for file in found:
        yield str(file), file


def _is_manifest(file: Path, *, below: Path) -> bool:
    """Tell a manifest by its name; hidden names are left out, as in a folder of policies."""
    hidden = any(part.startswith(".") for part in file.relative_to(below).parts)
    return file.suffix in _SUFFIXES and not hidden and not file.is_dir()


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
    return f"cannot be read: {error.strerror}" if error.errno else str(error.strerror)
