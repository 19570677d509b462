"""Commands that take any certificate for the right one."""

import re
from collections.abc import Iterator

from webhook.shell.inner import Inner, inner
from webhook.shell.program import Program
from webhook.shell.remembered import remembered
from webhook.shell.tree import AndOr, Branch, Command, Loop, Node_, Pipeline, walk

# Flags that switch the check off, by program.
_FLAGS: dict[str, tuple[str, ...]] = {
    "aria2c": ("--check-certificate=false",),
    "argocd": ("--insecure",),
    "aws": ("--no-verify-ssl",),
    "buildah": ("--tls-verify=false",),
    "crane": ("--insecure",),
    "curl": ("-k", "--insecure"),
    "helm": ("--insecure-skip-tls-verify", "--kube-insecure-skip-tls-verify"),
    "kubectl": ("--insecure-skip-tls-verify",),
    "mc": ("--insecure",),
    "oc": ("--insecure-skip-tls-verify",),
    "pip": ("--trusted-host",),
    "pip3": ("--trusted-host",),
    "podman": ("--tls-verify=false",),
    "rclone": ("--no-check-certificate",),
    "skopeo": ("--tls-verify=false", "--src-tls-verify=false", "--dest-tls-verify=false"),
    "vault": ("-tls-skip-verify", "--tls-skip-verify"),
    "wget": ("--no-check-certificate",),
}
# Settings that keep it off, as the words of a command.
_SETTINGS = {
    "git": re.compile(r"\bhttp\.(?:\S+\.)?sslverify[= ]+(?:false|0|no|off)\b", re.IGNORECASE),
    "npm": re.compile(r"\bstrict-ssl[= ]+false\b"),
    "yarn": re.compile(r"\bstrict-ssl[= ]+false\b"),
    "pnpm": re.compile(r"\bstrict-ssl[= ]+false\b"),
}
_PYTHON = re.compile(r"python[0-9.]*")
# Of a call that only asks whether somebody is there, nothing is believed.
_LOCAL = re.compile(r"(?:[a-z]+://)?(?:[^/@]*@)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)", re.IGNORECASE)
_PLAIN_HTTP = re.compile(r"http://", re.IGNORECASE)
_URL = re.compile(r"(?:-[^=]*=)?((?:[a-z]+://|localhost\b|127\.).*)", re.IGNORECASE | re.DOTALL)
# A flag of curl that takes no value may stand before others: `-fsSLk`.
_CURL_K = re.compile(r"-[0-46aBfgGiIjJklLMnNOpqRsSvVZ#:]*k.*")
_GIVES = {
    "curl": (
        *("-u", "--user", "-d", "--data", "--data-raw", "--data-binary", "-F", "--form", "-T", "--upload-file"),
        *("-b", "--cookie", "--oauth2-bearer", "-n", "--netrc", "--json"),
    ),
    "wget": ("--user", "--password", "--http-user", "--http-password", "--post-data", "--post-file"),
}
_SECRET_HEADER = re.compile(
    r"(?:-H|--header=)?[A-Za-z-]*(?:auth|token|key|cookie|secret|password)[A-Za-z-]*:", re.IGNORECASE
)
_NOWHERE = frozenset({"/dev/null"})


@remembered
def unchecked(program: Program) -> str:
    """Give the setting with which a program first takes any certificate; empty where it checks them.

    A call of the Pod itself, and one of which nothing is kept and nothing is given to, does no harm.
    """
    text = program.script.text if program.script is not None else " ".join(program.argv)
    if _HINT.search(text) is None:
        return ""
    asked = set(map(id, _only_asked(program.statements)))
    for node in walk(program.statements):
        if isinstance(node, Command) and (found := _in_command(inner(node), is_asked=id(node) in asked)):
            return found
    return ""


def unchecked_by_env(name: str, value: str) -> bool:
    """Say whether an environment variable switches the check off in programs that look at it."""
    match name:
        case "GIT_SSL_NO_VERIFY":
            # git asks only whether it is set.
            return True
        case "NODE_TLS_REJECT_UNAUTHORIZED" | "PYTHONHTTPSVERIFY":
            return value.strip() == "0"
        case "NPM_CONFIG_STRICT_SSL" | "npm_config_strict_ssl":
            return value.strip().lower() == "false"
        case _:
            return False


