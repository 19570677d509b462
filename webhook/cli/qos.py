"""Why a Pod has the QoS class that it has, in one sentence (`ComputePodQOS`; the class itself comes from `core.effective`)."""

from collections.abc import Iterator
from dataclasses import dataclass

from webhook.core.effective import QosClass, Requirements
from webhook.core.pod import Container, Pod
from webhook.core.quantity import ZERO, Quantity
from webhook.core.resource_list import parse_resource_list, total

_NAMES = ("cpu", "memory")


@dataclass(frozen=True, slots=True)
class _Part:
    """Something whose requests and limits are judged: a container, or the Pod itself by its spec.resources."""

    name: str
    own: Requirements


def own_requirements(container: Container) -> Requirements:
    """Give what a container asks for by itself, as the API server defaults it: a limit is also the request."""
    limits = parse_resource_list(container.resources("limits"), Quantity.defaulted)
    return Requirements(limits | parse_resource_list(container.resources("requests"), Quantity.defaulted), limits)


def qos_reason(pod: Pod, level: Requirements | None, qos: QosClass) -> str:
    """Say why; `level` is spec.resources where they decide the class."""
    whole = level is not None
    parts = [_Part("spec.resources", level)] if level is not None else list(_containers(pod))
    match qos:
        case QosClass.BEST_EFFORT:
            return (
                f"{'spec.resources asks' if whole else 'no container asks'} for {'no ' if whole else ''}cpu or memory"
            )
        case QosClass.GUARANTEED:
            who = "spec.resources has" if whole else "every container has"
            return f"{who} limits of cpu and memory, and the requests come to the same"
        case _:
            return _first_gap(parts) or _first_difference(parts)


def _containers(pod: Pod) -> Iterator[_Part]:
    for container in (*pod.init_containers, *pod.containers):
        yield _Part(f"{container.role} {container.name or container.path}", own_requirements(container))


def _first_gap(parts: list[_Part]) -> str:
    gaps = (
        f"{part.name} has no {name} limit"
        for part in parts
        for name in _NAMES
        if part.own.limits.get(name, ZERO) <= ZERO
    )
    return next(gaps, "")


def _first_difference(parts: list[_Part]) -> str:
    requests = total(*[_positive(part.own.requests) for part in parts])
    limits = total(*[_positive(part.own.limits) for part in parts])
    differences = (
        f"{name} requests come to {requests.get(name, ZERO)}, limits to {limits[name]}"
        for name in _NAMES
        if requests.get(name, ZERO) != limits[name]
    )
    return next(differences, "")


def _positive(amounts: dict[str, Quantity]) -> dict[str, Quantity]:
    return {name: amount for name, amount in amounts.items() if amount > ZERO}
