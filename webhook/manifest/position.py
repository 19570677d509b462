"""Where something stands in a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from webhook.core.field_path import FieldPath, Part

_Place = TypeVar("_Place")

# A container is known by its identity: the marks live as long as the values that they speak of.
Marks = dict[tuple[int, str | int], "Position"]


@dataclass(frozen=True, slots=True)
class Position:
    """A line and a column of a file, both counted from 1; columns count characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """What Kubernetes reads without a word although the writer may mean something else: a duplicate key, lost text."""

    message: str
    position: Position


@dataclass(frozen=True, slots=True)
class MarkedValue:
    """A value of its own, read only to know places: `marks` tells where each field and each list element stands."""

    value: Any  # raw JSON, as everywhere
    start: Position
    marks: Marks

    def find(self, path: FieldPath) -> Position:
        """Give the place of a field's key or of a list element; of the nearest parent where there is no such field."""
        return nearest(self.value, path, self.marks, self.start)


def nearest(value: Any, path: FieldPath, places: Mapping[tuple[int, str | int], _Place], start: _Place) -> _Place:
    """Follow a path into a value as far as it leads; gives the place of what it led to, `start` for the value itself."""
    at, found = value, start
    for part in path.parts:
        key = _step(at, part)
        place = None if key is None else places.get((id(at), key))
        if key is None or place is None:
            break
        at, found = at[key], place
    return found


def _step(container: Any, part: Part) -> str | int | None:
    """Give the key or index by which to go on, None where the container has no such child."""
    if isinstance(container, dict):
        key = str(part)
        return key if key in container else None
    if isinstance(container, list) and str(part).isdecimal() and int(part) < len(container):
        return int(part)
    return None