_HINT = re.compile(
    r"curl|--no-check|insecure|sslverify|SSL_NO_VERIFY|TLS_REJECT|HTTPSVERIFY|trusted-host|strict.ssl"
    r"|tls-verify|tls-skip|no-verify-ssl|check-certificate",
    re.IGNORECASE,
)


def _in_command(it: Inner, *, is_asked: bool) -> str:
    for name, value in _variables(it):
        if unchecked_by_env(name, value):
            return name
    name = "pip" if _PYTHON.fullmatch(it.name) and it.args[:2] == ("-m", "pip") else it.name
    flag = next((flag for flag in _FLAGS.get(name, ()) if _is_set(it, flag)), "")
    if flag:
        return "" if _does_no_harm(it, is_asked=is_asked) else f"{name} {flag}"
    setting = _SETTINGS.get(name)
    found = setting.search(" ".join(it.args)) if setting else None
    return f"{name} {found.group()}" if found else ""


def _variables(it: Inner) -> Iterator[tuple[str, str]]:
    """Give the variables that a command sets for itself, or exports; `env A=b` too."""
    for name, word in it.command.assignments:
        if word.is_literal:
            yield name, word.text
    if "env" in it.starters:
        for word in it.command.words:
            name, equals, value = word.text.partition("=")
            if equals and word.is_literal:
                yield name, value


def _is_set(it: Inner, flag: str) -> bool:
    if flag == "-k":
        return any(_CURL_K.fullmatch(arg) for arg in it.args)
    if "=" in flag or not flag.startswith("--"):
        return flag in it.args
    return it.has_flag(flag) and not any(f"{flag}={no}" in it.args for no in ("false", "0", "no"))


def _does_no_harm(it: Inner, *, is_asked: bool) -> bool:
    urls = [found[1] for word in it.words if (found := _URL.fullmatch(word.text))]
    if urls and all(_LOCAL.match(url) for url in urls):
        return True
    if urls and all(_PLAIN_HTTP.match(url) for url in urls) and not it.has_flag("-L", "--location"):
        return True
    return it.name in _GIVES and not _gives(it) and _is_thrown_away(it, is_asked=is_asked)


def _gives(it: Inner) -> bool:
    return it.has_flag(*_GIVES[it.name]) or any(_SECRET_HEADER.match(arg) for arg in it.args)


def _is_thrown_away(it: Inner, *, is_asked: bool) -> bool:
    """Say whether nobody looks at what comes back."""
    if it.has_flag("--spider"):
        return True
    flags = ("-O", "--output-document") if it.name == "wget" else ("-o", "--output")
    target = it.value_of(*flags)
    if target is not None:
        return target.text in _NOWHERE or (target.text == "-" and is_asked)
    if it.name == "wget" or it.has_flag("-O", "--remote-name"):
        return False
    discards = any(one.writes and one.target.text in _NOWHERE and one.descriptor != "2" for one in it.command.redirects)
    return discards or (is_asked and not any(one.writes for one in it.command.redirects))


def _only_asked(nodes: tuple[Node_, ...]) -> Iterator[Command]:
    """Give the commands of which only success or failure counts: conditions, what stands before `&&` and `||`."""
    for node in walk(nodes):
        match node:
            case Loop():
                yield from _direct(node.condition)
            case Branch(kind="if"):
                yield from _direct(tuple(one for condition in node.conditions for one in condition))
            case AndOr():
                yield from _direct((node.left,))
            case _:
                pass


def _direct(nodes: tuple[Node_, ...]) -> Iterator[Command]:
    for node in nodes:
        if isinstance(node, Command):
            yield node
        elif isinstance(node, Pipeline) and len(node.parts) == 1:
            yield from _direct(node.parts)
        elif isinstance(node, AndOr):
            yield from _direct((node.left, node.right))
