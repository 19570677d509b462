"""Every source that the arguments name, folders opened, in an order that never changes."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from webhook.cli.problem import Problem
from webhook.cli.source import STANDARD_INPUT, Source, named, shown, standard_input

_SUFFIXES = frozenset({".yaml", ".yml", ".json"})


def list_sources(arguments: Iterable[str]) -> list[Source | Problem]:
    """Give what the arguments name, in their order, folders by the order of names; a problem in place of what is not there.

    Hidden names in a folder are left out, as in a folder of policies, and links to folders are not followed.
    """
    found: list[Source | Problem] = []
    for argument in arguments:
        if argument == STANDARD_INPUT:
            found.append(standard_input())
        elif os.path.isdir(argument):  # noqa: PTH112  # unlike Path.is_dir it never raises
            listed = list(_inside(str(Path(argument))))
            found += listed or [Problem("holds no *.yaml, *.yml or *.json file", shown(argument))]
        else:
            found.append(named(argument))
    return found


def _inside(folder: str) -> Iterator[Source | Problem]:
    """List a folder and those inside it; without recursion, for nobody knows how deep they go."""
    todo = _entries(folder)
    while todo:
        at = todo.pop()
        if isinstance(at, Problem):
            yield at
        elif at.is_dir(follow_symlinks=False):
            todo += _entries(at.path)
        else:
            path = at.path.removeprefix("./")
            yield Source(shown(path), path, _size(at), listed=True)


def _entries(folder: str) -> "list[os.DirEntry[str] | Problem]":
    """Give what counts in a folder, the last name first; the problem where it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            return [*sorted(filter(_counts, entries), key=lambda entry: entry.name, reverse=True)]
    except OSError as error:
        return [Problem(f"cannot be read: {error.strerror or error}", shown(folder))]


def _counts(entry: os.DirEntry[str]) -> bool:
    """Tell a folder to look into and a manifest by their names; pipes and sockets are left out, broken links are told."""
    if entry.name.startswith("."):
        return False
    if entry.is_dir(follow_symlinks=False):
        return True
    if os.path.splitext(entry.name)[1] not in _SUFFIXES:  # noqa: PTH122  # a path object a file is dear
        return False
    try:
        return entry.is_file() or (entry.is_symlink() and not entry.is_dir())
    except OSError:
        return True


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0
