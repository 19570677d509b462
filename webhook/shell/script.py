"""Shell text as a small tree of our own: what rules ask about, nothing more.

The grammar is tree-sitter's for bash, of which POSIX sh is nearly a part. A text with a syntax error has no tree: it is
not judged. Words that hold expansions keep their source text, and say so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

# Longer scripts are rare and nobody's start-up; a Pod may hold many.
MAX_BYTES = 64 * 1024
_REMEMBERED = 512

_PARSER = Parser(Language(tree_sitter_bash.language()))
_QUOTES = ("string", "raw_string", "ansi_c_string")


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `text` without its quotes. `is_literal` says that the shell puts nothing else in its place."""

    text: str
    is_literal: bool = True

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirection: the operator (`>`, `>>`, `<`, `<<`, `&>` …) and where to."""

    operator: str
    target: Word


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
        return tuple(word.text for word in self.words[1:])

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
    """A loop: `kind` is while, until or for; a for loop has no condition, `values` are what it walks over."""

    kind: str
    condition: tuple["Node_", ...]
    body: tuple["Node_", ...]
    values: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """An if or a case: every list of commands in it, the conditions first."""

    kind: str
    conditions: tuple[tuple["Node_", ...], ...]
    bodies: tuple[tuple["Node_", ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Commands together: `( … )`, `{ …; }`, a function's body, or what runs in the background."""

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


@lru_cache(maxsize=_REMEMBERED)
def parse_script(text: str) -> Script | None:
    """Read a shell text; None where it has a syntax error or is too long."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        return None
    root = _PARSER.parse(data).root_node
    if root.has_error:
        return None
    try:
        return Script(_statements(root), text)
    except RecursionError:
        return None


def walk(nodes: tuple[Node_, ...]) -> Iterator[Node_]:
    """Give every node below some statements, outer ones first."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def commands(nodes: tuple[Node_, ...]) -> Iterator[Command]:
    """Give every simple command below some statements, in order."""
    return (node for node in walk(nodes) if isinstance(node, Command))


def children(node: Node_) -> tuple[Node_, ...]:
    """Give the nodes right below one."""
    match node:
        case Pipeline():
            return node.parts
        case AndOr():
            return (node.left, node.right)
        case Loop():
            return node.condition + node.body
        case Branch():
            return tuple(one for part in (*node.conditions, *node.bodies) for one in part)
        case Group():
            return node.body
        case _:
            return ()


def _statements(node: Node) -> tuple[Node_, ...]:
    found: list[Node_] = []
    for child in node.named_children:
        one = _node(child)
        if one is None:
            continue
        after = child.next_sibling
        found.append(Group("background", (one,)) if after is not None and after.type == "&" else one)
    return tuple(found)


def _node(node: Node) -> Node_ | None:
    make = _MAKERS.get(node.type)
    return make(node) if make is not None else None


def _one(node: Node) -> Node_:
    return _node(node) or Command(())


def _command(node: Node) -> Command:
    name = node.child_by_field_name("name")
    words = [] if name is None else [_word(name)]
    words += [_word(child) for child in node.children_by_field_name("argument")]
    assignments = tuple(_assignment(child) for child in node.named_children if child.type == "variable_assignment")
    redirects = tuple(_redirects(node))
    return Command(tuple(words), redirects, assignments)


def _assignment(node: Node) -> tuple[str, Word]:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    return _text(name) if name else "", _word(value) if value else Word("")


def _bare_assignment(node: Node) -> Command:
    inner = [node] if node.type == "variable_assignment" else node.named_children
    return Command((), (), tuple(_assignment(one) for one in inner if one.type == "variable_assignment"))


def _declaration(node: Node) -> Command:
    words = [Word(node.children[0].type), *(Word(_text(child), is_literal=False) for child in node.named_children)]
    assignments = tuple(_assignment(child) for child in node.named_children if child.type == "variable_assignment")
    return Command(tuple(words), (), assignments)


