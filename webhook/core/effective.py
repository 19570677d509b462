"""What a Pod costs: the effective requests and limits that the scheduler counts, its QoS class, and the start-up behind them.

Everything speaks of the object as the API server defaults it: limits copied to missing requests, amounts rounded to
thousandths, pod-level resources filled in. Of a template it speaks of the Pods that it will make.

The arithmetic is that of KEP-753, in `component-helpers/resource`, the same from 1.33 on for a Pod that has no status:
https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/component-helpers/resource/helpers.go
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from webhook.core.pod import Container, Pod, Role
from webhook.core.quantity import Quantity
from webhook.core.resource_list import Read, ResourceList, maximum, parse_resource_list, rounded_to_milli, total

# KEP-2837: from this minor on the gate PodLevelResources is on, spec.resources is defaulted and decides the QoS class.
_POD_LEVEL_MINOR = 34
# From this minor on an empty spec.resources no longer decides it (gate PodLevelResourcesFixKubeletQOSClass).
_EMPTY_POD_LEVEL_MINOR = 37

_QOS_RESOURCES = ("cpu", "memory")


class QosClass(StrEnum):
    """In which order the kubelet evicts: BestEffort first, Guaranteed last."""

    BEST_EFFORT = "BestEffort"
    BURSTABLE = "Burstable"
    GUARANTEED = "Guaranteed"


class Requirements(NamedTuple):
    """Requests and limits that belong together."""

    requests: ResourceList
    limits: ResourceList


@dataclass(frozen=True, slots=True)
class Effective:
    """What the whole Pod counts for, overhead included."""

    requests: ResourceList
    limits: ResourceList
    qos: QosClass


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of the start-up: an init container or sidecar starts, or, at last, all app containers together.

    `own` is what starts now, `in_use` that and every sidecar that runs by then. The app step has no name and the index 0.
    """

    name: str
    role: Role
    index: int
    own: Requirements
    in_use: Requirements


# A value like all of them: nobody adds to its lists.
_NOTHING = Requirements({}, {})


def effective(pod: Pod) -> Effective:
    """Work out what a Pod costs.

    Raises:
        QuantityError: an amount is no quantity.
    """
    init, regular = _needs(pod)
    level = pod_level(pod)
    requests, limits = _peak(_in_use(pod, init, regular))
    # KEP-2837: what the Pod itself says of a resource replaces what its containers come to, be it less or more.
    # https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/2837-pod-level-resource-spec
    if level is not None:
        requests = requests | _supported(level.requests)
        limits = limits | _supported(level.limits)
    # KEP-688: what the sandbox itself takes comes on top of the requests, and of those limits that are there and not 0.
    # https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/688-pod-overhead
    if on_top := overhead(pod):
        requests = total(requests, on_top)
        limits = total(limits, {name: amount for name, amount in on_top.items() if limits.get(name)})
    judged = [level] if level is not None and _decides_qos(pod, level) else [*regular, *init]
    return Effective(requests, limits, _qos(judged))


def steps(pod: Pod) -> list[Step]:
    """Tell the start-up, in order: every init container and sidecar, then the app containers as one last step.

    Raises:
        QuantityError: an amount is no quantity.
    """
    init, regular = _needs(pod)
    *moments, last = _in_use(pod, init, regular)
    return [
        *(
            Step(container.name, container.role, container.index, own, moment)
            for container, own, moment in zip(pod.init_containers, init, moments, strict=True)
        ),
        Step("", Role.APP, 0, _sum(*regular), last),
    ]


def dominant(start_up: list[Step], kind: Literal["requests", "limits"] = "requests") -> dict[str, Step]:
    """Say for each resource which step needs most of it, and so decides what the containers cost; ties go to the app."""
    result: dict[str, Step] = {}
    for step in (start_up[-1], *start_up[:-1]):
        for name, amount in getattr(step.in_use, kind).items():
            if name not in result or getattr(result[name].in_use, kind)[name] < amount:
                result[name] = step
    return result


def overhead(pod: Pod) -> ResourceList:
    """Give what the sandbox takes beside the containers (spec.overhead, which the RuntimeClass sets).

    Raises:
        QuantityError: an amount is no quantity.
    """
    return parse_resource_list(pod.spec.get("overhead"), Quantity.defaulted)


