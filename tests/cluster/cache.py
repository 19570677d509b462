"""The folder outside the tree where things made once are kept, whole or not at all."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cluster.left_out import LeftOutError
from tests.cluster.progress import Progress

# Lies in a finished folder and says what it was made as.
STAMP = ".complete"


def cache_folder() -> Path:
    """Give the cache: `PROLOGUE_CACHE`, else `prologue` in `XDG_CACHE_HOME`, else `~/.cache/prologue`."""
    if own := os.environ.get("PROLOGUE_CACHE"):
        return Path(own).expanduser().absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").absolute() / "prologue"


def finished(name: str, stamp: str) -> Path | None:
    """Give the folder `name` of the cache if it was finished as `stamp` says, None otherwise."""
    folder = cache_folder() / name
    try:
        whole = (folder / STAMP).read_text() == stamp
    except OSError:
        return None
    return folder if whole else None


def kept(name: str, *, stamp: str, fill: Callable[[Path], None], progress: Progress) -> Path:
    """Give the folder `name` of the cache, having `fill` make it where it is missing or stamped otherwise.

    `fill` writes into a draft that gets its name when it is finished, so nobody ever sees half of it. Of several
    processes one fills while the others wait, and those that waited share its failure instead of trying again.

    Raises:
        LeftOutError: `fill` could not make it, or the cache cannot be written.
    """
    if folder := finished(name, stamp):
        return folder
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
        with _turn(cache_folder() / f"{name}.lock", progress) as turn:
            return finished(name, stamp) or turn.take(lambda: _publish(name, stamp, fill))
    except OSError as error:
        raise LeftOutError(f"{cache_folder()} cannot be used: {error}") from error


def _publish(name: str, stamp: str, fill: Callable[[Path], None]) -> Path:
    folder = cache_folder() / name
    for stale in cache_folder().glob(f".{name}-*"):  # drafts of runs that were killed: we hold the lock
        shutil.rmtree(stale, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=cache_folder()))
    try:
        fill(draft)
        (draft / STAMP).write_text(stamp)
        shutil.rmtree(folder, ignore_errors=True)
        return draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Turn:
    """The right to write; the lock file holds why the last one who had it failed."""

    lock: int
    waited: bool

    def take(self, act: Callable[[], Path]) -> Path:
        if self.waited and (reason := os.pread(self.lock, 4096, 0).decode(errors="replace")):
            raise LeftOutError(reason)
        try:
            made = act()
        except LeftOutError as error:
            self._note(str(error))
            raise
        self._note("")
        return made

    def _note(self, reason: str) -> None:
        os.ftruncate(self.lock, 0)
        os.pwrite(self.lock, reason.encode()[:4096], 0)


@contextmanager
def _turn(path: Path, progress: Progress) -> Iterator[_Turn]:
    """Hold the lock at `path`; the operating system drops it when its holder dies, however it dies."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _Turn(lock, waited=_locked_after_waiting(lock, path, progress))
    finally:
        os.close(lock)


def _locked_after_waiting(lock: int, path: Path, progress: Progress) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        progress.say(f"another process holds {path.name}: waiting for what it makes")
        fcntl.flock(lock, fcntl.LOCK_EX)
        return True
    return False
