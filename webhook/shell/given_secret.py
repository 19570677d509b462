"""Where a container's command is handed a secret as plain text: a flag, a variable of a script."""

from collections.abc import Iterable, Iterator

from webhook.core.pod import Container
from webhook.core.secret_text import is_named_secret, is_password
from webhook.shell.inner import Inner, inner
from webhook.shell.program import Program
from webhook.shell.script import Command, Word, commands

# Programs with a short flag for the password: as `-pVALUE`, and as `-a VALUE`.
_ATTACHED = {
    "mysql": "-p",
    "mysqladmin": "-p",
    "mysqldump": "-p",
    "mariadb": "-p",
    "mariadb-admin": "-p",
    "sshpass": "-p",
}
_SEPARATE = {
    "redis-cli": ("-a", "--pass"),
    "sshpass": ("-p",),
    "mongosh": ("-p",),
    "mongo": ("-p",),
    "ldapsearch": ("-w",),
}
_USER_AND_PASSWORD = {"curl": ("-u", "--user")}
# Without one of these, in capitals or not, nothing here is found.
_HINTS = ("pass", "pwd", "secret", "token", "key", *_ATTACHED, *_SEPARATE, *_USER_AND_PASSWORD)


def may_give_secret(texts: Iterable[str | None]) -> bool:
    """Say, without reading it, whether a command may hold a secret at all."""
    text = " ".join([one for one in texts if one]).lower()
    return any(hint in text for hint in _HINTS)


def gives_secret(container: Container, program: Program) -> frozenset[int]:
    """Give which elements hold a secret by what they are for, counted through command and then args.

    Of a script it is the whole script.
    """
    script = program.script
    if script is not None:
        found = any(any(_secrets(command)) for command in commands(script.statements))
        return frozenset({program.argv.index(script.text)}) if found else frozenset()
    if program.is_shell:
        return frozenset()
    # Without a command the image's own program stands before the args.
    words = program.argv or ("", *(arg or "" for arg in container.raw.get("args") or ()))
    secrets = set(_secrets(Command(tuple(Word(text) for text in words))))
    return frozenset(i for i, text in enumerate(words[0 if program.argv else 1 :]) if text in secrets)


def _secrets(command: Command) -> Iterator[str]:
    """Give the words of a command that hold a secret."""
    for name, value in command.assignments:
        if value.is_literal and is_named_secret(name, value.text):
            yield value.text
    it = inner(command)
    yield from _in_long_flags(it)
    yield from _in_short_flags(it)


def _in_long_flags(it: Inner) -> Iterator[str]:
    for index, word in enumerate(it.words):
        name, equals, value = word.text.partition("=")
        if not name.startswith("-") or not word.is_literal:
            continue
        if equals and is_named_secret(name, value):
            yield word.text
        elif not equals and index + 1 < len(it.words):
            after = it.words[index + 1]
            if after.is_literal and not after.text.startswith("-") and is_named_secret(name, after.text):
                yield after.text


def _in_short_flags(it: Inner) -> Iterator[str]:
    flag = _ATTACHED.get(it.name)
    for word in it.words:
        if flag and word.is_literal and word.text.startswith(flag) and is_password(word.text[len(flag) :]):
            yield word.text
    for flags in (_SEPARATE.get(it.name, ()), _USER_AND_PASSWORD.get(it.name, ())):
        value = it.value_of(*flags) if flags else None
        if value is None or not value.is_literal:
            continue
        secret = value.text.partition(":")[2] if it.name in _USER_AND_PASSWORD else value.text
        if is_password(secret):
            yield value.text
