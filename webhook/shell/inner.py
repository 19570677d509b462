"""The command that really runs, without what merely starts it: `exec`, `sudo -u app`, `timeout 60`, `env A=b`."""

from collections.abc import Iterator
from dataclasses import dataclass

from webhook.shell.program import Program
from webhook.shell.script import Command, Word, commands
from webhook.shell.starter import program_name, without_starters


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
                value = _value(word, flag, self.words[index + 1 : index + 2])
                if value is not None:
                    return value
        return None


def inner(command: Command) -> Inner:
    """Take away what starts the program; an empty name where an expansion decides."""
    words, starters = without_starters(list(command.words))
    if not words:
        return Inner("", (), tuple(starters), command)
    return Inner(program_name(words[0]), tuple(words[1:]), tuple(starters), command)


def inner_commands(program: Program) -> Iterator[Inner]:
    """Give every command of what a container runs, in order; none where the image decides or nothing can be parsed."""
    return (inner(command) for command in commands(program.statements))


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
