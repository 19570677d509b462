"""A busybox for the tests of shell recipes: the shell and the tools that an init container's image has."""

import os
import shutil
import subprocess
from functools import partial
from pathlib import Path

from tests.cluster.cache import finished, kept
from tests.cluster.left_out import LeftOutError
from tests.cluster.progress import Progress

# Debian and its kin ship a busybox that needs no library.
PACKAGE = "busybox-static"
NAME = "busybox"
DOWNLOAD_SECONDS = 300.0


def find_or_fetch(progress: Progress | None = None) -> Path:
    """Give a busybox: the one that `BUSYBOX` names, the `PATH`'s, the cache's, else Debian's, unpacked into the cache.

    Raises:
        LeftOutError: there is none, and none can be had from Debian's packages here.
    """
    progress = progress or Progress()
    if (own := os.environ.get("BUSYBOX")) and os.access(own, os.X_OK):
        return Path(own).absolute()
    if found := shutil.which("busybox"):
        return Path(found)
    folder = finished(NAME, PACKAGE) or kept(
        NAME, stamp=PACKAGE, fill=partial(_fetch, progress=progress), progress=progress
    )
    return folder / NAME


def _fetch(folder: Path, *, progress: Progress) -> None:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise LeftOutError("there is no busybox on the PATH, and no apt-get to fetch one")
    progress.say(f"fetching {PACKAGE}, once")
    download = ("apt-get", "download", PACKAGE)
    if os.geteuid() == 0 and _run(*download, folder=folder):
        _run("apt-get", "update", folder=folder)  # only root may, and a fresh machine has no package lists
    if not list(folder.glob("*.deb")) and (complaint := _run(*download, folder=folder)):
        raise LeftOutError(f"there is no busybox on the PATH, and apt-get cannot download {PACKAGE} ({complaint})")
    (package,) = folder.glob("*.deb")
    if complaint := _run("dpkg-deb", "--extract", package.name, "unpacked", folder=folder):
        raise LeftOutError(f"dpkg-deb cannot unpack {PACKAGE} ({complaint})")
    found = list((folder / "unpacked").glob("**/bin/busybox"))
    if not found:
        raise LeftOutError(f"{PACKAGE} holds no busybox")
    found[0].rename(folder / NAME)


def _run(*command: str, folder: Path) -> str:
    """Run a command; give what it complained of, empty if it did its work."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=DOWNLOAD_SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"{command[0]} took longer than {DOWNLOAD_SECONDS:.0f} s"
    return (done.stderr[-300:] or "it failed") if done.returncode else ""
