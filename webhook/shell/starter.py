"""What merely starts another program: `exec`, `sudo -u app`, `timeout 60`, `env A=b`, `tini --`."""

import re

from webhook.shell.tree import Word

# With those of its flags that take a value of their own.
_STARTERS: dict[str, frozenset[str]] = {
    "busybox": frozenset(),
    "catatonit": frozenset(),
    "chroot": frozenset(),
    "command": frozenset(),
    "doas": frozenset({"-u"}),
    "dumb-init": frozenset({"-r", "--rewrite"}),
    "env": frozenset({"-u", "-C", "-S"}),
    "exec": frozenset({"-a"}),
    "gosu": frozenset(),
    "ionice": frozenset({"-c", "-n"}),
    "nice": frozenset({"-n"}),
    "nohup": frozenset(),
    "nsenter": frozenset({"-t", "--target", "-S", "-G"}),
    "s6-setuidgid": frozenset(),
    "setpriv": frozenset({"--reuid", "--regid"}),
    "stdbuf": frozenset({"-i", "-o", "-e"}),
    "su-exec": frozenset(),
    "sudo": frozenset({"-u", "-g"}),
    "time": frozenset(),
    "timeout": frozenset({"-s", "--signal", "-k", "--kill-after"}),
    "tini": frozenset({"-p", "-e"}),
}
# These take one word before the program: a duration, a user, a folder.
_WITH_WORD = frozenset({"timeout", "gosu", "su-exec", "chroot", "s6-setuidgid"})
# Behind these, a path is one of another file system.
ELSEWHERE = frozenset({"chroot", "nsenter"})
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")


def program_name(word: Word) -> str:
    """Give the name of the program that a word starts, without its folder; empty where an expansion decides."""
    return word.text.rpartition("/")[2] if word.is_literal else ""


def is_starter(name: str) -> bool:
    """Say whether a program only starts another one."""
    return name in _STARTERS


def without_starters(words: list[Word]) -> tuple[list[Word], list[str]]:
    """Give the words of the program that really runs, and the names of what starts it, outermost first."""
    starters: list[str] = []
    while len(words) > 1 and (name := program_name(words[0])) in _STARTERS:
        starters.append(name)
        words = _after(words[1:], name)
    return words, starters


def _after(words: list[Word], starter: str) -> list[Word]:
    """Skip the flags of a starter, their values, variables that it sets, and the word that it takes."""
    values = _STARTERS[starter]
    skip = 1 if starter in _WITH_WORD else 0
    at = 0
    while at < len(words):
        text = words[at].text
        if text == "--":
            at += 1
            break
        if text in values:
            at += 1
        elif not text.startswith("-") and not (starter == "env" and _ASSIGNMENT.match(text)):
            break
        at += 1
    return words[at + skip :]
