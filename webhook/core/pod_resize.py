"""What may change in the resources of a running Pod: cpu and memory of its containers, within its QoS class.

The subresource `resize` takes nothing but resources and resize policies from what is sent; the rest stays as it is.
Sources: kubernetes `pkg/apis/core/validation`: ValidatePodResize; `pkg/registry/core/pod`: dropNonResizeUpdates; KEP-1287.
"""

from collections.abc import Iterator
from typing import Any

from webhook.core.effective import effective
from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.normal_form import pod_forms
from webhook.core.pod import ALWAYS, Pod, Raw

CODE = "IC181"

_CONTAINERS = ("containers", "initContainers")
_LISTS = ("requests", "limits")
_RESIZABLE = ("cpu", "memory")
_ONLY = "only cpu and memory can be resized; make a new Pod for other changes"
# From this minor on pod-level resources can be resized (gate InPlacePodLevelResourcesVerticalScaling).
_POD_LEVEL_MINOR = 36
# The last minor that refuses to lower a memory limit in place.
_MEMORY_SHRINKS_AFTER = 33


def resized(old: Raw, new: Raw, minor: int) -> Raw:
    """Give the Pod that the API server judges: the old one with the new resources and resize policies.

    Where containers are added, taken away, renamed or moved it is the new one as it was sent, to be refused.
    """
    was, now = old.get("spec") or {}, new.get("spec") or {}
    if _order_findings(was, now):
        return new
    spec = dict(was)
    for field in _CONTAINERS:
        if field in was:
            pairs = zip(was[field] or (), now.get(field) or (), strict=True)
            spec[field] = [_with_resources(one or {}, other or {}) for one, other in pairs]
    if minor >= _POD_LEVEL_MINOR and ("resources" in was or "resources" in now):
        spec["resources"] = now.get("resources")
    return {**new, "spec": spec}


def resize_findings(old: Raw, new: Raw, minor: int) -> list[Finding]:
    """Give what the API server refuses in a resize, besides the faults of the new Pod by itself.

    Both must be Pods that it can decode, `new` one that came out of `resized`. A finding with the empty path stands
    alone: the API server then says nothing else of the Pod.
    """
    if old.get("spec") == new.get("spec"):
        return []
    alone = _refused_as_a_whole(old, new, minor)
    if alone:
        return [_finding(ErrorType.FORBIDDEN, "", alone)]
    before, after = pod_forms(old, new, minor)
    found = [*_pod_findings(old, new, minor), *_pod_level_findings(before, after)]
    order = _order_findings(before, after)
    if order:
        return [*found, *order]
    for field in _CONTAINERS:
        for i, (was, now) in enumerate(zip(before.get(field) or (), after.get(field) or (), strict=True)):
            if was != now:
                found += _container_findings(was, now, field, i, minor)
    return found


def _with_resources(one: Raw, other: Raw) -> Raw:
    kept = {name: value for name, value in one.items() if name not in ("resources", "resizePolicy")}
    return kept | {name: other[name] for name in ("resources", "resizePolicy") if name in other}


def _refused_as_a_whole(old: Raw, new: Raw, minor: int) -> str:
    spec = old.get("spec") or {}
    if "kubernetes.io/config.mirror" in ((old.get("metadata") or {}).get("annotations") or {}):
        return "a static Pod cannot be resized; change its file on the node"
    if (spec.get("os") or {}).get("name") == "windows":
        return "a Pod for Windows cannot be resized; make a new Pod instead"
    if Gate.POD_LEVEL_RESOURCES.is_on(minor) and minor < _POD_LEVEL_MINOR and any(map(_has_pod_level, (old, new))):
        return f"a Pod with resources of its own can be resized from 1.{_POD_LEVEL_MINOR} on; make a new Pod instead"
    return ""


def _has_pod_level(manifest: Raw) -> bool:
    resources = (manifest.get("spec") or {}).get("resources") or {}
    return any(resources.get(kind) for kind in _LISTS)


def _pod_findings(old: Raw, new: Raw, minor: int) -> Iterator[Finding]:
    status = old.get("status") or {}
    was = status.get("qosClass") or str(effective(Pod(old, minor=minor)).qos)
    now = str(effective(Pod(new, minor=minor)).qos)
    if was != now:
        what = f"the QoS class must stay {was} and would be {now}; keep requests and limits as far apart as they were"
        yield _finding(ErrorType.INVALID, "spec", what)
    running = [
        one
        for one in status.get("containerStatuses") or ()
        if ((one or {}).get("state") or {}).get("running") is not None
    ]
    if running and running[0].get("resources") is None:
        yield _finding(ErrorType.FORBIDDEN, "spec", "the node of this Pod cannot resize; make a new Pod instead")
    if minor >= _POD_LEVEL_MINOR and status.get("nodeAllocatableResourceClaimStatuses"):
        yield _finding(
            ErrorType.FORBIDDEN, "spec", "a Pod whose claims count as resources of the node cannot be resized"
        )


