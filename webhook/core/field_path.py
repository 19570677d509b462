"""One place in an object, in two spellings.

Kubernetes' own (`spec.initContainers[0].resources.limits[cpu]`, apimachinery `field.Path`) and RFC 6901's JSON pointer
(`/spec/initContainers/0/resources/limits/cpu`). A path is kept as its parts: text for a field, an integer for an index,
a `Key` for an entry of a map.
"""

import re
from dataclasses import dataclass
from typing import Self

_STEP = re.compile(r"\[([^\[\]]*)\]|\.?([^.\[\]]+)")


class Key(str):
    """The key of a map entry; Kubernetes prints it in brackets."""

    __slots__ = ()


Part = str | int


def escape(part: str) -> str:
    """Give one part as RFC 6901 writes it: `~` as `~0`, `/` as `~1`."""
    return part.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True, slots=True)
class FieldPath:
    """A place in an object; immutable, `str()` is Kubernetes' spelling, `pointer` the JSON pointer."""

    parts: tuple[Part, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read Kubernetes' spelling; a bracket that holds digits is an index, any other a map key."""
        parts: list[Part] = []
        for bracket, name in _STEP.findall(text):
            if name:
                parts.append(name)
            else:
                parts.append(int(bracket) if bracket.isascii() and bracket.isdigit() else Key(bracket))
        return cls(tuple(parts))

    def child(self, *names: str) -> Self:
        """Give the path of a field below this one."""
        return type(self)((*self.parts, *names))

    def index(self, number: int) -> Self:
        """Give the path of a list element below this one."""
        return type(self)((*self.parts, number))

    def key(self, name: str) -> Self:
        """Give the path of a map entry below this one."""
        return type(self)((*self.parts, Key(name)))

    def __str__(self) -> str:
        text = ""
        for part in self.parts:
            if isinstance(part, int | Key):
                text += f"[{part}]"
            else:
                text += f".{part}" if text else part
        return text

    @property
    def pointer(self) -> str:
        """This place as an RFC 6901 JSON pointer."""
        return "".join(f"/{escape(str(part))}" for part in self.parts)
