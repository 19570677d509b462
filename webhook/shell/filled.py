"""Whether a container only writes into a folder, and never reads there what it wrote."""

from itertools import chain

from webhook.core.pod import Container
from webhook.shell.inner import Inner, inner
from webhook.shell.program import Program, program_of
from webhook.shell.script import Loop, Redirect, Word, commands, walk
from webhook.shell.starter import ELSEWHERE

_OUT = frozenset({">", ">>", "&>", "&>>", ">|"})
# The last word is where it goes to.
_LAST_IS_TARGET = frozenset({"cp", "mv", "install", "rsync", "ln", "git", "gsutil", "aws", "mc", "rclone", "oras"})
# The value of one of these flags is where it goes to.
_FLAG_IS_TARGET = {
    "wget": ("-O", "-P", "--output-document", "--directory-prefix"),
    "curl": ("-o", "--output", "--output-dir"),
    "tar": ("-C", "--directory"),
    "unzip": ("-d",),
    "cp": ("-t", "--target-directory"),
}
_ALL_ARE_TARGETS = frozenset({"tee"})
# They prepare a folder or say what is in it; nothing of it is used.
_NEUTRAL = frozenset(
    {"mkdir", "touch", "chmod", "chown", "chgrp", "ls", "echo", "printf", "du", "test", "[", "rm", "sync"}
)


def only_fills(container: Container, folder: str) -> bool:
    """Say whether the command of a container certainly writes below a folder and uses nothing from there.

    False where its command is not known, and where its working directory, a variable or a `cd` may lead there.
    """
    program = program_of(container)
    if not program.statements or _may_be_there_anyway(container, program, folder):
        return False
    fills = False
    for node in walk(program.statements):
        if isinstance(node, Loop) and any(folder in word.text for word in node.values):
            return False
    for command in commands(program.statements):
        it = inner(command)
        named = [
            word for word in chain(command.words, (value for _, value in command.assignments)) if folder in word.text
        ]
        if any(_reads(one, it.name, folder) for one in command.redirects):
            return False
        fills = fills or any(_is_below(one.target, folder) for one in command.redirects)
        if not named or (it.name in _NEUTRAL and all(_is_plain(word) for word in named)):
            continue
        targets = [word for word in _targets(it) if _is_below(word, folder)]
        if not targets or len(targets) != len(named):
            return False
        fills = True
    return fills


def _may_be_there_anyway(container: Container, program: Program, folder: str) -> bool:
    if (container.raw.get("workingDir") or "").startswith(folder):
        return True
    if any(folder in (one.get("value") or "") for one in container.items("env")):
        return True
    text = program.script.text if program.script is not None else None
    return text is not None and any(folder in word for word in program.argv if word != text)


def _reads(redirect: Redirect, name: str, folder: str) -> bool:
    # What stands in a here-document may be a program of its own, unless it is only handed on.
    if redirect.operator == "<<":
        return name not in ("cat", "tee")
    return folder in redirect.target.text and redirect.operator not in _OUT


def _targets(it: Inner) -> list[Word]:
    if not ELSEWHERE.isdisjoint(it.starters):
        return []
    if (flags := _FLAG_IS_TARGET.get(it.name)) and (value := it.value_of(*flags)) is not None:
        return [value]
    if it.name in _LAST_IS_TARGET and len(it.operands) > 1:
        return [it.operands[-1]]
    return list(it.operands) if it.name in _ALL_ARE_TARGETS else []


def _is_plain(word: Word) -> bool:
    """Say whether nothing is run within the word."""
    return "$(" not in word.text and "`" not in word.text


def _is_below(word: Word, folder: str) -> bool:
    return _is_plain(word) and (word.text == folder or word.text.startswith(folder + "/"))
