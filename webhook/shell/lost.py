"""Steps of a script whose failure goes unnoticed: the script goes on, and its own status says success."""

import re
from collections.abc import Iterator

from webhook.shell.course import QUESTIONS, asks, switches
from webhook.shell.inner import Inner, inner
from webhook.shell.program import Program
from webhook.shell.remembered import remembered
from webhook.shell.tree import AndOr, Command, Group, Node_, Pipeline, commands
from webhook.shell.written import is_silent

# They do not fail in practice, or their failure is no news.
_HARMLESS = QUESTIONS | frozenset(
    {"echo", "printf", "sleep", "usleep", "true", ":", "export", "cd", "set", "unset", "umask", "pwd", "date", "env"}
    | {"whoami", "hostname", "cat", "head", "tail", "wait", "trap", "shopt", "ulimit", "local", "declare", "readonly"}
    | {"read", "alias", "sync", "nslookup", "dig", "host", "ping", "df", "du", "ps", "uname", "free", "mount", "find"}
    | {"rm", "rmdir", "umount", "kill", "pkill", "killall", "mkdir", "touch", "ln", "mknod", "mkfifo", "modprobe"}
    | {"useradd", "adduser", "groupadd", "addgroup", "usermod", "seq", "wc", "tee", "shift", "exit", "break", "sum"}
    | {"source", ".", "eval", "exec", "return", "typeset", "tree", "lsblk", "route", "ifconfig", "printenv", "clear"}
    | {"md5sum", "sha256sum", "file", "basename", "dirname", "realpath", "readlink", "sort", "awk", "nc", "telnet"}
)
# At the end of a script they succeed whatever came before.
_SUCCEEDING = frozenset({"echo", "printf", "sleep", "true", ":", "date", "sync", "umask", "export", "uname", "df"})
# What exists already, or exists no longer, makes them fail, which many scripts count on.
_CONTENT = frozenset({"create", "delete", "mb", "init", "remove", "del", "uninstall", "describe", "get", "config"})
_CLEARING = re.compile(r"-[DFX]|del|flush|--delete|--flush")
# Of these it is known what they leave behind, so that two of them can be told to be independent.
_KNOWN = frozenset(
    {"chown", "chmod", "chgrp", "cp", "mv", "wget", "curl", "sysctl", "tar", "unzip", "setfacl", "gunzip", "rsync"}
)
_SHOWING = frozenset({"ls", "cat", "stat", "du"})
_PART = re.compile(r"[^/=:@]+")
_GLOB = re.compile(r"[*?\[]")
# A name without its ending that is shorter than this says nothing.
_SHORT = 3
# A pattern may mean any name.
_ANY = frozenset({"*"})


def lost_step(program: Program, mount_paths: frozenset[str]) -> str:
    """Give the first step of a script whose failure passes for success; empty where there is none for certain.

    `mount_paths` are folders that are there before the script begins, whatever it does.
    """
    steps = _unguarded(program)
    return _first_lost(steps, mount_paths) if steps else ""


@remembered
def _unguarded(program: Program) -> tuple[Node_, ...]:
    """Give the statements of a script that goes on after a failure; none where it takes care, or has one step only."""
    script = program.script
    if script is None or program.errexit or "$?" in script.text or "PIPESTATUS" in script.text:
        return ()
    if any(_guards(one) for one in commands(script.statements)):
        return ()
    steps = tuple([node for node in _flat(script.statements) if not _is_function(node)])
    # Whoever leaves early has looked at something; a function may do so, too.
    if len(steps) < 2 or any(one.name in ("exit", "return") for one in commands(steps[:-1])):  # noqa: PLR2004  # a step and an end
        return ()
    functions = {node.name for node in script.statements if isinstance(node, Group) and _is_function(node)}
    return () if any(one.name in functions for one in commands(steps)) else steps


def _is_function(node: Node_) -> bool:
    return isinstance(node, Group) and node.kind == "function"


def _guards(command: Command) -> bool:
    if command.name == "trap":
        return bool({"ERR", "EXIT", "0"} & set(command.args))
    return command.name == "set" and switches(command, "-")


def _flat(nodes: tuple[Node_, ...]) -> Iterator[Node_]:
    for node in nodes:
        if isinstance(node, Group) and node.kind == "braces":
            yield from _flat(node.body)
        else:
            yield node


def _first_lost(steps: tuple[Node_, ...], mount_paths: frozenset[str]) -> str:
    last = steps[-1]
    succeeds = _succeeds(last)
    if not succeeds and not _is_known(last):
        return ""
    for index, step in enumerate(steps[:-1]):
        found = _step(step)
        if found is not None and (succeeds or _is_independent(step, steps[index + 1 :], mount_paths)):
            return found.name
    return ""


def _succeeds(node: Node_) -> bool:
    """Say whether a node gives success whatever happened before."""
    if isinstance(node, AndOr):
        return node.operator == "||" and _succeeds(node.right)
    if not isinstance(node, Command) or not node.words or any(one.writes for one in node.redirects):
        return False
    it = inner(node)
    if it.name == "exit":
        return it.args[:1] == ("0",)
    return it.name in _SUCCEEDING or (it.name == "rm" and it.has_flag("-f", "--force"))


def _is_known(node: Node_) -> bool:
    return isinstance(node, Command) and inner(node).name in _KNOWN | _SHOWING


def _step(node: Node_) -> Inner | None:
    """Give the command of a statement that may fail in earnest, and whose failure nobody looks at."""
    match node:
        case Command():
            it = inner(node)
            return it if _may_fail(it) else None
        case Pipeline(negated=False):
            return _step(node.parts[-1])
        case AndOr(operator="&&"):
            return None if asks(node.left) else _step(node.left) or _step(node.right)
        case _:
            return None


def _may_fail(it: Inner) -> bool:
    if not it.name or it.name in _HARMLESS or is_silent(it):
        return False
    return _CONTENT.isdisjoint(it.args) and not any(_CLEARING.fullmatch(arg) for arg in it.args)


def _is_independent(step: Node_, following: tuple[Node_, ...], mount_paths: frozenset[str]) -> bool:
    """Say whether the last command does its work whether or not a step did; only of commands that are known."""
    if not isinstance(step, Command) or not _is_known(step):
        return False
    mine = _names(step, mount_paths)
    for node in following:
        if not isinstance(node, Command) or not (_is_known(node) or inner(node).name in _HARMLESS):
            return False
        theirs = _names(node, mount_paths)
        if mine & theirs or _ANY & theirs:
            mine |= theirs
            if node is following[-1]:
                return False
    return True


def _names(node: Command, mount_paths: frozenset[str]) -> set[str]:
    """Give the names in the words of a command by which another may refer to the same thing."""
    it = inner(node)
    words = [*it.args, *(one.target.text for one in node.redirects)]
    found: set[str] = set()
    for word in words:
        if word.startswith("-") or word.rstrip("/") in mount_paths:
            continue
        if _GLOB.search(word):
            found |= _ANY
        name = (_PART.findall(word) or [""])[-1]
        stem = name.partition(".")[0]
        found.update({name, stem} if len(stem) >= _SHORT else {name})
    return found - {"", "."}
