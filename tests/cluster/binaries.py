"""kube-apiserver, etcd and kubectl: found on the machine, or built once."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.cluster import module
from tests.cluster.cache import cache_folder, finished, kept
from tests.cluster.go import find_go
from tests.cluster.progress import Progress

KUBERNETES = "1.36.3"
ETCD = "3.6.8"

# How each program is asked for its version, and how it answers.
_ASKED = {
    "kube-apiserver": (("--version",), r"Kubernetes v(\S+)"),
    "etcd": (("--version",), r"etcd Version: (\S+)"),
    "kubectl": (("version", "--client"), r"Client Version: v(\S+)"),
}


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one control plane; `version` is what its kube-apiserver says of itself, such as 1.36.3."""

    kube_apiserver: Path
    etcd: Path
    kubectl: Path
    version: str


def find(kubernetes: str = KUBERNETES, *, progress: Progress) -> Binaries | None:
    """Give the programs if they are on the machine, None if they would have to be built.

    `KUBEBUILDER_ASSETS` goes first, then the `PATH`, then the cache. Any patch of the wanted minor is taken from the
    first two; a set of another minor, or one with a program missing, is passed over whole.
    """
    if assets := os.environ.get("KUBEBUILDER_ASSETS"):
        if found := _matching(lambda name: _executable(Path(assets) / name), kubernetes):
            return found
        progress.say(
            f"KUBEBUILDER_ASSETS={assets} is passed over: it lacks a program, or is no Kubernetes {kubernetes}"
        )
    if found := _matching(_on_path, kubernetes):
        return found
    folder = finished(_name(kubernetes), _stamp(kubernetes))
    return _built(folder, kubernetes) if folder else None


def find_or_build(kubernetes: str = KUBERNETES, *, progress: Progress | None = None) -> Binaries:
    """Give the programs, built into the cache if they are nowhere: five minutes on two cores, once.

    Raises:
        LeftOutError: they are not there and cannot be built.
    """
    progress = progress or Progress()
    if found := find(kubernetes, progress=progress):
        return found
    fill = partial(_build, kubernetes=kubernetes, progress=progress)
    folder = kept(_name(kubernetes), stamp=_stamp(kubernetes), fill=fill, progress=progress)
    return _built(folder, kubernetes)


def _build(folder: Path, *, kubernetes: str, progress: Progress) -> None:
    progress.say(f"building Kubernetes {kubernetes} and etcd {ETCD}, once (some minutes), into {cache_folder()}")
    go = find_go(progress)
    (folder / "bin").mkdir()
    log = cache_folder() / f"{_name(kubernetes)}.log"
    log.unlink(missing_ok=True)
    for source in (module.etcd(ETCD), module.kubernetes(kubernetes)):
        work = folder / f"{source.name}.module"
        source.build(go, into=folder / "bin", work=work, log=log, progress=progress)


def _name(kubernetes: str) -> str:
    return f"kubernetes-{kubernetes}"


def _stamp(kubernetes: str) -> str:
    return f"kubernetes {kubernetes}, etcd {ETCD}\n"


def _built(folder: Path, kubernetes: str) -> Binaries:
    place = folder / "bin"
    return Binaries(place / "kube-apiserver", place / "etcd", place / "kubectl", kubernetes)


def _matching(place_of: Callable[[str], Path | None], kubernetes: str) -> Binaries | None:
    minor = kubernetes.rpartition(".")[0]
    places = [place for name in _ASKED if (place := place_of(name))]
    if len(places) < len(_ASKED):
        return None
    server_place, etcd_place, client_place = places
    server, store, client = (_version(place) for place in places)
    same_minor = all(version.rpartition(".")[0] == minor for version in (server, client))
    return Binaries(server_place, etcd_place, client_place, server) if same_minor and store else None


def _version(program: Path) -> str:
    """Ask a program for its version; empty where it gives none that we can read."""
    arguments, answer = _ASKED[program.name]
    try:
        told = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(answer, told.stdout)
    return found[1] if found else ""


def _on_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _executable(path: Path) -> Path | None:
    return path if os.access(path, os.X_OK) else None
