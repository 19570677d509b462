"""What a policy injects, on trial: a Pod that holds just that, judged as Kubernetes would judge it."""

from collections.abc import Iterator, Sequence

from webhook.core.field_path import FieldPath, Part
from webhook.core.finding import ErrorType
from webhook.core.pod import Pod, Raw
from webhook.core.recipe import Addition
from webhook.core.shape import undecodable
from webhook.manifest.document import Document
from webhook.policy.catalogue import rules
from webhook.policy.models import Item
from webhook.policy.problem import problem

# Needs the Pod that a policy meets, which is not known when the policy is loaded: a volume may be the Pod's own.
_NEEDS_THE_POD = frozenset({"IC108"})


def trial_problems(document: Document, items: Sequence[Item], owners: Sequence[int], whole: Addition) -> Iterator[str]:
    """Give a line for each fault; `owners` tells of each container from which item of the policy it comes."""
    pod = _trial(whole)
    misfit = undecodable(pod, "v1", "Pod")
    if misfit is not None:
        yield problem(document, _in_policy(misfit.place, items, owners), misfit.message)
        return
    for rule in rules().values():
        if rule.check is None or not rule.code.startswith("IC1") or rule.code in _NEEDS_THE_POD:
            continue
        for finding in rule.check(Pod(pod)):
            if finding.type is ErrorType.WARNING:
                continue
            place = _in_policy(FieldPath.parse(finding.path), items, owners)
            yield problem(document, place, f"{finding.code} {finding.type}: {finding.message}")


def _trial(whole: Addition) -> Raw:
    app = {
        "name": "an-app-container",
        "image": "an-image",
        "volumeMounts": list(whole.app_volume_mounts),
        "env": list(whole.app_env),
    }
    spec = {"initContainers": list(whole.containers), "containers": [app], "volumes": list(whole.volumes)}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a-pod"}, "spec": spec}


def _in_policy(place: FieldPath, items: Sequence[Item], owners: Sequence[int]) -> FieldPath:
    """Turn a place in the trial Pod into the place in the policy that it came from."""
    match place.parts:
        case ("spec", "initContainers", int(index), *rest):
            return FieldPath(("spec", "initContainers", owners[index], *_in_item(items[owners[index]], rest)))
        case ("spec", "containers", 0, *rest):
            return FieldPath(("spec", "appContainers", *rest))
        case parts:
            return FieldPath(tuple(parts))


def _in_item(item: Item, rest: list[Part]) -> list[Part]:
    """A container stands under its own key; what a recipe made has no place, but for its name where that was given."""
    if item.container is not None:
        return ["container", *rest]
    return rest if rest == ["name"] and item.name is not None else []
