"""The command that really runs, without what merely starts it: `exec`, `sudo -u app`, `timeout 60`, `env A=b`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from webhook.shell.program import Program
from webhook.shell.script import Command, Word, commands

# What starts another program, with those of its flags that take a value of their own.
_STARTERS: dict[str, frozenset[str]] = {
    "busybox": frozenset(),
    "chroot": frozenset(),
    "command": frozenset(),
    "doas": frozenset({"-u"}),
    "dumb-init": frozenset(),
    "env": frozenset({"-u", "-C", "-S"}),
    "exec": frozenset({"-a"}),
    "gosu": frozenset(),
    "nice": frozenset({"-n"}),
    "nohup": frozenset(),
    "setpriv": frozenset({"--reuid", "--regid"}),
    "stdbuf": frozenset({"-i", "-o", "-e"}),
    "su-exec": frozenset(),
    "sudo": frozenset({"-u", "-g"}),
    "time": frozenset(),
    "timeout": frozenset({"-s", "--signal", "-k", "--kill-after"}),
    "tini": frozenset({"-p"}),
}
# These take one word before the program: a duration, a user, a folder.
_WITH_WORD = frozenset({"timeout", "gosu", "su-exec", "chroot"})
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")


@dataclass(frozen=True, slots=True)
class Inner:
    """One command as it runs: `name` and `words` after it, and the names of what started it, outermost first."""

    name: str
    words: tuple[Word, ...]
    starters: tuple[str, ...]
    command: Command

    @property
    def args(self) -> tuple[str, ...]:
        """The texts of the words after the name."""
        return tuple(word.text for word in self.words)

    @property
    def operands(self) -> tuple[Word, ...]:
        """The words that are no flags; the value of a flag counts as one, as nobody can tell."""
        return tuple(word for word in self.words if not word.text.startswith("-"))

    def has_flag(self, *flags: str) -> bool:
        """Say whether a flag stands among its words, as `Command.has_flag` reads them."""
        return Command((Word(self.name), *self.words)).has_flag(*flags)

    def value_of(self, *flags: str) -> Word | None:
        """Give the value of the first of these flags: `-o x`, `-ox`, `--output x`, `--output=x`, `-fsSo x`."""
        for index, word in enumerate(self.words):
            for flag in flags:
                value = _value(word, flag, self.words[index + 1 :])
                if value is not None:
                    return value
        return None


def inner(command: Command) -> Inner:
    """Take away what starts the program; an empty name where an expansion decides."""
    words = list(command.words)
    starters: list[str] = []
    while len(words) > 1 and (name := _program(words[0])) in _STARTERS:
        starters.append(name)
        words = _after(words[1:], name)
    if not words:
        return Inner("", (), tuple(starters), command)
    return Inner(_program(words[0]), tuple(words[1:]), tuple(starters), command)


def inner_commands(program: Program) -> Iterator[Inner]:
    """Give every command of what a container runs, in order; none where the image decides or nothing can be parsed."""
    return (inner(command) for command in commands(program.statements))


def _program(word: Word) -> str:
    return word.text.rpartition("/")[2] if word.is_literal else ""


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


def _value(word: Word, flag: str, following: tuple[Word, ...]) -> Word | None:
    text = word.text
    after = following[0] if following else None
    if text == flag:
        return after
    if flag.startswith("--"):
        return Word(text[len(flag) + 1 :], word.is_literal) if text.startswith(flag + "=") else None
    if text[:1] == "-" and text[:2] != "--" and flag[1] in text[1:]:
        rest = text[text.index(flag[1], 1) + 1 :]
        return Word(rest, word.is_literal) if rest else after
    return None
