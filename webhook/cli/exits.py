"""What a command's end tells the shell."""

from enum import IntEnum


class Exit(IntEnum):
    """0 fine, 1 findings, 2 misuse, 3 our fault."""

    FINE = 0
    FINDINGS = 1
    MISUSE = 2
    FAULT = 3
