"""How far we are, on a terminal, when it takes longer than people like to wait in the dark."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

_AFTER_SECONDS = 1.0
_EVERY_SECONDS = 0.2
_ERASE = "\r\033[K"


class Progress:
    """One line on standard error, drawn again as the work goes on, and erased at its end; keeps state.

    Silent where standard error is no terminal, and for the first second.
    """

    def __init__(
        self,
        what: str,
        total: int,
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._what = what
        self._total = total
        self._stream = stream or sys.stderr
        self._clock = clock
        self._done = 0
        self._begun = clock()
        self._next = self._begun + _AFTER_SECONDS
        self._is_drawn = False
        self.is_wanted = self._stream.isatty()

    def add(self, done: int) -> None:
        """Note that so much more of the total is done."""
        self._done += done
        self.tick()

    def tick(self) -> None:
        """Draw the line if it is time to."""
        if not self.is_wanted or (now := self._clock()) < self._next:
            return
        self._next = now + _EVERY_SECONDS
        percent = min(100, 100 * self._done // self._total) if self._total else 0
        self._write(f"{_ERASE}checking {self._what}: {percent} %, {now - self._begun:.0f} s")
        self._is_drawn = True

    def erase(self) -> None:
        """Leave the terminal as it was."""
        if self._is_drawn:
            self._write(_ERASE)
            self._is_drawn = False

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