def _order_findings(was: Raw, now: Raw) -> list[Finding]:
    found = []
    for field in _CONTAINERS:
        names, others = _names(was, field), _names(now, field)
        if len(names) != len(others):
            what = "containers can neither be added nor taken away on resize"
            found.append(_finding(ErrorType.FORBIDDEN, f"spec.{field}", what))
            continue
        for i, (name, other) in enumerate(zip(names, others, strict=True)):
            if name != other:
                what = f"this must be {name!r}: containers can be neither renamed nor moved on resize"
                found.append(_finding(ErrorType.FORBIDDEN, f"spec.{field}[{i}].name", what, other))
    return found


def _names(spec: Raw, field: str) -> list[str]:
    return [(container or {}).get("name") or "" for container in spec.get(field) or ()]


def _pod_level_findings(before: Raw, after: Raw) -> Iterator[Finding]:
    was, now = before.get("resources"), after.get("resources")
    if was == now:
        return
    if was and now is None:
        yield _finding(ErrorType.FORBIDDEN, "spec.resources", "the resources of the Pod cannot be taken away on resize")
        return
    yield from _removals(was or {}, now or {}, "spec.resources", "")
    if _fixed(was or {}) != _fixed(now or {}):
        yield _finding(ErrorType.FORBIDDEN, "spec", f"resources: {_ONLY}")


def _container_findings(was: Raw, now: Raw, field: str, index: int, minor: int) -> Iterator[Finding]:
    name, path = now.get("name", ""), f"spec.{field}[{index}]"
    is_plain = field == "initContainers" and was.get("restartPolicy") != ALWAYS
    if is_plain and not Gate.PLAIN_INIT_CONTAINER_RESIZE.is_on(minor):
        yield _finding(ErrorType.FORBIDDEN, "spec", "an init container that is no sidecar cannot be resized", name)
        return
    had, has = was.get("resources") or {}, now.get("resources") or {}
    yield from _removals(had, has, f"{path}.resources", name)
    if minor <= _MEMORY_SHRINKS_AFTER and _shrinks_in_place(had, has, now):
        what = "before 1.34 a memory limit can be added or lowered only where resizePolicy says RestartContainer"
        yield _finding(ErrorType.FORBIDDEN, f"{path}.resources.limits[memory]", what, name)
    place = path if field == "initContainers" and Gate.PLAIN_INIT_CONTAINER_RESIZE.is_on(minor) else "spec"
    if _others(was) != _others(now) or _fixed(had) != _fixed(has):
        yield _finding(ErrorType.FORBIDDEN, place, f"{path}: {_ONLY}", name)
    if is_plain and any(one.get("restartPolicy") == "RestartContainer" for one in now.get("resizePolicy") or ()):
        what = "a plain init container cannot start again; it is resized only without RestartContainer in resizePolicy"
        yield _finding(ErrorType.FORBIDDEN, place, what, name)


def _removals(had: Raw, has: Raw, path: str, container: str) -> Iterator[Finding]:
    for kind in _LISTS:
        gone = sorted((had.get(kind) or {}).keys() - (has.get(kind) or {}).keys())
        if gone:
            what = f"{', '.join(gone)} cannot be taken away on resize, only changed"
            yield _finding(ErrorType.FORBIDDEN, f"{path}.{kind}", what, container)


def _shrinks_in_place(had: Raw, has: Raw, container: Raw) -> bool:
    policies = [
        one.get("restartPolicy") for one in container.get("resizePolicy") or () if one.get("resourceName") == "memory"
    ]
    if policies and policies[0] not in (None, "NotRequired"):
        return False
    was, now = (resources.get("limits", {}).get("memory") for resources in (had, has))
    return now is not None and (was is None or now < was)


def _fixed(resources: Raw) -> dict[str, Any]:
    """Give what no resize may change, lists without a name in them left out."""
    fixed: dict[str, Any] = {name: value for name, value in resources.items() if name not in _LISTS}
    for kind in _LISTS:
        if amounts := {name: value for name, value in (resources.get(kind) or {}).items() if name not in _RESIZABLE}:
            fixed[kind] = amounts
    return fixed


def _others(container: Raw) -> Raw:
    return {name: value for name, value in container.items() if name != "resources"}


def _finding(type_: ErrorType, path: str, message: str, container: str = "") -> Finding:
    return Finding(CODE, type_, path, message, container)
