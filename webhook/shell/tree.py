"""Shell text as a small tree of our own: what rules ask about, nothing more."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `text` without its quotes, expansions as they are written.

    `is_literal` says that the shell expands nothing in it (a pattern such as `*.txt` counts as literal); `inner` are
    the command substitutions within, each a Group of the kind `substitution`.
    """

    text: str
    is_literal: bool = True
    inner: tuple["Group", ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirection: the operator (`>`, `>>`, `<`, `<<`, `&>` …) and where to.

    The target of a here-document is its body. `descriptor` is the number before the operator, mostly empty.
    """

    operator: str
    target: Word
    descriptor: str = ""

    @property
    def writes(self) -> bool:
        """Whether it opens a file for writing."""
        return self.operator in (">", ">>", ">|", "&>", "&>>", "<>") or (
            self.operator == ">&" and not self.target.text.isdecimal() and self.target.text != "-"
        )


@dataclass(frozen=True, slots=True)
class Command:
    """A simple command: its words (the name first), its redirections, and the variables set for it alone."""

    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...] = ()
    assignments: tuple[tuple[str, Word], ...] = ()

    @property
    def name(self) -> str:
        """The program, without its folder; empty where an expansion decides."""
        return self.words[0].text.rpartition("/")[2] if self.words and self.words[0].is_literal else ""

    @property
    def args(self) -> tuple[str, ...]:
        """The texts of the words after the name."""
        return tuple([word.text for word in self.words[1:]])

    def has_flag(self, *flags: str) -> bool:
        """Say whether a flag stands among the arguments: `--long` (also `--long=x`), or a letter within `-abc`."""
        for arg in self.args:
            for flag in flags:
                if arg == flag or (flag.startswith("--") and arg.startswith(flag + "=")):
                    return True
                is_letter = len(flag) == 2 and flag[0] == "-" and flag[1] != "-"  # noqa: PLR2004  # -x
                if is_letter and arg[:1] == "-" and arg[:2] != "--" and flag[1] in arg[1:]:
                    return True
        return False


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Commands whose output is the next one's input; `negated` by a leading `!`."""

    parts: tuple["Node_", ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AndOr:
    """Two sides joined by `&&` or `||`."""

    left: "Node_"
    operator: str
    right: "Node_"


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop: `kind` is while, until or for; a for loop has no condition, `values` are what it walks over.

    The only value of a `for ((…))` is its arithmetic, double parentheses included.
    """

    kind: str
    condition: tuple["Node_", ...]
    body: tuple["Node_", ...]
    values: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """An if or a case: its conditions in order (of a case the substitutions in its subject), and its bodies."""

    kind: str
    conditions: tuple[tuple["Node_", ...], ...]
    bodies: tuple[tuple["Node_", ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Commands together.

    `kind` is `subshell` for `( … )`, `braces` for `{ …; }`, `function` for a function's body (with its `name`),
    `background` for what `&` sends there, `redirected` for a compound command with redirections, and `substitution`
    for what stands in `$( … )`, backticks or `<( … )`.
    """

    kind: str
    body: tuple["Node_", ...]
    name: str = ""
    redirects: tuple[Redirect, ...] = ()


Node_ = Command | Pipeline | AndOr | Loop | Branch | Group


@dataclass(frozen=True, slots=True)
class Script:
    """A whole text: its statements in order."""

    statements: tuple[Node_, ...]
    text: str


def walk(nodes: tuple[Node_, ...]) -> Iterator[Node_]:
    """Give every node below some statements, outer ones first, those in command substitutions too."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        below = children(node)
        if below:
            stack.extend(reversed(below))


def commands(nodes: tuple[Node_, ...]) -> Iterator[Command]:
    """Give every simple command below some statements, in order, those in command substitutions too."""
    return (node for node in walk(nodes) if isinstance(node, Command))


def children(node: Node_) -> tuple[Node_, ...]:
    """Give the nodes right below one, command substitutions in its words included."""
    match node:
        case Command():
            return _inner_of_command(node)
        case Pipeline():
            return node.parts
        case AndOr():
            return (node.left, node.right)
        case Loop():
            return (*_inner(node.values), *node.condition, *node.body)
        case Branch():
            return tuple([one for part in (*node.conditions, *node.bodies) for one in part])
        case _:
            return (*_inner([redirect.target for redirect in node.redirects]), *node.body)


def depth(nodes: tuple[Node_, ...]) -> int:
    """Give how deep the tree below some statements is; found without recursion."""
    levels, level = 0, list(nodes)
    while level:
        levels += 1
        level = [one for node in level for one in children(node)]
    return levels


def _inner_of_command(command: Command) -> tuple[Node_, ...]:
    found: list[Node_] = []
    for _, word in command.assignments:
        found.extend(word.inner)
    for word in command.words:
        found.extend(word.inner)
    for redirect in command.redirects:
        found.extend(redirect.target.inner)
    return tuple(found)


def _inner(words: tuple[Word, ...] | list[Word]) -> list[Node_]:
    return [one for word in words for one in word.inner]
