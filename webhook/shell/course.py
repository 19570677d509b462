"""What a script does for certain: which commands run in the foreground, and whose failure ends it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from webhook.shell.inner import inner
from webhook.shell.program import Program
from webhook.shell.tree import AndOr, Branch, Command, Group, Loop, Node_, Pipeline, children, walk

# Their failure is an answer.
QUESTIONS = frozenset(
    {
        "[",
        "[[",
        "((",
        "test",
        "grep",
        "egrep",
        "fgrep",
        "command",
        "which",
        "type",
        "hash",
        "expr",
        "let",
        "cmp",
        "diff",
    }
    | {"pgrep", "pidof", "getent", "mountpoint", "false", "ls", "stat", "id", "!"}
)
_TOGETHER = frozenset({"subshell", "braces", "redirected"})
_LEAVING = frozenset({"exit", "exec", "return"})

Functions = dict[str, tuple[Node_, ...]]


def functions_of(statements: tuple[Node_, ...]) -> Functions:
    """Give the functions that a script defines, by name."""
    return {node.name: node.body for node in walk(statements) if isinstance(node, Group) and node.kind == "function"}


def reached(nodes: Iterable[Node_], functions: Functions) -> Iterator[Node_]:
    """Give every node below some that runs in the foreground, and what the functions do that are called there."""
    called: set[str] = set()
    stack = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        if isinstance(node, Group) and node.kind in ("background", "function"):
            continue
        yield node
        stack.extend(reversed(children(node)))
        if isinstance(node, Command) and node.name in functions and node.name not in called:
            called.add(node.name)
            stack.extend(reversed(functions[node.name]))


def certain(program: Program) -> Iterator[Command]:
    """Give the commands that run once everything before them went well, in order."""
    return (command for command, _ in certain_and_asked(program))


def certain_and_asked(program: Program) -> Iterator[tuple[Command, bool]]:
    """Give the commands that run for certain, each with whether somebody is ready for its failure."""
    statements = program.statements
    return _certain(statements, _Scope(functions_of(statements)))


def deciding(program: Program) -> Iterator[Command]:
    """Give the commands that run for certain, and whose failure makes the whole program fail."""
    return _deciding(program.statements, stops=stops_at_failure(program))


def stops_at_failure(program: Program) -> bool:
    """Say whether a script ends where one of its steps fails: `-e`, from the beginning to the end."""
    if program.script is None:
        return False
    settings = [node for node in walk(program.script.statements) if isinstance(node, Command) and node.name == "set"]
    if any(switches(one, "+") for one in settings):
        return False
    if program.errexit:
        return True
    before = (node for node in program.script.statements[:2] if isinstance(node, Command))
    return any(node.name == "set" and switches(node, "-") for node in before)


def switches(command: Command, sign: str) -> bool:
    """Say whether `set` switches errexit on (`-`) or off (`+`)."""
    args = command.args[: command.args.index("--")] if "--" in command.args else command.args
    for flag, value in zip(args, (*args[1:], ""), strict=False):
        if flag[:1] == sign and flag[1:2] != "-" and ("e" in flag[1:] or (flag[-1] == "o" and value == "errexit")):
            return True
    return False


def asks(node: Node_) -> bool:
    """Say whether a node is there for its answer."""
    match node:
        case Command():
            return bool(node.words) and (node.name in QUESTIONS or inner(node).name in QUESTIONS)
        case Pipeline():
            return node.negated or asks(node.parts[-1])
        case AndOr():
            return asks(node.right) or asks(node.left)
        case Group():
            return bool(node.body) and asks(node.body[-1])
        case _:
            return False


def leaves(node: Node_) -> bool:
    """Say whether nothing after a node is reached."""
    return isinstance(node, Command) and node.name in _LEAVING


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where in a script something stands: `calls` are the functions that are being followed."""

    functions: Functions
    calls: frozenset[str] = frozenset()
    is_asked: bool = False

    def asked(self) -> "_Scope":
        return self if self.is_asked else replace(self, is_asked=True)

    def calling(self, name: str) -> "_Scope":
        return replace(self, calls=self.calls | {name})


def _certain(nodes: Iterable[Node_], scope: _Scope) -> Iterator[tuple[Command, bool]]:
    for node in nodes:
        if isinstance(node, Command):
            yield node, scope.is_asked
            if node.name in scope.functions and node.name not in scope.calls:
                yield from _certain(scope.functions[node.name], scope.calling(node.name))
        else:
            yield from _certain_below(node, scope)
        if leaves(node):
            return


def _certain_below(node: Node_, scope: _Scope) -> Iterator[tuple[Command, bool]]:
    match node:
        case AndOr(operator="||"):
            yield from _certain((node.left,), scope.asked())
        case AndOr():
            yield from _certain((node.left,), scope)
            if not asks(node.left):
                yield from _certain((node.right,), scope)
        case Pipeline():
            yield from _certain(node.parts, scope.asked() if node.negated else scope)
        case Branch(kind="if"):
            yield from _certain(node.conditions[0], scope.asked())
        case Loop():
            yield from _certain_round(node, scope)
        case Group() if node.kind in _TOGETHER:
            yield from _certain(node.body, scope)
        case _:
            return


def _certain_round(loop: Loop, scope: _Scope) -> Iterator[tuple[Command, bool]]:
    """Give what the first round of a loop does for certain."""
    if loop.kind != "for":
        yield from _certain(loop.condition, scope.asked())
    elif any(value.is_literal for value in loop.values):
        yield from _certain(loop.body, scope)


def _deciding(nodes: tuple[Node_, ...], *, stops: bool) -> Iterator[Command]:
    for index, node in enumerate(nodes):
        is_last = index == len(nodes) - 1 or leaves(node)
        if is_last or stops:
            yield from _deciding_in(node, stops=stops, is_last=is_last)
        if is_last:
            return


def _deciding_in(node: Node_, *, stops: bool, is_last: bool) -> Iterator[Command]:
    match node:
        case Command():
            yield node
            # The status of an assignment is that of the last substitution in it.
            if not node.words and (below := children(node)) and isinstance(below[-1], Group):
                yield from _deciding(below[-1].body, stops=stops)
        case AndOr(operator="&&"):
            # Under -e only the last of a chain ends the script, but at the end its status is what counts.
            if is_last:
                yield from _deciding_in(node.left, stops=stops, is_last=True)
            if not asks(node.left):
                yield from _deciding_in(node.right, stops=stops, is_last=is_last)
        case Pipeline(negated=False):
            yield from _deciding_in(node.parts[-1], stops=stops, is_last=is_last)
        case Group() if node.kind in _TOGETHER:
            yield from _deciding(node.body, stops=stops)
        case _:
            return