def pod_level(pod: Pod) -> Requirements | None:
    """Give spec.resources as the API server fills them in, None where there are none.

    In 1.33 the gate is off: nothing is filled in, and the API server drops the field when it stores the Pod; it is
    counted all the same, as PodRequests counts it in the object under admission. What 1.37 changes about the filling in
    is not covered here.

    Raises:
        QuantityError: an amount is no quantity.
    """
    raw = pod.spec.get("resources")
    if raw is None:
        return None
    # Gaps are filled before anything is rounded; but the lists of a template were rounded when it was stored.
    read = Quantity.defaulted if pod.is_template else Quantity.decode
    level = Requirements(parse_resource_list(raw.get("requests"), read), parse_resource_list(raw.get("limits"), read))
    if pod.minor >= _POD_LEVEL_MINOR and any(level):
        level = _filled_in(level, _peak(_in_use(pod, *_needs(pod, read))))
    return Requirements(rounded_to_milli(level.requests), rounded_to_milli(level.limits))


def _filled_in(level: Requirements, containers: Requirements) -> Requirements:
    # KEP-2837: a hugepage limit comes from the containers, unless the Pod requests that size; a request comes from the
    # containers, or else from the limit (defaultHugePagePodLimits, defaultPodRequests).
    pages = {name: limit for name, limit in containers.limits.items() if _is_pages(name) and name not in level.requests}
    limits = pages | level.limits
    if not limits:
        return level
    asked = {name: containers.requests[name] for name in _QOS_RESOURCES if name in containers.requests}
    return Requirements(_supported(limits) | asked | level.requests, limits)


def _needs(pod: Pod, read: Read = Quantity.defaulted) -> tuple[list[Requirements], list[Requirements]]:
    return [_need(one, read) for one in pod.init_containers], [_need(one, read) for one in pod.containers]


def _need(container: Container, read: Read) -> Requirements:
    raw = container.raw.get("resources")
    if not raw:
        return _NOTHING
    limits = parse_resource_list(raw.get("limits"), read)
    # A limit is also the request where there is none, in init containers too (SetDefaults_Pod).
    return Requirements(limits | parse_resource_list(raw.get("requests"), read), limits)


def _in_use(pod: Pod, init: list[Requirements], regular: list[Requirements]) -> list[Requirements]:
    """Walk the start-up and note what is in use: at each init container, and at last with all app containers running.

    KEP-753: while an init container runs, it and the sidecars started before it are in use; once the app runs, all
    sidecars and all app containers are.
    https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/753-sidecar-containers#resources-calculation-for-scheduling-and-pod-admission
    """
    started: list[Requirements] = []
    sidecars = _NOTHING
    moments = []
    for container, own in zip(pod.init_containers, init, strict=True):
        if container.is_sidecar:
            started.append(own)
            sidecars = _sum(sidecars, own)
            moments.append(sidecars)
        else:
            moments.append(_sum(own, sidecars))
    return [*moments, _sum(*regular, *started)]


def _sum(*parts: Requirements) -> Requirements:
    parts = tuple([part for part in parts if part is not _NOTHING])
    if len(parts) == 1:
        return parts[0]
    return Requirements(total(*[part.requests for part in parts]), total(*[part.limits for part in parts]))


def _peak(moments: list[Requirements]) -> Requirements:
    # KEP-753: what has to be free on a node is, per resource, the busiest moment. The app stands first: it wins ties.
    *init, app = moments
    if not init:
        return app
    return Requirements(
        maximum(app.requests, *[moment.requests for moment in init]),
        maximum(app.limits, *[moment.limits for moment in init]),
    )


def _supported(amounts: ResourceList) -> ResourceList:
    return {name: amount for name, amount in amounts.items() if name in _QOS_RESOURCES or _is_pages(name)}


def _is_pages(name: str) -> bool:
    return name.startswith("hugepages-")


def _decides_qos(pod: Pod, level: Requirements) -> bool:
    if pod.minor < _POD_LEVEL_MINOR:
        return False
    return pod.minor < _EMPTY_POD_LEVEL_MINOR or bool(_supported(level.requests) or _supported(level.limits))


def _qos(judged: list[Requirements]) -> QosClass:
    # Sums are compared, not each container; amounts of 0 and below count as not there (ComputePodQOS).
    anything, every_limit = False, True
    surplus = dict.fromkeys(_QOS_RESOURCES, 0)
    for part in judged:
        requests, limits = part
        for name in _QOS_RESOURCES:
            request, limit = requests.get(name), limits.get(name)
            if request is not None and request.nano > 0:
                anything = True
                surplus[name] -= request.nano
            if limit is not None and limit.nano > 0:
                anything = True
                surplus[name] += limit.nano
            else:
                every_limit = False
    if not anything:
        return QosClass.BEST_EFFORT
    return QosClass.GUARANTEED if every_limit and not any(surplus.values()) else QosClass.BURSTABLE
