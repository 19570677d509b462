"""A server program that we start, watch and end, and no other."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Self

LEASH = Path(__file__).with_name("leash.py")
# A draining API server is given this long before it is killed.
STOP_SECONDS = 10.0
# What of a log an error shows.
TAIL_LINES = 15


class Program:
    """One running program; what it says goes to a log file."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], log: Path) -> None:
        self.name = name
        self._process = process
        self._log = log

    @classmethod
    def start(cls, program: Path, flags: Sequence[str], *, log: Path) -> Self:
        """Start `program`; it dies with this process at the latest, and a Ctrl-C at the terminal does not reach it."""
        command = [sys.executable, "-IS", str(LEASH), str(os.getpid()), str(program.absolute()), *flags]
        with log.open("wb") as sink:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=log.parent,
                env={"PATH": os.environ.get("PATH", ""), "HOME": str(log.parent)},
            )
        return cls(program.name, process, log)

    @property
    def pid(self) -> int:
        """The program's own process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the program has not ended."""
        return self._process.poll() is None

    def tail(self) -> str:
        """Give the last lines of the log under a heading."""
        lines = self._log.read_text(errors="replace").splitlines()[-TAIL_LINES:]
        state = "still running" if self.running else f"exit code {self._process.returncode}"
        return "\n".join((f"--- {self.name}, {state}:", *lines))

    def stop(self) -> None:
        """End the program and wait until it is gone: it may keep its port while it drains."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
