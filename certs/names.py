"""The names that a server certificate speaks for: DNS names and IP addresses, never the common name."""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from cryptography import x509

from certs.errors import NamesError

CLUSTER_DOMAIN = "cluster.local"
# RFC 1035 section 2.3.4: 255 octets on the wire are 253 characters of text.
MAX_NAME_LENGTH = 253
# RFC 1123 section 2.1, in lower case as Kubernetes writes it: letters, digits and inner hyphens, at most 63.
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def parse_name(text: str) -> x509.DNSName | x509.IPAddress:
    """Read a name as a certificate carries it: an IP address if it is one, else a DNS name in lower case.

    A leading `*.` stands for exactly one label; a trailing dot is dropped, because certificates carry none.

    Raises:
        NamesError: the text is neither; the message says what is wrong with it.
    """
    address = _address(text)
    if address is not None:
        return x509.IPAddress(address)
    name = text.lower().removesuffix(".")
    fault = next(_faults(name), "")
    if fault:
        raise NamesError(f"{text!r} is no name for a certificate: {fault}")
    return x509.DNSName(name)


def parse_names(texts: Iterable[str]) -> list[x509.DNSName | x509.IPAddress]:
    """Read several names, in their order, each once.

    Raises:
        NamesError: there are none, or one of them is no name.
    """
    names = list(dict.fromkeys(parse_name(text) for text in texts))
    if not names:
        raise NamesError("A server certificate needs at least one name: the DNS name or IP address that clients call")
    return names


def service_names(service: str, namespace: str, *, cluster_domain: str = CLUSTER_DOMAIN) -> list[str]:
    """The four names of a Service inside its cluster, shortest first; the API server calls `<service>.<namespace>.svc`.

    Raises:
        NamesError: the service or the namespace is no DNS label, or the whole is too long.
    """
    for kind, label in (("service", service), ("namespace", namespace)):
        if not _LABEL.fullmatch(label):
            raise NamesError(
                f"{label!r} is no {kind} name: write at most 63 lower-case letters, digits and inner hyphens"
            )
    names = [
        service,
        f"{service}.{namespace}",
        f"{service}.{namespace}.svc",
        f"{service}.{namespace}.svc.{cluster_domain}",
    ]
    parse_names(names)
    return names


def covers(carried: str, wanted: str) -> bool:
    """Whether a DNS name in a certificate speaks for the wanted one; `*` stands for exactly one leftmost label."""
    own = carried.lower()
    _, _, parent = wanted.partition(".")
    return own == wanted or (bool(parent) and own == f"*.{parent}")


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that the text is; one with a zone (`fe80::1%eth0`) is none, since certificates carry no zone."""
    with suppress(ValueError):
        return None if "%" in text else ipaddress.ip_address(text)
    return None


def _faults(name: str) -> Iterator[str]:
    """What keeps the text from being a DNS name, the plainest first."""
    if not name:
        yield "it is empty"
    if not name.isascii():
        yield "write names outside ASCII in their xn-- form"
    if set("/:%") & set(name):
        yield "give the bare host name or IP address, without scheme, port, path or zone"
    if len(name) > MAX_NAME_LENGTH:
        yield f"it has {len(name)} characters, at most {MAX_NAME_LENGTH} fit"
    labels = name.removeprefix("*.").split(".")
    if labels[-1].isdigit():
        yield "it ends in a number and yet is no IP address"
    for label in labels:
        if not _LABEL.fullmatch(label):
            yield f"the part {label!r} is not 1 to 63 letters, digits and inner hyphens"
