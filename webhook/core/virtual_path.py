"""The files that a volume of keys shows, and those of them that get in each other's way.

ConfigMap, Secret, downward API and projected volumes put every item at a path. Of two items with one path the later
wins; an item below the path of another cannot be written at all.
"""

from collections.abc import Iterator
from typing import NamedTuple

from webhook.core.pod import Raw

_KEYED = ("configMap", "secret", "downwardAPI")
KINDS_WITH_FILES = frozenset({*_KEYED, "projected"})
_SINGLE = ("serviceAccountToken", "clusterTrustBundle")


class Overlap(NamedTuple):
    """A file that gets in the way of an earlier one; `where` is its place, relative to the volume."""

    where: str
    path: str
    earlier: str


def overlaps(volume: Raw) -> Iterator[Overlap]:
    """Find the files of a volume that hide another, or stand below one."""
    files = list(_files(volume))
    seen: list[str] = []
    for where, path in files if len(files) > 1 else ():
        trimmed = path.rstrip("/")
        if not trimmed:
            continue
        earlier = next((one for one in seen if _in_the_way(one, trimmed)), None)
        if earlier is not None:
            yield Overlap(where, trimmed, earlier)
        seen.append(trimmed)


def _in_the_way(one: str, other: str) -> bool:
    return one == other or one.startswith(other + "/") or other.startswith(one + "/")


def _files(volume: Raw) -> Iterator[tuple[str, str]]:
    yield from _keyed_files(volume, "")
    if not volume.get("projected"):
        return
    for k, source in enumerate(volume["projected"].get("sources") or ()):
        where = f"projected.sources[{k}]."
        yield from _keyed_files(source or {}, where)
        for kind in _SINGLE:
            single = (source or {}).get(kind)
            if single is not None:
                yield f"{where}{kind}.path", single.get("path") or ""


def _keyed_files(source: Raw, where: str) -> Iterator[tuple[str, str]]:
    for kind in _KEYED:
        if not source.get(kind):
            continue
        for j, item in enumerate(source[kind].get("items") or ()):
            yield f"{where}{kind}.items[{j}].path", (item or {}).get("path") or ""
