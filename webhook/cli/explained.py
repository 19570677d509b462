"""One manifest's start-up and cost, worked out for telling."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Self

from webhook.cli.engine import Identity
from webhook.cli.qos import own_requirements, qos_reason
from webhook.cli.report import effective_json, identity_json
from webhook.core.effective import Effective, Requirements, Step, dominant, effective, overhead, pod_level, steps
from webhook.core.pod import Pod, Raw, Role
from webhook.core.quantity import ZERO, Quantity
from webhook.core.resource_list import ResourceList, canonical
from webhook.manifest.document import Document

Kind = Literal["requests", "limits"]
KINDS: tuple[Kind, ...] = ("requests", "limits")
# spec.resources decides the QoS class from 1.34 on; from 1.37 on only where it names something (KEP-2837).
_POD_LEVEL_MINOR = 34
_EMPTY_POD_LEVEL_MINOR = 37


@dataclass(frozen=True, slots=True)
class Account:
    """How the effective amount of one resource comes about.

    `moment` is what the busiest moment needs and `decides` its step, `level` what spec.resources puts in its place
    (None where it says nothing), `overhead` what comes on top, `result` the amount that the scheduler counts.
    """

    resource: str
    kind: Kind
    decides: Step | None
    moment: Quantity
    level: Quantity | None
    overhead: Quantity
    result: Quantity


@dataclass(frozen=True, slots=True)
class Explained:
    """One manifest's start-up and cost."""

    document: Document
    identity: Identity
    steps: list[Step]
    app_needs: tuple[tuple[str, Requirements], ...]
    effective: Effective
    qos_reason: str
    overhead: ResourceList
    pod_level: Requirements

    @classmethod
    def of(cls, document: Document, identity: Identity, pod: Pod) -> Self:
        """Work out everything that is told of a Pod; its manifest must be one that the API server can decode."""
        level, cost = pod_level(pod), effective(pod)
        return cls(
            document=document,
            identity=identity,
            steps=steps(pod),
            app_needs=tuple((one.name, own_requirements(one)) for one in pod.containers),
            effective=cost,
            qos_reason=qos_reason(pod, level if _decides_qos(pod, level) else None, cost.qos),
            overhead=overhead(pod),
            pod_level=level or Requirements({}, {}),
        )

    def title(self, step: Step) -> str:
        """Name what starts at a step; all app containers start together."""
        return step.name if step.role is not Role.APP else ", ".join(name for name, _ in self.app_needs)

    def accounts(self, kind: Kind) -> Iterator[Account]:
        """Give the account of every resource that has an effective amount."""
        results: ResourceList = getattr(self.effective, kind)
        level: ResourceList = getattr(self.pod_level, kind)
        decides = dominant(self.steps, kind)
        for name, result in results.items():
            step = decides.get(name)
            moment: Quantity = getattr(step.in_use, kind)[name] if step else ZERO
            says = level.get(name) if _is_for_pods(name) else None
            on_top = result - (moment if says is None else says)
            yield Account(name, kind, step, moment, says, on_top, result)


def explained_json(one: Explained) -> Raw:
    """Give an explanation as JSON: the steps in their order, what decides, and what comes of it."""
    return {
        **identity_json(one.document.file, one.document.index, one.identity),
        "steps": [_step_json(one, step) for step in one.steps],
        "decidedBy": {
            kind: {name: one.title(step) for name, step in dominant(one.steps, kind).items()} for kind in KINDS
        },
        "podLevel": {kind: canonical(getattr(one.pod_level, kind)) for kind in KINDS},
        "overhead": canonical(one.overhead),
        "effective": effective_json(one.effective),
        "qosReason": one.qos_reason,
    }


def _step_json(one: Explained, step: Step) -> Raw:
    return {
        "name": one.title(step),
        "role": "containers" if step.role is Role.APP else str(step.role),
        "requests": canonical(step.own.requests),
        "limits": canonical(step.own.limits),
        "inUse": {"requests": canonical(step.in_use.requests), "limits": canonical(step.in_use.limits)},
    }


def _is_for_pods(name: str) -> bool:
    """Whether spec.resources may speak of a resource; of others its amounts are not counted."""
    return name in ("cpu", "memory") or name.startswith("hugepages-")


def _decides_qos(pod: Pod, level: Requirements | None) -> bool:
    if level is None or pod.minor < _POD_LEVEL_MINOR:
        return False
    return pod.minor < _EMPTY_POD_LEVEL_MINOR or any(_is_for_pods(name) for part in level for name in part)
