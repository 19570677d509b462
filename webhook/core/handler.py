"""The handler of a probe or of a lifecycle hook: the one thing that Kubernetes is to run, call or wait for.

Of several handlers only the first is examined, in a fixed order; each further one is forbidden. Source: kubernetes
`pkg/apis/core/validation`: validateHandler.
"""

from collections.abc import Callable

from webhook.core.fault import Fault, all_invalid, forbidden, invalid, not_supported, required
from webhook.core.names import http_header_faults, port_name_faults
from webhook.core.pod import Raw
from webhook.core.port import HIGHEST_PORT

_PROBE_ORDER = ("exec", "httpGet", "tcpSocket", "grpc")
_HOOK_ORDER = ("exec", "httpGet", "tcpSocket", "sleep")
_SCHEMES = ("HTTP", "HTTPS")


def probe_handler_faults(probe: Raw) -> list[Fault]:
    """Give each fault of a probe's handler."""
    return _faults(probe, _PROBE_ORDER)


def hook_faults(hook: Raw, grace_seconds: int) -> list[Fault]:
    """Give each fault of a postStart or preStop handler in a Pod that is given this long to end."""
    faults = _faults(hook, _HOOK_ORDER)
    if hook.get("sleep") is None or any(hook.get(kind) is not None for kind in _HOOK_ORDER[:-1]):
        return faults
    seconds = hook["sleep"].get("seconds") or 0
    if not 0 <= seconds <= grace_seconds:
        most = f"{grace_seconds} seconds, the terminationGracePeriodSeconds of the Pod"
        faults.append(invalid("sleep", f"must last no less than 0 and no more than {most}; {seconds} is neither"))
    return faults


def _faults(handler: Raw, order: tuple[str, ...]) -> list[Fault]:
    given = [kind for kind in order if handler.get(kind) is not None]
    if not given:
        return [required("", f"needs a handler, one of {', '.join(order)}")]
    first = given[0]
    faults = _EXAMINE[first](handler[first])
    for kind in given[1:]:
        faults.append(forbidden(kind, f"there is a handler already, {first}; keep one of the two"))
    return faults


def _exec_faults(action: Raw) -> list[Fault]:
    return [] if action.get("command") else [required("exec.command", "needs a command to run")]


def _http_faults(action: Raw) -> list[Fault]:
    faults = _port_faults("httpGet.port", action.get("port"))
    # An empty scheme is defaulted to HTTP, an empty path to `/`.
    scheme = action.get("scheme") or "HTTP"
    if scheme not in _SCHEMES:
        faults.append(not_supported("httpGet.scheme", scheme, _SCHEMES))
    for header in action.get("httpHeaders") or ():
        name = (header or {}).get("name") or ""
        # Kubernetes leaves out which header it is.
        faults += all_invalid("httpGet.httpHeaders", f"the header name {name!r}", http_header_faults(name))
    return faults


def _port_faults(path: str, port: int | str | None) -> list[Fault]:
    """A name that no port of the container carries is fine with Kubernetes; only its spelling counts."""
    if isinstance(port, str):
        return all_invalid(path, f"the port name {port!r}", port_name_faults(port))
    if 0 < (port or 0) <= HIGHEST_PORT:
        return []
    return [invalid(path, f"must be a port from 1 to {HIGHEST_PORT} or the name of one, not {port or 0}")]


_EXAMINE: dict[str, Callable[[Raw], list[Fault]]] = {
    "exec": _exec_faults,
    "httpGet": _http_faults,
    "tcpSocket": lambda action: _port_faults("tcpSocket.port", action.get("port")),
    "grpc": lambda action: _port_faults("grpc.port", action.get("port")),
    # How long it may sleep depends on the Pod.
    "sleep": lambda _: [],
}
