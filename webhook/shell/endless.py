"""Whether what a container runs never ends: by its structure, whatever happens outside."""

from collections.abc import Iterable

from webhook.shell.course import asks
from webhook.shell.inner import inner
from webhook.shell.program import Program
from webhook.shell.remembered import remembered
from webhook.shell.script import AndOr, Command, Group, Loop, Node_, Pipeline, commands, walk

_FOR_EVER = frozenset({"infinity", "inf"})
# Conditions that are always true; `while sleep 10` is one by custom.
_TRUE = frozenset({"true", ":", "sleep"})
_TRUE_TESTS = frozenset({("1",), ("true",), ("1", "-eq", "1"), ("1", "=", "1"), ("1", "==", "1")})
# Whatever may leave a loop, or end the container.
_WAYS_OUT = frozenset({"break", "exit", "return", "exec", "kill", "pkill", "killall", "halt", "poweroff", ""})
# Programs that read to the end of what they are given.
_PATIENT = frozenset({"awk", "cat", "cut", "jq", "logger", "tee", "tr", "while", "xargs"})


@remembered
def never_ends(program: Program) -> bool:
    """Say whether a program certainly runs for ever once everything before went well; False where nothing is known."""
    if "timeout" in program.starters:
        return False
    statements = program.statements
    functions = frozenset(node.name for node in walk(statements) if isinstance(node, Group) and node.name)
    return _never_end(statements, functions)


def _never_end(nodes: Iterable[Node_], functions: frozenset[str]) -> bool:
    waits_for = False
    for node in nodes:
        if isinstance(node, Group) and node.kind == "background":
            waits_for = waits_for or _never_end(node.body, functions)
        elif _is_endless(node, functions) or (waits_for and _is_wait(node)):
            return True
        elif isinstance(node, Command) and node.name in ("exit", "exec", "return"):
            return False
    return False


def _is_wait(node: Node_) -> bool:
    return isinstance(node, Command) and node.name == "wait"


def _is_endless(node: Node_, functions: frozenset[str]) -> bool:
    match node:
        case Command():
            return _command_is_endless(node)
        case AndOr():
            follows = node.operator == "&&" and not asks(node.left)
            return _is_endless(node.left, functions) or (follows and _is_endless(node.right, functions))
        case Pipeline():
            first, *rest = node.parts or (Command(()),)
            return _is_endless(first, functions) and all(isinstance(p, Command) and p.name in _PATIENT for p in rest)
        case Loop():
            return _loop_is_endless(node, functions)
        case Group():
            return node.kind in ("subshell", "braces", "redirected") and _never_end(node.body, functions)
        case _:
            return False


def _command_is_endless(command: Command) -> bool:
    it = inner(command)
    if "timeout" in it.starters:
        return False
    match it.name:
        case "sleep":
            return any(arg in _FOR_EVER for arg in it.args)
        case "tail":
            return it.has_flag("-f", "-F", "--follow") and not any(arg.startswith("--pid") for arg in it.args)
        case "pause":
            return not it.words
        case _:
            return False


def _loop_is_endless(loop: Loop, functions: frozenset[str]) -> bool:
    if len(loop.condition) != 1 or not isinstance(condition := loop.condition[0], Command):
        return False
    if not _is_always(condition, loop.kind):
        return False
    return all(one.name not in _WAYS_OUT | functions for one in commands(loop.body) if one.words)


def _is_always(condition: Command, kind: str) -> bool:
    """Say whether a loop's condition keeps it going."""
    if kind == "until":
        return condition.name == "false"
    if condition.name in ("[", "test"):
        return tuple(arg for arg in condition.args if arg != "]") in _TRUE_TESTS
    return kind == "while" and condition.name in _TRUE
