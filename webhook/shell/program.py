"""What a container starts: a program with its arguments, or a shell with a script."""

import re
from dataclasses import dataclass

from webhook.core.pod import Container
from webhook.shell.script import Command, Node_, Script, Word, parse_script

_SHELLS = frozenset({"sh", "bash", "ash", "dash", "busybox", "ksh", "zsh"})
# -c, also within -ec, -exc, -euxo pipefail -c …
_DASH_C = re.compile(r"-[A-Za-z]*c")
_DASH_E = re.compile(r"-[A-Za-z]*e[A-Za-z]*")


@dataclass(frozen=True, slots=True)
class Program:
    """What a container runs, as far as its manifest says.

    `argv` is command and args together; empty where the image decides. `script` is what a shell was given to run, None
    where there is no shell or its text cannot be parsed. `errexit` says that the shell was started with -e.
    """

    argv: tuple[str, ...]
    script: Script | None = None
    is_shell: bool = False
    errexit: bool = False

    @property
    def name(self) -> str:
        """The program without its folder; empty where the image decides."""
        return self.argv[0].rpartition("/")[2] if self.argv else ""

    @property
    def statements(self) -> tuple[Node_, ...]:
        """The statements of the script, or the one command that runs without a shell; nothing where neither is known."""
        if self.script is not None:
            return self.script.statements
        if self.is_shell or not self.argv:
            return ()
        return (Command(tuple(Word(text) for text in self.argv)),)


def program_of(container: Container) -> Program:
    """Read what a container runs; without a command the image decides, and nothing is said."""
    command = container.raw.get("command") or ()
    args = container.raw.get("args") or ()
    if not command:
        return Program(())
    argv = tuple(str(text) if text is not None else "" for text in (*command, *args))
    words = list(argv)
    while words and words[0].rpartition("/")[2] in ("busybox", "env", "exec", "tini", "--"):
        words.pop(0)
    if not words or words[0].rpartition("/")[2] not in _SHELLS:
        return Program(argv)
    flags = words[1:]
    for index, flag in enumerate(flags):
        if _DASH_C.fullmatch(flag) and index + 1 < len(flags):
            errexit = any(_DASH_E.fullmatch(one) for one in flags[: index + 1])
            return Program(argv, parse_script(flags[index + 1]), is_shell=True, errexit=errexit)
    return Program(argv, is_shell=True)
