"""What a Pod declares of resources, place by place, as the API server holds it when it judges it.

The places are each container's `resources`, those of the Pod as a whole (KEP-2837), and `overhead`, which Kubernetes
judges as the limits of one more container. API defaulting has been done: amounts are rounded to thousandths and, in a
Pod, limits stand for missing requests and gaps of the pod level are filled. In a template nothing is copied or filled.
Sources: `SetDefaults_Pod` in kubernetes `pkg/apis/core/v1/defaults.go`, `ValidatePodSpec` in `pkg/apis/core/validation`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from webhook.core.effective import pod_level
from webhook.core.gates import Gate
from webhook.core.pod import Container, Pod, Raw, Role
from webhook.core.quantity import Quantity
from webhook.core.resource_list import ResourceList, parse_resource_list
from webhook.core.resource_name import CONTAINER_RESOURCES

_WINDOWS = "windows"


@dataclass(frozen=True, slots=True)
class Declared:
    """Limits and requests that are declared at one place.

    `path` is the place, `container` the name of its container, empty for the Pod; `is_pod_level` is true of
    spec.resources alone, where other names are allowed than elsewhere.
    """

    path: str
    container: str
    limits: ResourceList
    requests: ResourceList
    is_pod_level: bool = False

    def amounts(self) -> Iterator[tuple[Literal["limit", "request"], str, Quantity]]:
        """Give every amount: whether it is a limit or a request, of what, and how much."""
        for name, amount in self.limits.items():
            yield "limit", name, amount
        for name, amount in self.requests.items():
            yield "request", name, amount

    def path_of(self, kind: Literal["limit", "request"], name: str) -> str:
        """Give the path of one amount as Kubernetes spells it: `spec.containers[0].resources.limits[cpu]`."""
        return f"{self.path}.{kind}s[{name}]"


def noteworthy(pod: Pod) -> tuple[Declared, ...]:
    """Give the places that hold anything but cpu, memory or ephemeral-storage, or anything negative.

    They are few; pod-level resources are always among them. The order is Kubernetes': containers, the Pod, overhead.

    Raises:
        QuantityError: an amount is no quantity.
    """
    return pod.once(_noteworthy_places)


def _noteworthy_places(pod: Pod) -> tuple[Declared, ...]:
    return tuple(_noteworthy(pod))


def pod_level_declared(pod: Pod) -> Declared | None:
    """Give what spec.resources declares; None where Kubernetes judges nothing of it: absent, gate off, or windows.

    Raises:
        QuantityError: an amount is no quantity.
    """
    return pod.once(_pod_level_declared)


def _pod_level_declared(pod: Pod) -> Declared | None:
    raw = judged_pod_level(pod)
    if raw is None:
        return None
    filled = None if pod.is_template else pod_level(pod)
    requests, limits = filled or (_read(raw, "requests"), _read(raw, "limits"))
    return Declared(f"{pod.path}.resources", "", limits, requests, is_pod_level=True)


def judged_pod_level(pod: Pod) -> Raw | None:
    """Give spec.resources as it was written; None where Kubernetes judges nothing of it: absent, gate off, or windows."""
    raw: Raw | None = pod.spec.get("resources")
    if raw is None or not Gate.POD_LEVEL_RESOURCES.is_on(pod.minor):
        return None
    return None if (pod.spec.get("os") or {}).get("name") == _WINDOWS else raw


def limits_of(container: Container) -> ResourceList:
    """Give a container's limits."""
    return _read(container.raw.get("resources"), "limits")


def requests_of(pod: Pod, container: Container) -> ResourceList:
    """Give a container's requests: in a Pod a limit is also the request where there is none, but not in a template."""
    return _with_limits(pod, container, limits_of(container))


def _noteworthy(pod: Pod) -> Iterator[Declared]:
    for container in pod.all_containers():
        raw = container.raw.get("resources")
        if raw and not _is_plain(raw):
            limits = limits_of(container)
            requests = _with_limits(pod, container, limits)
            yield Declared(f"{container.path}.resources", container.name, limits, requests)
    level = pod_level_declared(pod)
    if level is not None:
        yield level
    overhead = {"limits": pod.spec.get("overhead")}
    if not _is_plain(overhead):
        yield Declared(f"{pod.path}.overhead", "", _read(overhead, "limits"), {})


def _is_plain(raw: Raw) -> bool:
    for amounts in (raw.get("limits"), raw.get("requests")):
        for name, amount in amounts.items() if amounts else ():
            if name not in CONTAINER_RESOURCES:
                return False
            if "-" in amount if type(amount) is str else (amount or 0) < 0:
                return False
    return True


def _with_limits(pod: Pod, container: Container, limits: ResourceList) -> ResourceList:
    requests = _read(container.raw.get("resources"), "requests")
    return requests if pod.is_template or container.role is Role.EPHEMERAL else limits | requests


def _read(raw: Raw | None, kind: str) -> ResourceList:
    return parse_resource_list((raw or {}).get(kind), Quantity.defaulted)
