"""What one policy would add to one Pod, worked out before anything is added: all of it fits, or there is a conflict."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from webhook.admission.decision import Injected
from webhook.admission.place import index_for
from webhook.admission.status import claimed_containers
from webhook.core.finding import ErrorType
from webhook.core.names import LABEL_MAX_BYTES
from webhook.core.patch import Place
from webhook.core.pod import Raw
from webhook.core.subset import is_part_of
from webhook.policy.policy import Injection, OnConflict, Placed

# More namesakes than this are no accident.
_MAX_RENAMES = 9


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a policy cannot inject into this Pod."""

    type: ErrorType
    path: str
    message: str
    container: str = ""


@dataclass(slots=True)
class Plan:
    """The steps of one injection in their order, and the names for the status annotation; no steps: all is there."""

    injected: Injected
    steps: list[tuple[Place, Any]] = field(default_factory=list)
    entry: Raw = field(default_factory=dict)


@dataclass(slots=True)
class _Draft:
    """The plan while it grows.

    `init` are the init containers by name, `names` their names as they will stand, `taken` the names of all containers,
    `claimed` those that the status annotation calls ours, `ours` those that stand or will stand for this policy, and
    `renamed` leads from the policy's volume names to those in the Pod.
    """

    injection: Injection
    spec: Raw
    claimed: set[str]
    init: dict[str, Raw]
    names: list[str]
    taken: set[str]
    ours: list[str] = field(default_factory=list)
    steps: list[tuple[Place, Any]] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    containers: list[str] = field(default_factory=list)
    positions: list[str] = field(default_factory=list)
    volumes: list[str] = field(default_factory=list)
    mounts: dict[str, list[str]] = field(default_factory=dict)
    env: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def plan(injection: Injection, root: Raw, claimed: Raw) -> Plan | Conflict:
    """Work out an injection; `root` is the Pod as it stands, `claimed` what its status annotation says of this policy."""
    spec: Raw = root.get("spec") or {}
    names = [(one or {}).get("name") or "" for one in spec.get("initContainers") or ()]
    others = [*(spec.get("containers") or ()), *(spec.get("ephemeralContainers") or ())]
    draft = _Draft(
        injection,
        spec,
        claimed=claimed_containers(claimed),
        init={one["name"]: one for one in spec.get("initContainers") or () if one and one.get("name")},
        names=names,
        taken={*names, *((one or {}).get("name") or "" for one in others)},
    )
    for work in (_plan_volumes, _plan_containers, _plan_mounts, _plan_env):
        conflict = work(draft)
        if conflict is not None:
            return conflict
    return Plan(_injected(draft), draft.steps, _entry(draft))


def _plan_volumes(draft: _Draft) -> Conflict | None:
    there = {(volume or {}).get("name"): volume for volume in draft.spec.get("volumes") or ()}
    count = len(draft.spec.get("volumes") or ())
    for volume in draft.injection.volumes:
        name = volume.get("name") or ""

        def is_same(candidate: str, volume: Raw = volume) -> bool:
            return is_part_of({**volume, "name": candidate}, there[candidate])

        chosen = _choose(name, set(there), is_same, rename=draft.injection.on_conflict is OnConflict.RENAME)
        if chosen is None:
            message = f"a volume {name!r} is already there and differs from the one to inject"
            return Conflict(ErrorType.DUPLICATE, "spec.volumes", message)
        draft.renamed[name] = chosen
        if chosen in there:
            continue
        there[chosen] = volume
        draft.steps.append((("spec", "volumes", count), {**volume, "name": chosen}))
        draft.volumes.append(chosen)
        count += 1
    return None


def _plan_containers(draft: _Draft) -> Conflict | None:
    conflicts = (_plan_container(draft, placed) for placed in draft.injection.containers)
    return next((conflict for conflict in conflicts if conflict is not None), None)


