"""How long what a container runs takes, as far as its text says: at least, and at most by its own deadlines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webhook.shell.course import certain
from webhook.shell.inner import Inner, inner
from webhook.shell.program import Program

_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
# What sleep and timeout of coreutils take; busybox takes a part of it.
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)([smhd]?)")
_WITH_VALUE = frozenset({"-k", "-s", "--kill-after", "--signal"})


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """Seconds: `least` that pass for certain, `most` that its own deadlines allow; no deadline allows nothing more."""

    least: float = 0
    most: float = 0

    def __add__(self, other: "TimeTaken") -> "TimeTaken":
        return TimeTaken(self.least + other.least, self.most + other.most)


def time_taken(program: Program) -> TimeTaken:
    """Add up the sleeps that are certainly reached once all goes well, and the deadlines of waits."""
    if "timeout" in program.starters:
        return TimeTaken(0, _limit(program.argv))
    return sum((_of(inner(command)) for command in certain(program)), TimeTaken())


def _of(it: Inner) -> TimeTaken:
    if "timeout" in it.starters:
        return TimeTaken(0, _limit([word.text for word in it.command.words]))
    if it.name != "sleep":
        return TimeTaken()
    parts = [_seconds(arg) for arg in it.args]
    total = sum(parts) if parts and all(parts) else 0
    return TimeTaken(total, total)


def _limit(texts: Sequence[str]) -> float:
    """Give the limit that `timeout` sets: its first word that is a duration and no flag or value of one."""
    after = texts[next((i for i, text in enumerate(texts) if text.rpartition("/")[2] == "timeout"), 0) + 1 :]
    while len(after) > 1 and after[0].startswith("-"):
        after = after[2:] if after[0] in _WITH_VALUE else after[1:]
    return _seconds(after[0]) if after else 0


def _seconds(text: str) -> float:
    match = _DURATION.fullmatch(text)
    return float(match[1]) * _SECONDS[match[2]] if match else 0
