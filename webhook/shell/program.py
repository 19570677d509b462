"""What a container starts: a program with its arguments, or a shell with a script."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

from webhook.core.pod import Container
from webhook.shell.cache import Cache
from webhook.shell.script import Command, Node_, Script, Word, parse_script
from webhook.shell.starter import is_starter, without_starters

_SHELLS = frozenset({"sh", "bash", "ash", "dash", "ksh", "zsh"})
# Options of a shell that take a file.
_WITH_FILE = frozenset({"--rcfile", "--init-file"})
# Kubernetes' own references, and the dollar that it makes of two.
_REFERENCE = re.compile(r"\$(?:\$|\(([^()$]*)\))")


@dataclass(frozen=True, slots=True)
class Program:
    """What a container runs, as far as its manifest says.

    `argv` is command and args together, as they are written; empty where the image decides. `script` is what a shell
    was given to run, None where there is no shell or its text cannot be parsed; in its tree, Kubernetes' own references
    to variables that the manifest defines stand as `${NAME}`. `errexit` says that the shell was started with -e;
    `starters` are the names of what starts it, outermost first (`timeout`, `tini`, `env` …).
    """

    argv: tuple[str, ...]
    script: Script | None = None
    is_shell: bool = False
    errexit: bool = False
    starters: tuple[str, ...] = ()

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
        return (Command(tuple([_word(text) for text in self.argv])),)


_UNKNOWN = Program(())
# Characters of commands and args whose programs are kept.
_CACHE: Cache[Program] = Cache(256 * 1024)


def program_of(container: Container) -> Program:
    """Read what a container runs; without a command the image decides, and nothing is said."""
    command = container.raw.get("command") or ()
    if not command:
        return _UNKNOWN
    argv = tuple([text or "" for text in (*command, *(container.raw.get("args") or ()))])
    key = "\0".join(argv)
    # What Kubernetes fills in depends on the variables of the container; a NUL can stand in no argument.
    if "$(" in key or "$$" in key or key.count("\0") >= len(argv):
        return _read(argv, {one.get("name") for one in container.items("env")})
    return _CACHE.get(key, lambda _: _read(argv, frozenset()))


def _read(argv: tuple[str, ...], variables: AbstractSet[str | None]) -> Program:
    words: tuple[str, ...] = argv
    starters: tuple[str, ...] = ()
    if is_starter(argv[0].rpartition("/")[2]):
        words, starters = _unwrapped(argv)
    if not words or words[0].rpartition("/")[2] not in _SHELLS:
        return Program(argv, starters=starters)
    text, options = _options(words[1:])
    script = _script(text, variables) if text is not None else None
    errexit = "e" in options or "errexit" in options
    return Program(argv, script, is_shell=True, errexit=errexit, starters=starters)


def _unwrapped(argv: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words, starters = without_starters([Word(text) for text in argv])
    return tuple([word.text for word in words]), tuple(starters)


def _script(text: str, variables: AbstractSet[str | None]) -> Script | None:
    """Read a script, after doing what the kubelet does before the container starts; it keeps the text as written."""
    if "$$" not in text and "$(" not in text:
        return parse_script(text)
    script = parse_script(_REFERENCE.sub(lambda found: _replaced(found, variables), text))
    return script if script is None or script.text == text else replace(script, text=text)


def _options(args: tuple[str, ...]) -> tuple[str | None, set[str]]:
    """Give the script that follows `-c`, None without it, and the options of a shell: letters, and names after `-o`."""
    options: set[str] = set()
    at = 0
    while at < len(args) and args[at][:1] in ("-", "+") and len(args[at]) > 1:
        flag = args[at]
        at += 1
        if flag == "--":
            break
        if flag.startswith("--"):
            at += flag in _WITH_FILE
        elif flag[0] == "-":
            options.update(flag[1:])
            if flag[-1] == "o" and at < len(args):
                options.add(args[at])
                at += 1
        else:
            options.difference_update(flag[1:])
            at += flag[-1] == "o"
    return (args[at] if at < len(args) and "c" in options else None), options


def _replaced(found: re.Match[str], variables: AbstractSet[str | None]) -> str:
    if found.group() == "$$":
        return "$"
    return "${" + found[1] + "}" if found[1] in variables else found.group()


def _word(text: str) -> Word:
    """Make a word of an argument that no shell sees; what the kubelet fills in is not known."""
    return Word(text, is_literal="$(" not in text)


def size_of_texts(containers: tuple[Container, ...]) -> int:
    """Give how many characters the commands and args of containers hold, whatever they are."""
    texts = (chain(one.raw.get("command") or (), one.raw.get("args") or ()) for one in containers)
    return sum(len(text or "") for text in chain.from_iterable(texts))
