"""Programs that stay for ever when they are started in the foreground, as far as their own words say so."""

import re
from collections.abc import Callable

from webhook.shell.inner import Inner

# A sleep of a day and more is nobody's pause.
_LONG_SECONDS = 86400
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"([0-9]+)(?:\.[0-9]+)?([smhd]?)")
_ASKS = ("--help", "--version", "-h", "-v", "-V")
# Servers, with the flags with which they do something else and end.
_SERVERS: dict[str, tuple[str, ...]] = {
    "redis-server": ("--daemonize", "--test-memory", "--check-system"),
    "memcached": ("-d",),
    "mongod": ("--fork", "--shutdown", "--repair"),
    "vsftpd": (),
    "dockerd": ("--validate",),
}
# Those that need to be told that they stay.
_IN_FOREGROUND: dict[str, tuple[str, ...]] = {
    "apachectl": ("-DFOREGROUND", "FOREGROUND"),
    "apache2ctl": ("-DFOREGROUND", "FOREGROUND"),
    "httpd": ("-DFOREGROUND", "FOREGROUND"),
    "apache2": ("-DFOREGROUND",),
    "crond": ("-f",),
    "sshd": ("-D",),
    "php-fpm": ("-F", "--nodaemonize"),
    "supervisord": ("-n", "--nodaemon"),
}
_PYTHON = re.compile(r"python[0-9.]*")


def stays(it: Inner) -> bool:
    """Say whether a command never ends by itself; a `timeout` before it ends it."""
    if "timeout" in it.starters or it.has_flag(*_ASKS):
        return False
    if it.name in _SERVERS:
        return not it.has_flag(*_SERVERS[it.name])
    if it.name in _IN_FOREGROUND:
        return any(flag in it.args for flag in _IN_FOREGROUND[it.name])
    if _PYTHON.fullmatch(it.name):
        return it.args[:2] in (("-m", "http.server"), ("-m", "SimpleHTTPServer"))
    judge = _BY_NAME.get(it.name)
    return judge is not None and judge(it)


def _is_long(it: Inner) -> bool:
    if "infinity" in it.args or "inf" in it.args:
        return True
    found = [_DURATION.fullmatch(arg) for arg in it.args]
    return sum(int(one[1]) * _SECONDS[one[2]] for one in found if one) >= _LONG_SECONDS


def _nginx_stays(it: Inner) -> bool:
    return any("daemon off;" in arg for arg in it.args) and not it.has_flag("-t", "-T", "-s")


def _kubectl_stays(it: Inner) -> bool:
    return it.args[:1] in (("proxy",), ("port-forward",))


_BY_NAME: dict[str, Callable[[Inner], bool]] = {"sleep": _is_long, "nginx": _nginx_stays, "kubectl": _kubectl_stays}
