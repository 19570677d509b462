"""Runs a program that dies with whoever started it: `python leash.py PARENT PROGRAM ARGUMENT…`.

It stays the same process, so the process id that the starter knows is the program's own.
"""

import ctypes
import os
import signal
import sys

# prctl(2): the signal that the kernel sends us when our parent is gone. Linux only.
PR_SET_PDEATHSIG = 1


def main() -> None:
    """Tie ourselves to the parent, then become the program."""
    parent, program, *arguments = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(parent):  # it died before we were tied
            sys.exit(1)
    os.execv(program, [program, *arguments])  # noqa: S606 - to start a program is all this does


if __name__ == "__main__":
    main()
