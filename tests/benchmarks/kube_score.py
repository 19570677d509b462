"""kube-score, a checker of manifests written in Go, to compare our speed with: found, or built once into the cache."""

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.cluster.cache import cache_folder, kept
from tests.cluster.go import find_go
from tests.cluster.progress import Progress

VERSION = "1.20.0"
_NAME = f"kube-score-{VERSION}"


def find_or_build() -> Path:
    """Give the program: the one on the `PATH`, whatever its version, else one of `VERSION` built in a minute or two.

    Raises:
        LeftOutError: it is not there and cannot be built.
    """
    if found := shutil.which("kube-score"):
        return Path(found)
    progress = Progress()
    return kept(_NAME, stamp=_NAME, fill=partial(_build, progress=progress), progress=progress) / "kube-score"


def _build(folder: Path, *, progress: Progress) -> None:
    go = find_go(progress)
    ours = replace(go, environment={**go.environment, "GOBIN": str(folder)})
    wanted = f"github.com/zegl/kube-score/cmd/kube-score@v{VERSION}"
    log = cache_folder() / f"{_NAME}.log"
    ours.run("kube-score", "install", "-v", wanted, folder=folder, log=log, progress=progress)
