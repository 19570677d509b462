"""How long what a container runs takes, as far as its text says: at least, and at most by its own deadlines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from webhook.shell.inner import Inner, inner
from webhook.shell.program import Program
from webhook.shell.script import AndOr, Command, Group, Node_, Pipeline

_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
# What sleep and timeout of coreutils take; busybox takes a part of it.
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)([smhd]?)")
# After these a right side of `&&` is reached for certain.
_SURE = frozenset({"echo", "printf", "date", "mkdir", "touch", "set", "export", "true", ":", "sleep", "cd"})


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """Seconds: `least` that pass for certain, `most` that its own deadlines allow; no deadline allows nothing more."""

    least: float = 0
    most: float = 0

    def __add__(self, other: "TimeTaken") -> "TimeTaken":
        return TimeTaken(self.least + other.least, self.most + other.most)


def time_taken(program: Program) -> TimeTaken:
    """Add up the sleeps that are certainly reached and the deadlines of waits."""
    return _in_order(program.statements)


def _in_order(nodes: Iterable[Node_]) -> TimeTaken:
    total = TimeTaken()
    for node in nodes:
        total += _of(node)
        if isinstance(node, Command) and node.name in ("exit", "exec", "return"):
            break
    return total


def _of(node: Node_) -> TimeTaken:
    match node:
        case Command():
            return _of_command(inner(node))
        case AndOr():
            follows = node.operator == "&&" and isinstance(node.left, Command) and inner(node.left).name in _SURE
            return _of(node.left) + (_of(node.right) if follows else TimeTaken())
        case Pipeline():
            return reduce(_longer, (_of(part) for part in node.parts), TimeTaken())
        case Group():
            return _in_order(node.body) if node.kind in ("braces", "subshell", "redirected") else TimeTaken()
        case _:
            return TimeTaken()


def _longer(one: TimeTaken, other: TimeTaken) -> TimeTaken:
    return TimeTaken(max(one.least, other.least), max(one.most, other.most))


def _of_command(it: Inner) -> TimeTaken:
    if "timeout" in it.starters:
        return TimeTaken(0, _limit(it.command))
    if it.name != "sleep":
        return TimeTaken()
    parts = [_seconds(arg) for arg in it.args]
    total = sum(parts) if parts and all(parts) else 0
    return TimeTaken(total, total)


def _limit(command: Command) -> float:
    """Give the limit that `timeout` sets: its first word that is a duration and no flag or value of one."""
    texts = [word.text for word in command.words]
    after = texts[next((i for i, text in enumerate(texts) if text.rpartition("/")[2] == "timeout"), 0) + 1 :]
    while len(after) > 1 and after[0].startswith("-"):
        after = after[2:] if after[0] in ("-k", "-s", "--kill-after", "--signal") else after[1:]
    return _seconds(after[0]) if after else 0


def _seconds(text: str) -> float:
    match = _DURATION.fullmatch(text)
    return float(match[1]) * _SECONDS[match[2]] if match else 0
