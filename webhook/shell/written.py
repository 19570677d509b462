"""The files and folders that a command writes to, where its own words say so."""

from collections.abc import Callable, Iterable, Iterator

from webhook.shell.inner import Inner
from webhook.shell.tree import Word

# The value of one of these flags is where it writes to.
_BY_FLAG: dict[str, tuple[str, ...]] = {
    "wget": ("-O", "--output-document", "-P", "--directory-prefix"),
    "curl": ("-o", "--output", "--output-dir"),
    "unzip": ("-d",),
}
_TO_FOLDER = ("-t", "--target-directory")


def written(it: Inner) -> Iterator[Word]:
    """Give each path that a command certainly writes to, or whose owner or mode it changes."""
    for redirect in it.command.redirects:
        if redirect.writes:
            yield redirect.target
    yield from _by_flag(it)
    if (by_operand := _BY_OPERAND.get(it.name)) is not None:
        yield from by_operand(it)


def _by_flag(it: Inner) -> Iterator[Word]:
    if it.name == "tar":
        yield from _by_tar(it)
        return
    for flag in _BY_FLAG.get(it.name, ()):
        if (value := it.value_of(flag)) is not None:
            yield value


def _by_tar(it: Inner) -> Iterator[Word]:
    """Give where tar unpacks to; `tar xzf a.tgz -C /data` and `tar -xzf` alike."""
    first = it.args[0] if it.args else ""
    unpacks = it.has_flag("--extract", "--get") or (not first.startswith("--") and "x" in first)
    folder = it.value_of("-C", "--directory") if unpacks else None
    if folder is not None:
        yield folder


def _all(it: Inner) -> Iterable[Word]:
    return it.operands


def _all_but_first(it: Inner) -> Iterable[Word]:
    return () if it.has_flag("--reference") else it.operands[1:]


def _last(it: Inner) -> Iterable[Word]:
    """Give where files are copied or moved to."""
    folder = it.value_of(*_TO_FOLDER)
    if folder is not None:
        return (folder,)
    return it.operands[-1:] if len(it.operands) > 1 else ()


def _link(it: Inner) -> Iterable[Word]:
    return it.operands[-1:] if len(it.operands) > 1 else ()


def _without_mode(it: Inner) -> Iterable[Word]:
    mode = it.value_of("-m", "--mode")
    return [word for word in it.operands if word is not mode]


def _in_place(it: Inner) -> Iterable[Word]:
    if not it.has_flag("-i", "--in-place"):
        return ()
    return [word for word in it.operands[1:] if word.text.startswith("/")]


def _cloned(it: Inner) -> Iterable[Word]:
    return it.operands[2:3] if it.args[:1] == ("clone",) else ()


_BY_OPERAND: dict[str, Callable[[Inner], Iterable[Word]]] = {
    "chgrp": _all_but_first,
    "chmod": _all_but_first,
    "chown": _all_but_first,
    "cp": _last,
    "git": _cloned,
    "install": _last,
    "ln": _link,
    "mkdir": _without_mode,
    "mv": _last,
    "sed": _in_place,
    "tee": _all,
    "touch": _all,
    "truncate": _all,
}


def is_silent(it: Inner) -> bool:
    """Say whether nobody is to hear what a command complains of."""
    return any(
        redirect.target.text == "/dev/null" and (redirect.descriptor == "2" or redirect.operator in ("&>", "&>>"))
        for redirect in it.command.redirects
    ) or any(
        redirect.operator == ">&" and redirect.descriptor == "2" and _is_discarded(it)
        for redirect in it.command.redirects
    )


def _is_discarded(it: Inner) -> bool:
    return any(
        redirect.writes and redirect.target.text == "/dev/null" and redirect.descriptor in ("", "1")
        for redirect in it.command.redirects
    )
