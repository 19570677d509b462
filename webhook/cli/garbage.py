"""Garbage, which nobody looks for while a command runs: what a command reads mostly lives until it ends."""

import gc


def collect() -> None:
    """Free what went in a ring; what is left is never looked at again, so that the next time costs little.

    Does nothing where Python looks for garbage by itself.
    """
    if not gc.isenabled():
        gc.collect()
        gc.freeze()
