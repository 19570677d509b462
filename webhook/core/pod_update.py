"""What may change in a Pod that is there already: the images, and little else.

Sources: kubernetes `pkg/apis/core/validation`: ValidatePodUpdate, ValidateContainerUpdates, validateOnlyAddedTolerations,
validateOnlyDeletedSchedulingGates, validateNodeSelectorMutation, validateNodeAffinityMutation.
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.normal_form import first_difference, pod_forms
from webhook.core.pod import Raw
from webhook.core.white_space import is_padded

CODE = "IC180"

_CONTAINERS = ("containers", "initContainers")
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_LONGEST_DEADLINE = (1 << 31) - 1
_ALLOWED = "may change in a Pod only images, activeDeadlineSeconds (set or lowered) and added tolerations; make a new Pod instead"


def update_findings(old: Raw, new: Raw, minor: int) -> list[Finding]:
    """Give what the API server refuses in an update of a Pod, besides the faults of the new Pod by itself.

    Both must be Pods that it can decode. Images of old are not held against the new Pod.
    """
    before, after = pod_forms(old, new, minor)
    if before == after:
        return []
    for field in _CONTAINERS:
        if len(before.get(field) or ()) != len(after.get(field) or ()):
            what = "containers can neither be added to a Pod nor taken away; make a new Pod instead"
            earlier = _image_findings(before, after, _CONTAINERS[: _CONTAINERS.index(field)])
            return [*earlier, _finding(ErrorType.FORBIDDEN, f"spec.{field}", what)]
    images = list(_image_findings(before, after, _CONTAINERS))
    deadline = _deadline_finding(before.get("activeDeadlineSeconds"), after.get("activeDeadlineSeconds"))
    if deadline and "activeDeadlineSeconds" in after:
        return [*images, deadline]
    found = [*images, *([deadline] if deadline else ()), *_tolerations(before, after), *_gates(before, after)]
    if before.get("schedulingGates"):
        found += _placement(before, after)
    return [*found, *_rest(before, after)]


def _image_findings(before: Raw, after: Raw, fields: tuple[str, ...]) -> Iterator[Finding]:
    for field in fields:
        for i, (was, now) in enumerate(zip(before.get(field) or (), after.get(field) or (), strict=True)):
            image = now.get("image", "")
            if image == was.get("image", ""):
                continue
            path, name = f"spec.{field}[{i}].image", now.get("name", "")
            if not image:
                yield _finding(ErrorType.REQUIRED, path, "the image of a running Pod cannot be taken away", name)
            elif is_padded(image):
                yield _finding(ErrorType.INVALID, path, "the image must not begin or end with white space", name)


def _deadline_finding(before: int | None, after: int | None) -> Finding | None:
    path = "spec.activeDeadlineSeconds"
    if after == before:
        return None
    if after is None:
        return _finding(ErrorType.INVALID, path, f"the deadline of {before} seconds cannot be taken away, only lowered")
    if not 0 <= after <= _LONGEST_DEADLINE:
        return _finding(ErrorType.INVALID, path, f"{after} must be from 0 to {_LONGEST_DEADLINE}")
    if before is not None and after > before:
        return _finding(
            ErrorType.INVALID, path, f"{after} must be at most {before}, what it was; it can only be lowered"
        )
    return None


def _tolerations(before: Raw, after: Raw) -> Iterator[Finding]:
    kept = [_without_seconds(one) for one in after.get("tolerations") or ()]
    if any(_without_seconds(one) not in kept for one in before.get("tolerations") or ()):
        what = "tolerations can be added, and of those there only tolerationSeconds can change"
        yield _finding(ErrorType.FORBIDDEN, "spec.tolerations", what)


def _without_seconds(toleration: Raw) -> Raw:
    return {name: value for name, value in toleration.items() if name != "tolerationSeconds"}


def _gates(before: Raw, after: Raw) -> Iterator[Finding]:
    had = {gate.get("name") for gate in before.get("schedulingGates") or ()}
    new = {
        name: i for i, gate in enumerate(after.get("schedulingGates") or ()) if (name := gate.get("name")) not in had
    }
    for name, i in new.items():
        what = f"the gate {name!r} is new, and gates of a Pod can only be taken away"
        yield _finding(ErrorType.FORBIDDEN, f"spec.schedulingGates[{i}].name", what)


def _placement(before: Raw, after: Raw) -> Iterator[Finding]:
    """Judge where a Pod may run: while it waits at a gate that may become narrower, not wider."""
    selector = after.get("nodeSelector") or {}
    if any(selector.get(label) != value for label, value in (before.get("nodeSelector") or {}).items()):
        yield _finding(
            ErrorType.INVALID, "spec.nodeSelector", "labels can be added while the Pod waits, none can change"
        )
    had, has = _node_terms(before), _node_terms(after)
    path = f"spec.affinity.nodeAffinity.{_REQUIRED}.nodeSelectorTerms"
    if had and len(had) != len(has):
        yield _finding(
            ErrorType.INVALID, path, "terms can neither be added nor taken away: each would widen or shift them"
        )
        return
    for i, (was, now) in enumerate(zip(had, has, strict=False)):
        if not _is_narrowed(was, now):
            yield _finding(ErrorType.INVALID, f"{path}[{i}]", "requirements can be added to a term, none can change")


def _node_terms(form: Raw) -> list[Raw]:
    required = (_node_affinity(form) or {}).get(_REQUIRED) or {}
    return required.get("nodeSelectorTerms") or []


def _node_affinity(form: Raw) -> Raw | None:
    return (form.get("affinity") or {}).get("nodeAffinity")


def _is_narrowed(was: Raw, now: Raw) -> bool:
    if not was and now:
        return False
    return all((now.get(field) or [])[: len(terms)] == terms for field, terms in was.items())


def _rest(before: Raw, after: Raw) -> Iterator[Finding]:
    """Compare what is left once all that may change, or is judged by itself, is taken away."""
    waits = bool(before.get("schedulingGates"))
    was, now = _immutable(before, waits=waits), _immutable(after, waits=waits)
    if was != now:
        place = first_difference(now, was)
        yield _finding(ErrorType.FORBIDDEN, "spec", f"{place} differs from what is there: {_ALLOWED}")


def _immutable(form: Raw, *, waits: bool) -> Raw:
    mutable = {"activeDeadlineSeconds", "tolerations", "schedulingGates"} | ({"nodeSelector"} if waits else set())
    rest = {name: value for name, value in form.items() if name not in mutable}
    for field in _CONTAINERS:
        if field in rest:
            rest[field] = [{name: value for name, value in one.items() if name != "image"} for one in rest[field]]
    if waits and "affinity" in rest:
        rest["affinity"] = {name: value for name, value in rest["affinity"].items() if name != "nodeAffinity"}
        if not rest["affinity"]:
            del rest["affinity"]
    return rest


def _finding(type_: ErrorType, path: str, message: str, container: str = "") -> Finding:
    return Finding(CODE, type_, path, message, container)
