"""Commands that ask something over the network once, and fail when it does not answer."""

import re

from webhook.shell.inner import Inner

# With the flags that make them try again, or not ask at all.
_TRIES: dict[str, tuple[str, ...]] = {
    "curl": ("--retry", "--retry-connrefused", "--retry-all-errors", "--version", "--help", "--config", "-K"),
    "wget": ("-t", "--tries", "--retry-connrefused", "--retry-on-host-error", "--retry-on-http-error", "--version"),
    "nc": ("-l", "-U", "-h"),
    "ncat": ("-l", "-U", "-h"),
    "nslookup": (),
    "telnet": (),
    "pg_isready": (),
}
_GIT = frozenset({"clone", "fetch", "pull", "ls-remote"})
# Flags of git before its command that take a value.
_GIT_VALUES = frozenset({"-C", "-c", "--git-dir", "--work-tree"})
_LOCAL = re.compile(r"(?:^|[/@])(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)(?=[:/]|$)|^file:")


def calls_once(it: Inner) -> bool:
    """Say whether a command needs an answer from another host and has one try only.

    What talks to the Pod itself, and whatever tries again by itself (pip, apt, npm, aws …), is left out.
    """
    if any(_LOCAL.search(word.text) for word in it.words):
        return False
    if it.name == "git":
        return _git_command(it) in _GIT and any(_is_remote(word.text) for word in it.words)
    flags = _TRIES.get(it.name)
    return flags is not None and bool(it.operands) and not it.has_flag(*flags)


def _git_command(it: Inner) -> str:
    words = iter(it.args)
    for word in words:
        if word in _GIT_VALUES:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def _is_remote(text: str) -> bool:
    return "://" in text or "@" in text
