"""Shell text, read into the tree of `webhook.shell.tree`.

What has a syntax error, is very long or nested deeper than anybody writes has no tree: it is not judged. The text may
come from whoever may create a Pod, so that reading it takes time in proportion to its length, whatever stands there.
"""

from webhook.core.names import size_in_bytes
from webhook.shell.cache import Cache
from webhook.shell.grammar import parse
from webhook.shell.tree import (
    AndOr,
    Branch,
    Command,
    Group,
    Loop,
    Node_,
    Pipeline,
    Redirect,
    Script,
    Word,
    children,
    commands,
    depth,
    walk,
)
from webhook.shell.words import UnreadableError

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "AndOr",
    "Branch",
    "Command",
    "Group",
    "Loop",
    "Node_",
    "Pipeline",
    "Redirect",
    "Script",
    "Word",
    "children",
    "commands",
    "parse_script",
    "walk",
]

# Longer scripts are rare and nobody's start-up; a Pod may hold many.
MAX_BYTES = 64 * 1024
# Rules may follow a tree by recursion: three frames a level still leave Python's stack half empty.
MAX_DEPTH = 100
# Characters of text whose trees are kept: a tree takes up to 200 bytes for each, mostly far less.
_REMEMBERED = 256 * 1024

_CACHE: Cache[Script | None] = Cache(_REMEMBERED)


def parse_script(text: str) -> Script | None:
    """Read a shell text; None where it has a syntax error, or is too long or nested too deeply."""
    return _CACHE.get(text, _read)


def _read(text: str) -> Script | None:
    # A NUL can stand in no argument of a program.
    if len(text) > MAX_BYTES or "\0" in text or size_in_bytes(text) > MAX_BYTES:
        return None
    try:
        statements = parse(text)
    except UnreadableError:
        return None
    return Script(statements, text) if depth(statements) <= MAX_DEPTH else None
