"""Fetches a file over http or https into a volume, checks it, unpacks it if asked, and only then puts it in place.

The download goes to a hidden folder of the volume; the file moves to its final name once it is complete and its
checksum is right, so a half file is never seen under that name. An archive is listed first and refused if an entry is
absolute or climbs out by `..`, then unpacked aside, refused if a link leads out, and then each of its topmost entries
moves into place and replaces what had its name. All files become readable for every user of the Pod. Run twice, the
result is the same; a file that is there already with the right checksum is not fetched again.

Give `sha256`: it is what makes the file the one that you mean. Without it whoever answers for the host decides what
your Pod runs on, and a download that breaks off may pass for complete. For https it is required as long as the image
is busybox, whose wget checks no certificates and speaks an old TLS that strict servers refuse. An image that brings
curl does better, and curl is used where it is there.

Where it fails, the last message names the address without user, password and query. Still, a policy and a Pod are no
place for secrets: whoever can read them can read the url.

Options:
    url: what to fetch.
    sha256: the checksum of the download, 64 hexadecimal digits.
    unpack: none (default), zip, tar (also .tar.gz, .tar.bz2, .tar.xz, told by content) or auto (zip or tar).
    path: the file's name inside the volume, default the last part of the url; of an archive the folder to unpack into,
        default the volume itself.
    mode: permissions of the file, default "0644"; not for archives.
    timeout: for all tries together, default 300s.
    retries: how often to try again, with growing rests, default 4.
    mountPath, volumeName, existingVolume, sizeLimit (default 1Gi), readOnly (default true): the volume.
    image: default busybox:1.36.
    resources: requests and limits in place of 50m to 500m of cpu and 32Mi to 64Mi of memory.

Sample:

    recipe: fetch-file
    with:
      url: https://example.com/dataset.zip
      sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      unpack: zip
      mountPath: /app-data
      sizeLimit: 2Gi
"""

import re
from dataclasses import dataclass
from typing import Literal

from webhook.core.address import Address
from webhook.core.duration import parse_duration
from webhook.core.errors import OptionsError
from webhook.core.pod import Raw
from webhook.core.prepared_volume import PreparedVolume, VolumeOptions, check_relative_path, octal_mode
from webhook.core.recipe import Addition, Recipe
from webhook.core.registry import text_beside
from webhook.core.script_container import literal, script_container

_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_MOST_RETRIES = 100
# Unpacking and TLS want more than waiting does.
_RESOURCES = {
    "requests": {"cpu": "50m", "memory": "32Mi"},
    "limits": {"cpu": "500m", "memory": "64Mi"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(VolumeOptions):
    """What to fetch, how to know it, and where to put it; `timeout` as Go writes durations, `mode` octal."""

    url: str
    sha256: str = ""
    unpack: Literal["none", "zip", "tar", "auto"] = "none"
    path: str = ""
    mode: str | int = "0644"
    timeout: str = "300s"
    retries: int = 4


def make(name: str, options: Options) -> Addition:
    """Give the container that fetches, its volume and the mounts.

    Raises:
        OptionsError: an option cannot be, or https would go unchecked.
    """
    volume = PreparedVolume.of(name, options)
    container = script_container(
        name,
        text_beside(__name__, "fetch_file.sh"),
        options,
        env=_env(options),
        mounts=(volume.mount,),
        defaults=_RESOURCES,
    )
    return volume.addition(container)


def _env(options: Options) -> list[Raw]:
    address = Address.parse(options.url, schemes=("http", "https"), field="url")
    _check_sha256(address, options)
    if not 0 <= options.retries <= _MOST_RETRIES:
        raise OptionsError(f"retries is a number from 0 to {_MOST_RETRIES}", field="retries")
    return [
        literal("PROLOGUE_URL", f"{address.scheme}{options.url[len(address.scheme) :]}"),
        literal("PROLOGUE_URL_SHOWN", address.shown),
        literal("PROLOGUE_SHA256", options.sha256.lower()),
        literal("PROLOGUE_UNPACK", options.unpack),
        literal("PROLOGUE_DIR", options.mountPath),
        literal("PROLOGUE_PATH", _path(address, options)),
        literal("PROLOGUE_MODE", octal_mode(options.mode)),
        literal("PROLOGUE_TIMEOUT_MS", parse_duration(options.timeout, field="timeout")),
        literal("PROLOGUE_RETRIES", options.retries),
        # Keeps Pods apart that share a volume.
        {"name": "PROLOGUE_POD_UID", "valueFrom": {"fieldRef": {"fieldPath": "metadata.uid"}}},
    ]


def _path(address: Address, options: Options) -> str:
    if options.path:
        check_relative_path(options.path)
        return options.path
    if options.unpack != "none":
        return ""
    name = address.path.rsplit("/", 1)[-1]
    if name in ("", ".", "..") or "%" in name:
        raise OptionsError("the url ends with no plain file name; say path", field="path")
    check_relative_path(name)
    return name


def _check_sha256(address: Address, options: Options) -> None:
    if options.sha256 and not _SHA256.fullmatch(options.sha256):
        raise OptionsError("sha256 is 64 hexadecimal digits, as sha256sum prints them", field="sha256")
    # registry.example/tools/busybox:1.36@sha256:… is busybox as well
    image = options.image.rsplit("/", 1)[-1]
    if address.scheme == "https" and not options.sha256 and re.split("[:@]", image)[0] == "busybox":
        raise OptionsError(
            "busybox checks no certificates, so https needs sha256; or name an image that brings curl", field="sha256"
        )


RECIPE = Recipe(
    name="fetch-file",
    title="Fetch a file or an archive into a volume",
    options=Options,
    make=make,
    sample={
        "url": "https://example.com/dataset.zip",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "unpack": "zip",
        "mountPath": "/app-data",
        "sizeLimit": "2Gi",
    },
    text=__doc__,
)
