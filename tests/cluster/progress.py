"""Lines that tell a waiting person what the harness is doing."""

import os
import time

# Between two signs of life of one long step.
TICK_SECONDS = 10.0


class Progress:
    """Writes one line a stage, each with the seconds since the first, to the process's own standard error.

    The lines go to file descriptor 2 rather than to `sys.stderr`, which a test runner may have put aside.
    """

    def __init__(self) -> None:
        self._started = time.monotonic()

    def say(self, text: str) -> None:
        """Write `text` as one line."""
        elapsed = time.monotonic() - self._started
        # One write a line: lines of several processes then never mix.
        os.write(2, f"cluster [{elapsed:4.0f} s] {text}\n".encode())
