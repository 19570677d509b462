"""One value of a manifest that does not have the JSON type that Kubernetes demands in its place."""

from dataclasses import dataclass, replace
from typing import Any, Self

from webhook.core.field_path import FieldPath, Part

# The words of JSON for the types that a parser gives; a whole number and a fraction are both "a number" there.
_WORDS: dict[type, str] = {
    dict: "an object",
    list: "a list",
    str: "text",
    int: "a number",
    float: "a number",
    type(None): "null",
}


_ROOT = FieldPath()


@dataclass(frozen=True, slots=True)
class Misfit:
    """What stands where something else must; `expected` and `got` say it in words.

    Text of the user is not repeated, it may be a secret; but for a quantity. `hint`, where it is not empty, says how to
    mend the usual slip. `place` is where, seen from the root.
    """

    expected: str
    got: str
    hint: str = ""
    place: FieldPath = _ROOT

    @classmethod
    def of(cls, expected: str, value: Any, hint: str = "") -> Self:
        """Say that this value is of another type than the expected one; any JSON may come in."""
        if isinstance(value, bool):
            return cls(expected, str(value).lower(), hint)
        words = (word for kind, word in _WORDS.items() if isinstance(value, kind))
        return cls(expected, next(words, type(value).__name__), hint)

    def inside(self, part: Part) -> Self:
        """Give the same misfit seen from one step further up."""
        return replace(self, place=FieldPath((part, *self.place.parts)))

    @property
    def path(self) -> str:
        """Where it stands, as Kubernetes spells it; empty for the manifest itself."""
        return str(self.place)

    @property
    def pointer(self) -> str:
        """Where it stands, as a JSON pointer."""
        return self.place.pointer

    @property
    def message(self) -> str:
        """One sentence: what it must be, what it is and, where a slip is likely, what to do."""
        text = f"must be {self.expected}, is {self.got}"
        return f"{text}; {self.hint}" if self.hint else text
