"""Where everything stands in a text that `block` has read: noted while it reads, worked out when somebody asks."""

from dataclasses import dataclass, field
from typing import Any

from webhook.core.field_path import FieldPath
from webhook.manifest.position import Position, nearest

# Flat, for a tuple each would keep the garbage collector busy: a collection, a key or an index in it, and the offset into
# the text where that stands; then the next three.
Steps = list[Any]


@dataclass(frozen=True, slots=True, eq=False)
class TracedValue:
    """A value that begins at the offset `start` of a text, whose first line has the number `first_line` in its file.

    A collection is known by its identity, and `steps` keeps each alive. What is put into the value later has no place.
    """

    value: Any  # raw JSON
    text: str
    first_line: int
    start: int
    steps: Steps
    # Filled once, when somebody asks for a place.
    _offsets: dict[tuple[int, str | int], int] = field(default_factory=dict, repr=False)

    def find(self, path: FieldPath) -> Position:
        """Give the place of a field's key or of a list element; of the nearest parent where there is no such field."""
        if not self._offsets:
            holders = map(id, self.steps[::3])
            keys = zip(holders, self.steps[1::3], strict=True)
            self._offsets.update(zip(keys, self.steps[2::3], strict=True))
        offset = nearest(self.value, path, self._offsets, self.start)
        line = self.first_line + self.text.count("\n", 0, offset)
        return Position(line, offset - self.text.rfind("\n", 0, offset))
