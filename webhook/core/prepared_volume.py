"""A volume that an init container fills and the app containers read.

Either an emptyDir of our own, with a size limit, or a volume that the Pod has anyway.
"""
# ruff: noqa: N815 - the fields are named as people write them in `with`, in Kubernetes' spelling

import re
from dataclasses import dataclass
from typing import Self

from webhook.core.errors import OptionsError
from webhook.core.names import is_dns_label
from webhook.core.pod import Raw
from webhook.core.recipe import Addition
from webhook.core.script_container import ContainerOptions, check_quantity

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_OCTAL_MODE = re.compile(r"0?[0-7]{3}")
# Limits of Linux: one name, one path.
_LONGEST_NAME = 255
_LONGEST_PATH = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeOptions(ContainerOptions):
    """What a recipe that prepares a volume lets people say of it.

    `mountPath` is where our container and every app container see the volume. It is an emptyDir of at most `sizeLimit`
    called `volumeName` (default: the container's name with `-data`), which the app containers can only read unless
    `readOnly` is false. With `existingVolume` a volume of the Pod is filled instead: then nothing is added to the app
    containers, which mount it where they like.
    """

    mountPath: str
    volumeName: str = ""
    existingVolume: str = ""
    sizeLimit: str = "1Gi"
    readOnly: bool = True


@dataclass(frozen=True, slots=True)
class PreparedVolume:
    """The volume and the mounts of it, checked."""

    name: str
    options: VolumeOptions

    @classmethod
    def of(cls, container: str, options: VolumeOptions) -> Self:
        """Choose the volume for a container of this name.

        Raises:
            OptionsError: a name, path or size cannot be, or two of them contradict each other.
        """
        check_mount_path(options.mountPath)
        check_quantity(options.sizeLimit, field="sizeLimit")
        if options.volumeName and options.existingVolume:
            raise OptionsError("say volumeName for a new volume or existingVolume, not both", field="existingVolume")
        name = options.existingVolume or options.volumeName or f"{container}-data"
        if not is_dns_label(name):
            field = "existingVolume" if options.existingVolume else "volumeName"
            raise OptionsError(
                f"{name!r} is no volume name: at most 63 small letters, digits and dashes, no dash at either end",
                field=field,
            )
        return cls(name, options)

    @property
    def mount(self) -> Raw:
        """The mount of the container that fills it."""
        return {"name": self.name, "mountPath": self.options.mountPath}

    def addition(self, container: Raw) -> Addition:
        """Give the container together with the volume and the mounts that belong to it."""
        if self.options.existingVolume:
            return Addition(containers=(container,))
        volume = {"name": self.name, "emptyDir": {"sizeLimit": self.options.sizeLimit}}
        mount = {**self.mount, **({"readOnly": True} if self.options.readOnly else {})}
        return Addition(containers=(container,), volumes=(volume,), app_volume_mounts=(mount,))


def check_mount_path(path: str) -> None:
    """Refuse what cannot be the place of a mount.

    Raises:
        OptionsError: names `mountPath`.
    """
    parts = path.split("/")
    if _CONTROL.search(path) or ":" in path or len(path) > _LONGEST_PATH:
        raise OptionsError("mountPath holds no colon and no control characters", field="mountPath")
    if parts[0] or not path.strip("/") or ".." in parts:
        raise OptionsError("mountPath is an absolute path below / without `..`, like /data", field="mountPath")


def check_relative_path(path: str, *, field: str = "path") -> None:
    """Refuse what does not name a file or folder inside the volume.

    Raises:
        OptionsError: names `field`.
    """
    parts = path.split("/")
    if _CONTROL.search(path) or len(path) > _LONGEST_PATH or any(len(part.encode()) > _LONGEST_NAME for part in parts):
        raise OptionsError(
            f"a path has no control characters, at most {_LONGEST_PATH} characters and {_LONGEST_NAME} bytes a part",
            field=field,
        )
    if not {"", ".", ".."}.isdisjoint(parts):
        raise OptionsError("the path is relative to mountPath, without `.`, `..` and empty parts", field=field)


def octal_mode(mode: str | int, *, field: str = "mode") -> str:
    """Give permissions as four octal digits; a number is what YAML makes of 0644, as in Kubernetes' defaultMode.

    Raises:
        OptionsError: it is no mode from 0000 to 0777; names `field`.
    """
    text = f"{mode:04o}" if isinstance(mode, int) and mode >= 0 else str(mode)
    if not (_OCTAL_MODE.fullmatch(text)):
        raise OptionsError('mode is three octal digits for user, group and others, like "0644"', field=field)
    return text.rjust(4, "0")
