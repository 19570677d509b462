"""Which ports of its own Pod a container calls, once and without patience."""

import re

from webhook.shell.inner import Inner, inner
from webhook.shell.program import Program
from webhook.shell.script import AndOr, Branch, Command, Loop, Node_, Pipeline, walk

_HOST = r"(?:localhost|127\.0\.0\.1|\[::1\])"
_ADDRESS = re.compile(rf"(?<![A-Za-z0-9.-]){_HOST}[:/ ]([0-9]{{1,5}})(?![0-9.])")
_HAS_HOST = re.compile(rf"(?<![A-Za-z0-9.-]){_HOST}(?![A-Za-z0-9.-])")
_PORT_FLAG = re.compile(r"(?:^| )(?:-p|-P|--port)[ =]?([0-9]{1,5})(?![0-9])")
# Programs and flags that try again by themselves.
_PATIENT = re.compile(r"wait|retry|retries|dockerize|--timeout|reconnect", re.IGNORECASE)
# They only say the address to somebody else.
_SAYS = frozenset({"echo", "printf", "export", "cat", "sed", "set", "kubectl"})


def local_ports(program: Program) -> frozenset[int]:
    """Give the ports of `localhost` that are called; none where a loop, a retry or an alternative may bridge the time."""
    statements = program.statements
    text = program.script.text if program.script is not None else " ".join(program.argv)
    if not _HAS_HOST.search(text) or _PATIENT.search(text):
        return frozenset()
    nodes = list(walk(statements))
    if any(_is_careful(node) for node in nodes):
        return frozenset()
    calls = [inner(node) for node in nodes if isinstance(node, Command)]
    return frozenset(port for it in calls if it.name not in _SAYS for port in _ports(it))


def _is_careful(node: Node_) -> bool:
    match node:
        case Loop() | Branch():
            return True
        case AndOr():
            return node.operator == "||"
        case Pipeline():
            return node.negated
        case _:
            return False


def _ports(it: Inner) -> list[int]:
    text = " ".join(it.args)
    found = _ADDRESS.findall(text)
    if not found and _HAS_HOST.search(text):
        found = _PORT_FLAG.findall(text)
    return [int(port) for port in found]