def _test(node: Node) -> Command:
    return Command((Word("["), *(Word(text, is_literal=False) for text in _text(node).strip("[] ").split())))


def _redirected(node: Node) -> Node_:
    body = node.child_by_field_name("body")
    redirects = tuple(_redirects(node))
    inner = _one(body) if body is not None else Command(())
    if isinstance(inner, Command):
        return Command(inner.words, inner.redirects + redirects, inner.assignments)
    return Group("redirected", (inner,), redirects=redirects)


def _redirects(node: Node) -> Iterator[Redirect]:
    for child in node.children_by_field_name("redirect"):
        operator = next((part.type for part in child.children if not part.is_named), "")
        target = child.child_by_field_name("destination")
        if child.type == "heredoc_redirect":
            yield Redirect("<<", Word(""))
            yield from _redirects(child)
        elif target is not None:
            yield Redirect(operator, _word(target))


def _pipeline(node: Node) -> Node_:
    return Pipeline(tuple(_one(child) for child in node.named_children))


def _negated(node: Node) -> Node_:
    return Pipeline(tuple(_one(child) for child in node.named_children), negated=True)


def _list(node: Node) -> Node_:
    left, right = node.named_children[0], node.named_children[-1]
    operator = next((child.type for child in node.children if child.type in ("&&", "||")), "&&")
    return AndOr(_one(left), operator, _one(right))


def _while(node: Node) -> Node_:
    body = node.child_by_field_name("body")
    condition = tuple(_one(one) for one in node.children_by_field_name("condition") if one.is_named)
    return Loop(node.children[0].type, condition, _statements(body) if body is not None else ())


def _for(node: Node) -> Node_:
    body = node.child_by_field_name("body")
    values = tuple(_word(one) for one in node.children_by_field_name("value"))
    return Loop("for", (), _statements(body) if body is not None else (), values)


def _if(node: Node) -> Node_:
    condition = tuple(_one(one) for one in node.children_by_field_name("condition") if one.is_named)
    conditions, bodies, own = [condition], [], []
    for child in node.named_children:
        if child.type in ("elif_clause", "else_clause"):
            bodies.append(_statements(child))
        elif child not in node.children_by_field_name("condition"):
            own.append(child)
    mine = tuple(one for one in (_node(child) for child in own) if one is not None)
    return Branch("if", tuple(conditions), (mine, *bodies))


def _case(node: Node) -> Node_:
    items = (child for child in node.named_children if child.type == "case_item")
    return Branch("case", (), tuple(_statements(item) for item in items))


def _function(node: Node) -> Node_:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    return Group("function", _statements(body) if body is not None else (), _text(name) if name else "")


def _group(node: Node) -> Node_:
    return Group("subshell" if node.type == "subshell" else "braces", _statements(node))


def _word(node: Node) -> Word:
    if node.type == "command_name" and node.named_children:
        return _word(node.named_children[0])
    if node.type in ("word", "number"):
        return Word(_text(node).replace("\\", ""))
    if node.type == "raw_string":
        return Word(_text(node)[1:-1])
    if node.type == "concatenation":
        parts = [_word(child) for child in node.named_children]
        return Word("".join(part.text for part in parts), all(part.is_literal for part in parts))
    if node.type in _QUOTES:
        is_literal = all(child.type == "string_content" for child in node.named_children)
        return Word(_text(node).strip('"'), is_literal)
    return Word(_text(node), is_literal=False)


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")


_MAKERS = {
    "command": _command,
    "variable_assignment": _bare_assignment,
    "variable_assignments": _bare_assignment,
    "declaration_command": _declaration,
    "unset_command": _declaration,
    "test_command": _test,
    "redirected_statement": _redirected,
    "pipeline": _pipeline,
    "negated_command": _negated,
    "list": _list,
    "while_statement": _while,
    "for_statement": _for,
    "c_style_for_statement": _for,
    "if_statement": _if,
    "case_statement": _case,
    "function_definition": _function,
    "subshell": _group,
    "compound_statement": _group,
}
