"""IP addresses as manifests spell them: several texts may mean one address, and Kubernetes warns of all but one.

Sources: apimachinery `pkg/util/validation/ip.go`: GetWarningsForIP; RFC 5952 for the text of an IPv6 address.
"""

import re
from ipaddress import AddressValueError, IPv6Address

# Four numbers; Go's older parser, which the API server still uses here, takes zeros in front, others read them as octal.
_IPV4 = re.compile(r"(0*[0-9]{1,3})\.(0*[0-9]{1,3})\.(0*[0-9]{1,3})\.(0*[0-9]{1,3})", re.ASCII)
_HIGHEST_OCTET = 255


def better_spelling(text: str) -> str:
    """Give the usual text of an address that is written in another way; nothing for a usual one, or for no address."""
    if ":" not in text:
        return _better_ipv4(text)
    # Python reads zones and Go's net.IP has none.
    if "%" in text:
        return ""
    try:
        address = IPv6Address(text)
    except AddressValueError:
        return ""
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return "" if text == str(address) else str(address)


def _better_ipv4(text: str) -> str:
    match = _IPV4.fullmatch(text)
    if match is None:
        return ""
    octets = [int(octet) for octet in match.groups()]
    usual = ".".join(str(octet) for octet in octets)
    return "" if usual == text or max(octets) > _HIGHEST_OCTET else usual
