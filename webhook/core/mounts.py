"""Which of a container's mounts a path belongs to, and whether it can be written there."""

import posixpath
from dataclasses import dataclass

from webhook.core.pod import Container, Pod, Raw

# The kubelet mounts these read-only whatever the mount says (kubernetes `pkg/volume`, since 1.10; images by KEP-4639).
_ALWAYS_READ_ONLY = ("configMap", "secret", "downwardAPI", "projected", "image")
_MAY_BE_READ_ONLY = ("persistentVolumeClaim",)


@dataclass(frozen=True, slots=True)
class Mount:
    """One mount of a container: its clean path, the name of its volume, and why it cannot be written to, if so."""

    path: str
    volume: str
    read_only: str = ""


def mounts_of(pod: Pod, container: Container) -> list[Mount]:
    """Give the mounts of a container, the deepest first, so that the first that a path stands below is its own."""
    raws = pod.volume_mounts(container)
    if not raws:
        return []
    volumes = {volume.get("name") or "": volume for volume in pod.volumes()}
    found = [_mount(raw, volumes.get(raw.get("name") or "") or {}) for raw in raws if raw.get("mountPath")]
    return sorted(found, key=lambda mount: len(mount.path), reverse=True)


def mount_of(path: str, mounts: list[Mount]) -> Mount | None:
    """Give the mount that a clean path belongs to, of mounts with the deepest first."""
    return next((mount for mount in mounts if is_below(path, mount.path)), None)


def clean_path(path: str) -> str:
    """Give an absolute path without `//`, `.`, `..` and a slash at the end; the root is empty."""
    return posixpath.normpath("/" + path).rstrip("/").replace("//", "/")


def is_below(path: str, folder: str) -> bool:
    """Say whether a clean path is a folder or stands in it."""
    return path == folder or path.startswith(folder + "/")


def _mount(raw: Raw, volume: Raw) -> Mount:
    name = raw.get("name") or ""
    return Mount(clean_path(raw["mountPath"]), name, _why_read_only(raw, volume))


def _why_read_only(raw: Raw, volume: Raw) -> str:
    if raw.get("readOnly"):
        return "readOnly: true"
    for kind in _ALWAYS_READ_ONLY:
        if volume.get(kind) is not None:
            return f"a {kind} volume"
    return next(
        (f"{kind}.readOnly: true" for kind in _MAY_BE_READ_ONLY if (volume.get(kind) or {}).get("readOnly")), ""
    )
