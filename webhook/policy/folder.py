"""Policy files on disk: which there are, what they hold, and one fingerprint to notice a change by."""

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path

from webhook.core.errors import ManifestError, PolicyError
from webhook.manifest.document import Document
from webhook.manifest.reader import read_documents
from webhook.policy.compiler import compile_policy
from webhook.policy.policy import Policy

_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
# A ConfigMap holds 1 MiB at most; a policy file of more is no policy file.
MAX_FILE_BYTES = 4 * 1024 * 1024

Contents = dict[Path, bytes]


def read_files(paths: Iterable[Path]) -> Contents:
    """Read the policy files: each file that is named, and each *.yaml, *.yml and *.json of each folder, by name.

    Hidden names are left out, so that a mounted ConfigMap's `..data` does not count twice.

    Raises:
        PolicyError: a path is not there, cannot be read, or is too large.
    """
    contents: Contents = {}
    problems: list[str] = []
    for path in paths:
        try:
            for file in _files(path):
                contents[file] = _read(file)
        except OSError as error:
            problems.append(f"{path}: {error.strerror or error}; give a policy file or a folder of them")
        except ValueError as error:
            problems.append(str(error))
    if problems:
        raise PolicyError(problems)
    return contents


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    names = (entry for entry in path.iterdir() if not entry.name.startswith("."))
    return sorted(entry for entry in names if entry.suffix in _SUFFIXES and entry.is_file())


def _read(file: Path) -> bytes:
    with file.open("rb") as stream:
        data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise ValueError(f"{file}: larger than {MAX_FILE_BYTES} bytes, too large for a policy")
    return data


def fingerprint(contents: Contents) -> str:
    """Give a text that changes when a name or a byte does."""
    digest = hashlib.sha256()
    for file, data in contents.items():
        digest.update(f"{file}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def compile_contents(contents: Contents, *, minor: int | None = None, asked: Collection[str] = ()) -> Policy:
    """Make the policy of files that were read.

    Raises:
        PolicyError: some file is no YAML or JSON, or no right policy; it lists all that was found.
    """
    documents: list[Document] = []
    problems: list[str] = []
    for file, data in contents.items():
        try:
            documents += read_documents(data, file=str(file))
        except ManifestError as error:
            problems.append(str(error))
    try:
        policy = compile_policy(documents, minor=minor, asked=asked)
    except PolicyError as error:
        raise PolicyError([*problems, *error.problems]) from error
    if problems:
        raise PolicyError(problems)
    return policy


def load_policy(paths: Iterable[Path], *, minor: int | None = None, asked: Collection[str] = ()) -> Policy:
    """Read and compile in one step; no paths give the rules at their defaults and no injections."""
    return compile_contents(read_files(paths), minor=minor, asked=asked)
