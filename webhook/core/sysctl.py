"""A sysctl of a Pod: how its name may be spelled, and which namespace of the kernel it belongs to.

Sources: kubernetes `pkg/apis/core/validation`: IsValidSysctlName; component-helpers `node/util/sysctl`: GetNamespace.
"""

import re
from typing import Literal

from webhook.core.names import size_in_bytes

LONGEST_NAME = 253

_SEGMENT = "[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?"
_NAME = re.compile(rf"(?:{_SEGMENT}[./])*{_SEGMENT}")
_IPC_NAMES = frozenset(
    f"kernel.{name}"
    for name in ("sem", "shm", "shmall", "shmmax", "shmmni", "shm_rmid_forced", "msg", "msgmax", "msgmnb", "msgmni")
)
_SWAP = str.maketrans("./", "/.")


def is_name(text: str) -> bool:
    """Say whether a text is spelled as a sysctl, with dots or slashes between its segments."""
    return size_in_bytes(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None


def namespace(name: str) -> Literal["net", "ipc", ""]:
    """Give the namespace that a sysctl belongs to, empty for any other; `*` stands for all that follow."""
    dotted = _dotted(name).partition("*")[0]
    if dotted.startswith("net."):
        return "net"
    return "ipc" if dotted in _IPC_NAMES or dotted.startswith("fs.mqueue.") else ""


def _dotted(name: str) -> str:
    """Where a slash comes first, dots and slashes have changed places: `net/ipv4/conf/eth0.1/forwarding`."""
    first = re.search("[./]", name)
    return name.translate(_SWAP) if first and first[0] == "/" else name
