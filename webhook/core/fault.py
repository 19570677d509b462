"""A fault of some part of a Pod, before a rule has put its code to it: what several rules share gives these."""

from collections.abc import Iterable
from typing import NamedTuple

from webhook.core.finding import ErrorType, Finding


class Fault(NamedTuple):
    """One fault; `path` is relative to the part that was looked at, and empty where it is that part itself."""

    type: ErrorType
    path: str
    message: str

    def below(self, parent: str) -> "Fault":
        """Give the same fault as seen from further up: `parent` is the way from there to the part."""
        return self._replace(path=_joined(parent, self.path))

    def at(self, place: str, code: str, container: str = "") -> Finding:
        """Give it as the finding of a rule, where the part that was looked at stands at `place`."""
        return Finding(code, self.type, self.path_from(place), self.message, container)

    def path_from(self, place: str) -> str:
        """Give the whole path, where the part that was looked at stands at `place`."""
        return _joined(place, self.path)


def _joined(parent: str, path: str) -> str:
    """Put two pieces of a path together; an index follows without a dot."""
    if not path:
        return parent
    return f"{parent}{path}" if path[0] == "[" else f"{parent}.{path}"


def required(path: str, message: str) -> Fault:
    """Give the fault of a field that is absent or empty."""
    return Fault(ErrorType.REQUIRED, path, message)


def invalid(path: str, message: str) -> Fault:
    """Give the fault of a value that cannot be."""
    return Fault(ErrorType.INVALID, path, message)


def forbidden(path: str, message: str) -> Fault:
    """Give the fault of a field that may not be there."""
    return Fault(ErrorType.FORBIDDEN, path, message)


def not_supported(path: str, value: str, supported: Iterable[str]) -> Fault:
    """Give the fault of a value outside a closed set, which the message lists."""
    message = f"unsupported value {value!r}; supported are {', '.join(supported)}"
    return Fault(ErrorType.NOT_SUPPORTED, path, message)


def all_invalid(path: str, what: str, faults: Iterable[str]) -> list[Fault]:
    """Give an Invalid for each line that `webhook.core.names` says of a text; `what` names the text."""
    return [Fault(ErrorType.INVALID, path, f"{what} {fault}") for fault in faults]