def _plan_container(draft: _Draft, placed: Placed) -> Conflict | None:
    container = _with_volumes(placed.container, draft.renamed)
    name = container.get("name") or ""

    def is_same(candidate: str) -> bool:
        there = draft.init.get(candidate)
        return there is not None and (candidate in draft.claimed or is_part_of({**container, "name": candidate}, there))

    chosen = _choose(name, draft.taken, is_same, rename=draft.injection.on_conflict is OnConflict.RENAME)
    if chosen is None:
        message = f"a container {name!r} is already there and differs from the one to inject"
        return Conflict(ErrorType.DUPLICATE, "spec.initContainers", message, name)
    if chosen not in draft.taken:
        index, note = index_for(placed.position, draft.names, draft.ours)
        draft.steps.append((("spec", "initContainers", index), {**container, "name": chosen}))
        draft.names.insert(index, chosen)
        draft.containers.append(chosen)
        draft.positions.append(str(placed.position))
        draft.notes += [note] if note else []
        draft.taken.add(chosen)
    draft.ours.append(chosen)
    return None


def _plan_mounts(draft: _Draft) -> Conflict | None:
    if not draft.injection.app_volume_mounts:
        return None
    for i, app in enumerate(draft.spec.get("containers") or ()):
        if app is None:
            continue
        there = {(mount or {}).get("mountPath"): mount for mount in app.get("volumeMounts") or ()}
        count = len(app.get("volumeMounts") or ())
        for mount in draft.injection.app_volume_mounts:
            mine = _renamed(mount, draft.renamed)
            path = mine.get("mountPath")
            if path in there:
                if is_part_of(mine, there[path]):
                    continue
                message = f"the path {path!r} is already mounted in container {app.get('name')!r}"
                where = f"spec.containers[{i}].volumeMounts"
                return Conflict(ErrorType.INVALID, where, message, app.get("name") or "")
            draft.steps.append((("spec", "containers", i, "volumeMounts", count), mine))
            there[path] = mine
            draft.mounts.setdefault(app.get("name") or "", []).append(str(path))
            count += 1
    return None


def _plan_env(draft: _Draft) -> Conflict | None:
    if not draft.injection.app_env:
        return None
    for i, app in enumerate(draft.spec.get("containers") or ()):
        if app is None:
            continue
        there = {(one or {}).get("name"): one for one in app.get("env") or ()}
        count = len(app.get("env") or ())
        for variable in draft.injection.app_env:
            name = variable.get("name")
            if name in there:
                if is_part_of(variable, there[name]):
                    continue
                message = f"the variable {name!r} is already set in container {app.get('name')!r}"
                return Conflict(ErrorType.INVALID, f"spec.containers[{i}].env", message, app.get("name") or "")
            draft.steps.append((("spec", "containers", i, "env", count), variable))
            there[name] = variable
            draft.env.setdefault(app.get("name") or "", []).append(str(name))
            count += 1
    return None


def _choose(name: str, taken: set[Any], is_same: Callable[[str], bool], *, rename: bool) -> str | None:
    """Give the name to use: the first that is free or already ours; None where there is a conflict."""
    for number in range(1, (_MAX_RENAMES if rename else 1) + 1):
        suffix = f"-{number}" if number > 1 else ""
        candidate = name[: LABEL_MAX_BYTES - len(suffix)] + suffix
        if candidate not in taken or is_same(candidate):
            return candidate
    return None


def _with_volumes(container: Raw, renamed: dict[str, str]) -> Raw:
    mounts = container.get("volumeMounts")
    if not mounts or all(old == new for old, new in renamed.items()):
        return container
    return {**container, "volumeMounts": [_renamed(mount or {}, renamed) for mount in mounts]}


def _renamed(mount: Raw, renamed: dict[str, str]) -> Raw:
    name = mount.get("name")
    new = renamed.get(name, name) if isinstance(name, str) else name
    return mount if new == name else {**mount, "name": new}


def _injected(draft: _Draft) -> Injected:
    return Injected(
        policy=draft.injection.name,
        reference=draft.injection.reference,
        containers=tuple(draft.containers),
        positions=tuple(draft.positions),
        volumes=tuple(draft.volumes),
        notes=tuple(draft.notes),
    )


def _entry(draft: _Draft) -> Raw:
    """What the status annotation keeps: the names of all that was added, so that it can be taken away again."""
    parts = {
        "initContainers": draft.containers,
        "volumes": draft.volumes,
        "volumeMounts": draft.mounts,
        "env": draft.env,
    }
    return {name: part for name, part in parts.items() if part}
