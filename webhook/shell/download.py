"""Files that a container's command fetches over the network and keeps or runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from webhook.shell.inner import Inner, inner
from webhook.shell.program import Program
from webhook.shell.script import Command, Pipeline, walk

_URL = re.compile(r"[a-z]+://", re.IGNORECASE)
_HOST = re.compile(r"[a-z]+://(?:[^/@\s]*@)?(\[[^\]]*\]|[^/:\s?#]*)", re.IGNORECASE)
# Without a scheme wget takes the first part for a host: it has a dot, and a path behind it.
_BARE = re.compile(r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::[0-9]+)?/", re.IGNORECASE)
# What a stream is unpacked or run by; anything else only looks at it.
_TAKERS = frozenset(
    {"ash", "bash", "bunzip2", "cpio", "dash", "dd", "gunzip", "gzip", "node", "perl", "python", "python3", "sh", "tar"}
    | {"tee", "unxz", "unzip", "xz", "zcat", "zstd"}
)
_NOWHERE = frozenset({"/dev/null", "-", "/dev/stdout", "/proc/self/fd/1"})
# A question to a service, or something sent there, brings no file.
_CURL_ASKS = (
    "-d",
    "--data",
    "--data-raw",
    "--data-binary",
    "--data-urlencode",
    "-F",
    "--form",
    "-T",
    "--upload-file",
    "-I",
)
_CURL_METHODS = ("-X", "--request")
_WGET_ASKS = ("--spider", "--post-data", "--post-file", "--method")
# Names that only the cluster, the node or the cloud's own network has.
_INSIDE = re.compile(r"\.(?:svc|local|internal|localhost|localdomain|lan|test)\.?$|\.svc\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Download:
    """One file that is fetched: `url` as it is written, and the program that fetches it."""

    url: str
    program: str

    @property
    def host(self) -> str:
        """The host of its address, without brackets; empty where an expansion decides."""
        match = _HOST.match(self.url)
        host = match[1].strip("[]") if match else self.url.partition("/")[0]
        return "" if "$" in host or "`" in host else host

    @property
    def is_plain(self) -> bool:
        """Whether it comes over http without TLS."""
        return self.url.lower().startswith("http://")

    @property
    def is_from_outside(self) -> bool:
        """Whether the host certainly stands outside the cluster; False where it is not known."""
        host = self.host
        if not host or ("." not in host and ":" not in host) or _INSIDE.search(host):
            return False
        try:
            return ip_address(host).is_global
        except ValueError:
            return True


def downloads(program: Program) -> Iterator[Download]:
    """Give what curl and wget fetch and keep, unpack or run, in order; an address that is not written out is left out."""
    nodes = list(walk(program.statements))
    taken = {id(one) for node in nodes if isinstance(node, Pipeline) for one in _taken_by_next(node)}
    for node in nodes:
        if isinstance(node, Command) and node.words:
            it = inner(node)
            if _keeps(it, is_taken=id(node) in taken) and (url := _url(it)):
                yield Download(url, it.name)


def _taken_by_next(pipeline: Pipeline) -> Iterator[Command]:
    for one, following in zip(pipeline.parts, pipeline.parts[1:], strict=False):
        if isinstance(one, Command) and isinstance(following, Command) and inner(following).name in _TAKERS:
            yield one


def _keeps(it: Inner, *, is_taken: bool) -> bool:
    match it.name:
        case "curl":
            return not _curl_asks(it) and (is_taken or _is_redirected(it) or _curl_writes(it))
        case "wget":
            return not it.has_flag(*_WGET_ASKS) and (is_taken or _is_redirected(it) or _wget_writes(it))
        case _:
            return False


def _curl_asks(it: Inner) -> bool:
    method = it.value_of(*_CURL_METHODS)
    return it.has_flag(*_CURL_ASKS) or (method is not None and method.text.upper() != "GET")


def _curl_writes(it: Inner) -> bool:
    if it.has_flag("-O", "--remote-name", "--remote-name-all"):
        return True
    target = it.value_of("-o", "--output")
    return target is not None and target.text not in _NOWHERE


def _wget_writes(it: Inner) -> bool:
    target = it.value_of("-O", "--output-document")
    return target is None or target.text not in _NOWHERE


def _is_redirected(it: Inner) -> bool:
    return any(
        one.writes and one.descriptor in ("", "1") and one.target.text not in _NOWHERE for one in it.command.redirects
    )


def _url(it: Inner) -> str:
    """Give the address: the word that has a scheme, for wget also one that begins with a host; empty where none does."""
    for word in it.words:
        if _URL.match(word.text):
            return word.text
    bare = (word.text for word in it.operands if it.name == "wget" and _BARE.match(word.text))
    return next((f"http://{text}" for text in bare), "")
