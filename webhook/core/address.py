"""An address as a policy writes it: `tcp://mydb:5432`, `dns://myservice`, `https://host/healthz`.

Kept to printable ASCII, as RFC 3986 has it, so that it can neither break a line nor be taken for an option.
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Self

from webhook.core.errors import OptionsError

_PRINTABLE = re.compile(r"[!-~]+")
_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)")
_AUTHORITY = re.compile(r"(?:(?P<user>.*)@)?(?P<host>\[[^\[\]]*\]|[^:\[\]]*)(?P<colon>:(?P<port>.*))?")
# Looser than RFC 1123: names with underscores do resolve. Never a dash in front: programs take that for an option.
_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_LONGEST_NAME = 253
_LONGEST_ADDRESS = 2048
_HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts; `user` holds name and password, `port` is None where none is written.

    `host` keeps the brackets of an IPv6 address; `rest` is path, query and fragment, with their marks.
    """

    scheme: str
    host: str
    port: int | None = None
    rest: str = ""
    user: str = ""

    @classmethod
    def parse(cls, text: str, *, schemes: tuple[str, ...], field: str) -> Self:
        """Read an address of one of these schemes.

        Raises:
            OptionsError: it cannot be one; names `field` and never repeats a password.
        """
        if not _PRINTABLE.fullmatch(text) or len(text) > _LONGEST_ADDRESS:
            raise OptionsError(
                f"an address is 1 to {_LONGEST_ADDRESS} printable ASCII characters without spaces;"
                " write others percent-encoded",
                field=field,
            )
        parts = _PARTS.fullmatch(text)
        scheme = parts[1].lower() if parts else ""
        if not parts or scheme not in schemes:
            known = ", ".join(f"{known}://" for known in schemes)
            raise OptionsError(f"the address must begin with one of {known}", field=field)
        authority = _AUTHORITY.fullmatch(parts[2])
        if not authority:
            raise OptionsError("the host is not written as name, name:port, [IPv6] or [IPv6]:port", field=field)
        port = _port(authority["port"], field) if authority["colon"] else None
        return cls(scheme, _host(authority["host"], field), port, parts[3], authority["user"] or "")

    @property
    def is_ip(self) -> bool:
        """Whether the host is an IP address and no name."""
        return self.host.startswith("[") or _is_ipv4(self.host)

    @property
    def path(self) -> str:
        """The path alone, as it is written."""
        return re.split(r"[?#]", self.rest, maxsplit=1)[0]

    @property
    def shown(self) -> str:
        """The address as it may stand in a log: without user, query and fragment, where secrets are."""
        port = "" if self.port is None else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.path}"


def _port(text: str, field: str) -> int:
    number = int(text) if re.fullmatch(r"[0-9]{1,5}", text) else 0
    if not 0 < number <= _HIGHEST_PORT:
        raise OptionsError(f"{text!r} is no port; a port is a number from 1 to {_HIGHEST_PORT}", field=field)
    return number


def _host(text: str, field: str) -> str:
    if not text:
        raise OptionsError("the address names no host", field=field)
    if text.startswith("["):
        try:
            IPv6Address(text[1:-1])
        except AddressValueError as error:
            raise OptionsError(f"{text} is no IPv6 address", field=field) from error
        return text
    name = text.removesuffix(".")
    if len(name) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise OptionsError(f"{text!r} is no host name", field=field)
    if re.fullmatch(r"[0-9.]+", name) and not _is_ipv4(text):
        raise OptionsError(f"{text!r} is neither a host name nor an IPv4 address", field=field)
    return text


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True
