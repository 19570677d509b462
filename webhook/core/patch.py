"""An explicit JSON patch (RFC 6902), written operation by operation, with a working copy kept in step.

The original is never touched: along the path of a change each dict or list is copied once, all else is shared. Only
`add` is ever used: nothing of the user's is removed or replaced. Parents that are absent or null are made by the
operation that needs them.
"""

from functools import lru_cache
from typing import Any

from webhook.core.field_path import Part, escape
from webhook.core.pod import Raw

Place = tuple[Part, ...]

# The places at which policies add something, and the numbers of containers and mounts, are few.
_REMEMBERED_PLACES = 1024


class PatchBuilder:
    """Records operations; `root` is the object as it is after them. The one place of `core` that keeps state."""

    __slots__ = ("_owned", "operations", "root")

    def __init__(self, root: Raw) -> None:
        self.root: Raw = dict(root)
        self.operations: list[Raw] = []
        self._owned = {id(self.root)}

    def add(self, place: Place, value: Any) -> None:
        """Add a value at a place: a member of an object, or an element before an index of a list.

        The first parent that is absent or null is made together with the value, in the same operation.
        """
        at: Any = self.root
        for depth, part in enumerate(place[:-1]):
            child = at.get(part) if isinstance(at, dict) else at[part]
            if child is None:
                value = _wrap(place[depth + 1 :], value)
                place = place[: depth + 1]
                break
            at = self._own(at, part, child)
        self.operations.append({"op": "add", "path": _pointer(place), "value": value})
        last = place[-1]
        if isinstance(at, list):
            at.insert(int(last), value)
        else:
            at[last] = value

    def append(self, place: Place, value: Any) -> None:
        """Add a value at the end of the list at a place."""
        self.add((*place, len(self.at(place) or ())), value)

    def at(self, place: Place) -> Any:
        """Give what the working copy holds at a place, None where there is nothing."""
        found: Any = self.root
        for part in place:
            if found is None:
                return None
            found = found.get(part) if isinstance(found, dict) else found[part]
        return found

    def _own(self, parent: Any, part: Part, child: Any) -> Any:
        """Give the child for writing: a shallow copy in its place, made once."""
        if id(child) in self._owned:
            return child
        mine = child.copy()
        self._owned.add(id(mine))
        parent[part] = mine
        return mine


def _wrap(parts: Place, value: Any) -> Any:
    """Build the parents that a value needs: a dict for a name, a list for an index."""
    for part in reversed(parts):
        value = [value] if isinstance(part, int) else {part: value}
    return value


@lru_cache(_REMEMBERED_PLACES)
def _pointer(place: Place) -> str:
    return "/" + "/".join([str(part) if isinstance(part, int) else _escaped(part) for part in place])


def _escaped(part: str) -> str:
    """Most names need no escaping, and two looks are cheaper than two replacements."""
    return escape(part) if "/" in part or "~" in part else part
