"""Loops that wait for something outside, and whether they ever give up."""

import re
from collections.abc import Iterable

from webhook.shell.course import Functions, functions_of, reached
from webhook.shell.inner import inner
from webhook.shell.program import Program
from webhook.shell.remembered import remembered
from webhook.shell.tree import Command, Loop, Node_, Word, commands

_SLEEPS = frozenset({"sleep", "usleep", "busybox-sleep"})
# Whatever may leave the loop or end the script, or is a step through something finite.
_WAYS_OUT = frozenset(
    {"exit", "return", "exec", "kill", "pkill", "killall", "eval", "source", ".", "shift", "getopts", "read", "mapfile"}
    | {"let", "expr", "((", "bc", "date", "jobs", "pgrep", "pidof", "ps", "wait", "trap", "seq", "times", "wait-for-it"}
)
# Arithmetic, the shell's own clock, and text that gets shorter with every round.
_COUNTS = re.compile(r"\$\(\(|\$\[|SECONDS|EPOCH|/proc/|\$!|\$\{[A-Za-z_]\w*(?:[#%:]|\+\+)|RANDOM")
_TRUE = frozenset({"true", ":"})
_ENDLESS_FOR = re.compile(r"\(\([^;]*;\s*;[^;]*\)\)")


@remembered
def waits_for_ever(program: Program) -> bool:
    """Say whether a script waits in a loop that ends only when what it waits for comes.

    Such a loop sleeps between its rounds, and neither counts, nor looks at a clock, nor leaves otherwise. One that
    nothing ever ends is no wait.
    """
    script = program.script
    if script is None or "timeout" in program.starters or "sleep" not in script.text:
        return False
    functions = functions_of(script.statements)
    if any(inner(one).name in ("kill", "pkill", "killall") for one in commands(script.statements)):
        return False
    found = reached(script.statements, functions)
    return any(isinstance(node, Loop) and _is_wait(node, functions) for node in found)


def _is_wait(loop: Loop, functions: Functions) -> bool:
    is_endless = _goes_on(loop)
    if loop.kind == "for" and not is_endless:
        return False
    found = list(reached((*loop.condition, *loop.body), functions))
    run = [node for node in found if isinstance(node, Command)]
    names = [inner(one).name for one in run]
    if _SLEEPS.isdisjoint(names) or not _WAYS_OUT.isdisjoint(names) or any(map(_counts, run)):
        return False
    if any(_counts_word(value) for node in found if isinstance(node, Loop) for value in node.values):
        return False
    return names.count("break") == (1 if is_endless else 0)


def _goes_on(loop: Loop) -> bool:
    """Say whether a loop's condition never ends it."""
    if loop.kind == "for":
        return bool(loop.values) and _ENDLESS_FOR.fullmatch(loop.values[0].text) is not None
    last: Iterable[Node_] = loop.condition[-1:]
    names = [one.name for one in last if isinstance(one, Command)]
    if loop.kind == "until":
        return names == ["false"]
    return bool(names) and names[0] in _TRUE


def _counts(command: Command) -> bool:
    words = (*command.words, *(value for _, value in command.assignments), *(one.target for one in command.redirects))
    return any(_counts_word(word) for word in words)


def _counts_word(word: Word) -> bool:
    return not word.is_literal and _COUNTS.search(word.text) is not None
