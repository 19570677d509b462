"""One port of a container, as Kubernetes reads it after defaulting."""

import re
from functools import lru_cache

from webhook.core.pod import Pod, Raw

HIGHEST_PORT = 65535
# A name without faults, told in one look: `port_name_faults` takes five.
_GOOD_NAME = re.compile(r"(?=.{1,15}\Z)(?=[-0-9]*[a-z])[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 15
# Half of all ports are called http. Only short names are remembered, so that the memory is bounded whatever is sent.
_REMEMBERED_NAMES = 1024


def is_good_name(name: str) -> bool:
    """Say whether a text has no fault as the name of a port."""
    return len(name) <= _LONGEST_NAME and _is_good_name(name)


@lru_cache(_REMEMBERED_NAMES)
def _is_good_name(name: str) -> bool:
    return _GOOD_NAME.fullmatch(name) is not None


def protocol(port: Raw) -> str:
    """Give its protocol, TCP where none or an empty one is given."""
    return port.get("protocol") or "TCP"


def host_port(port: Raw, *, on_host_network: bool) -> int:
    """Give its port on the node, 0 for none; on the host network that is the container's unless it says otherwise."""
    return port.get("hostPort") or (on_host_network and port.get("containerPort")) or 0


def defaults_host_ports(pod: Pod) -> bool:
    """Say whether ports of app and init containers get a hostPort by themselves: in Pods on the host network.

    In templates they do not; the Pods that are made of them do (kubernetes `pkg/apis/core/v1/defaults.go`).
    """
    return not pod.is_template and pod.spec.get("hostNetwork") is True
