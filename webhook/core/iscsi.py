"""iSCSI volumes: the names of target and initiator.

Source: kubernetes `pkg/apis/core/validation`: validateISCSIVolumeSource, validateVolumeSource.
"""

import re
from collections.abc import Iterator

from webhook.core.fault import Fault, invalid, required
from webhook.core.names import size_in_bytes
from webhook.core.pod import Raw

_MAX_LUN = 255
# `<volume>:<portal>` becomes the name of an interface.
_INTERFACE_MAX_BYTES = 64
_FORMATS = ("iqn", "eui", "naa")
_EUI = re.compile(r"eui.[0-9A-Za-z]{16}")
_NAA = re.compile(r"naa.[0-9A-Za-z]{32}")
# The authority of an iqn, up to the first letter of its name.
_IQN_AUTHORITY = re.compile(r"iqn\.[0-9]{4}-[0-9]{2}\.[-.0-9A-Za-z]")
_AUTHORITY_CHARACTERS = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_NOT_IN_A_TARGET = frozenset(",;*&$| \t\n\f\r")


def iscsi_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of an iscsi volume, but for those of its required fields."""
    if source.get("iqn"):
        yield from _name_faults("iqn", source["iqn"])
    if not 0 <= (source.get("lun") or 0) <= _MAX_LUN:
        yield invalid("lun", f"must be between 0 and {_MAX_LUN}")
    if (source.get("chapAuthDiscovery") or source.get("chapAuthSession")) and source.get("secretRef") is None:
        yield required("secretRef", "CHAP authentication needs a Secret")
    if source.get("initiatorName") is not None:
        yield from _name_faults("initiatorname", source["initiatorName"])


def interface_name_faults(volume: Raw) -> Iterator[Fault]:
    """Give the fault of a volume whose name and portal are together too long for the interface of its initiator."""
    source = volume["iscsi"]
    text = f"{volume.get('name') or ''}:{source.get('targetPortal') or ''}"
    if source.get("initiatorName") is not None and size_in_bytes(text) > _INTERFACE_MAX_BYTES:
        yield invalid("name", f"with an initiatorName, '<name>:<targetPortal>' is at most {_INTERFACE_MAX_BYTES} bytes")


def _name_faults(field: str, name: str) -> Iterator[Fault]:
    if not name.startswith(_FORMATS):
        yield invalid(field, f"must begin with one of {', '.join(_FORMATS)}")
    elif not _is_well_formed(name):
        yield invalid(field, f"is no well-formed {name[:3]} name")


def _is_well_formed(name: str) -> bool:
    if name.startswith("iqn"):
        return _is_iqn(name)
    return (_EUI if name.startswith("eui") else _NAA).fullmatch(name) is not None


def _is_iqn(name: str) -> bool:
    """Say whether `iqn.<year>-<month>.<authority>:<target>` ends the name; piece by piece, so that it takes linear time."""
    last_wrong = max((i for i, letter in enumerate(name) if letter in _NOT_IN_A_TARGET), default=-1)
    start = 0
    while (colon := name.find(":", start)) >= 0:
        piece = name[start:colon]
        authority = piece[len(piece.rstrip(_AUTHORITY_CHARACTERS)) :]
        if last_wrong < colon < len(name) - 1 and _IQN_AUTHORITY.search(authority):
            return True
        start = colon + 1
    return False
