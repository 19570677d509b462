"""Anchors and aliases: what an alias stands for, and how much a document may grow by them."""

from dataclasses import dataclass, field
from typing import Any

from webhook.manifest.bounds import MAX_DEPTH
from webhook.manifest.scalar import Scalar

# go-yaml's own bounds against documents that explode: which share of the decoded nodes may come from aliases. Small
# documents may be nearly all aliases, large ones hardly; in between the share falls evenly.
_FREE_ALIASED, _FREE_DECODED = 100, 1_000
_SMALL, _LARGE = 400_000, 4_000_000
_SHARE_SMALL, _SHARE_LARGE = 0.99, 0.10


@dataclass(slots=True)
class Anchor:
    """A node with a name; `size` is how many nodes a decoder meets in it, 0 while a collection is still open.

    `kinds` tells of a mapping which of its keys are no text, and what they are instead.
    """

    value: Any = None  # raw JSON of a collection
    scalar: Scalar | None = None
    size: int = 0
    kinds: dict[str, type] = field(default_factory=dict)


class Expansion:
    """Counts decoded nodes as go-yaml does; keeps state while one document is read."""

    __slots__ = ("aliased", "decoded")

    def __init__(self) -> None:
        self.decoded = 1  # the document itself
        self.aliased = 0

    def expand(self, size: int) -> bool:
        """Count one alias to a node of this size; False where the document then consists of too many aliases."""
        self.decoded += size + 1
        self.aliased += size
        return (
            self.aliased <= _FREE_ALIASED
            or self.decoded <= _FREE_DECODED
            or self.aliased / self.decoded <= _allowed_share(self.decoded)
        )


def _allowed_share(decoded: int) -> float:
    fall = min(max((decoded - _SMALL) / (_LARGE - _SMALL), 0), 1)
    return _SHARE_SMALL - (_SHARE_SMALL - _SHARE_LARGE) * fall


def copy_value(value: Any, depth: int) -> Any:
    """Copy raw JSON, for an alias is a value of its own; raises RecursionError where the copy would stand too deep."""
    if isinstance(value, dict):
        _refuse_depth(depth)
        return {key: copy_value(child, depth + 1) for key, child in value.items()}
    if isinstance(value, list):
        _refuse_depth(depth)
        return [copy_value(child, depth + 1) for child in value]
    return value


def _refuse_depth(depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise RecursionError
