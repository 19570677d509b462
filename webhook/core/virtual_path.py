"""The files that a volume of keys shows, and those of them that get in each other's way.

ConfigMap, Secret, downward API and projected volumes put every item at a path. Of two items with one path the later
wins; an item below the path of another cannot be written at all.
"""

from collections.abc import Iterator
from typing import NamedTuple

from webhook.core.pod import Raw

_KEYED = ("configMap", "secret", "downwardAPI")
_SINGLE = ("serviceAccountToken", "clusterTrustBundle")
KINDS_WITH_FILES = frozenset({*_KEYED, "projected"})


class Overlap(NamedTuple):
    """A file that gets in the way of an earlier one; `where` is its place, relative to the volume."""

    where: str
    path: str
    earlier: str


class _File(NamedTuple):
    """A file; `source` and `item` are the indices of what it comes from, None where there is no list."""

    source: int | None
    kind: str
    item: int | None
    path: str

    @property
    def where(self) -> str:
        source = "" if self.source is None else f"projected.sources[{self.source}]."
        item = "" if self.item is None else f".items[{self.item}]"
        return f"{source}{self.kind}{item}.path"


def overlaps(volume: Raw) -> Iterator[Overlap]:
    """Find the files of a volume that hide another, or stand below one."""
    files = [file for file in _files(volume) if file.path]
    paths = {file.path for file in files}
    if len(paths) == len(files) and not any("/" in path for path in paths):
        return
    seen: list[str] = []
    for file in files:
        trimmed = file.path.rstrip("/")
        earlier = next((one for one in seen if _in_the_way(one, trimmed)), None)
        if earlier is not None:
            yield Overlap(file.where, trimmed, earlier)
        if trimmed:
            seen.append(trimmed)


def _in_the_way(one: str, other: str) -> bool:
    return bool(other) and (one == other or one.startswith(other + "/") or other.startswith(one + "/"))


def _files(volume: Raw) -> list[_File]:
    files: list[_File] = []
    for kind, body in volume.items():
        if kind in _KEYED and body:
            files += _keyed_files(None, kind, body)
    projected = volume.get("projected")
    if projected:
        for k, source in enumerate(projected.get("sources") or ()):
            files += _projected_files(k, source or {})
    return files


def _projected_files(number: int, source: Raw) -> Iterator[_File]:
    for kind, body in source.items():
        if kind in _SINGLE and body:
            yield _File(number, kind, None, body.get("path") or "")
        elif kind in _KEYED and body:
            yield from _keyed_files(number, kind, body)


def _keyed_files(number: int | None, kind: str, body: Raw) -> list[_File]:
    return [_File(number, kind, j, (item or {}).get("path") or "") for j, item in enumerate(body.get("items") or ())]
