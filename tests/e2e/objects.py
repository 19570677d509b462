"""What two objects of the API server are compared by, and an object without its injections."""

import copy
import json
from typing import Any

Object = dict[str, Any]

STATUS = "prologue.dev/injected"
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
# What the API server gives to each object anew.
_OWN = ("uid", "creationTimestamp", "resourceVersion", "namespace", "managedFields")


def comparable(it: Object) -> Object:
    """Give the object without what is different in each, and without kubectl's note of what it applied."""
    result = copy.deepcopy(it)
    for name in _OWN:
        result["metadata"].pop(name, None)
    _drop_annotation(result, LAST_APPLIED)
    return result


def uninjected(pod: Object) -> Object:
    """Take away exactly what the status annotation lists, and the annotation, by a reading of it that is our own."""
    result = copy.deepcopy(pod)
    spec = result["spec"]
    for entry in injections(pod).values():
        _drop(spec, "initContainers", "name", entry.get("initContainers", []))
        _drop(spec, "volumes", "name", entry.get("volumes", []))
        for app in spec["containers"]:
            _drop(app, "volumeMounts", "mountPath", entry.get("volumeMounts", {}).get(app["name"], []))
            _drop(app, "env", "name", entry.get("env", {}).get(app["name"], []))
    _drop_annotation(result, STATUS)
    return result


def injections(pod: Object) -> dict[str, Object]:
    """Give what the status annotation says, by policy."""
    text = pod["metadata"].get("annotations", {}).get(STATUS, "{}")
    said: dict[str, Object] = json.loads(text)
    return {reference.partition("@")[0]: entry for reference, entry in said.items()}


def init_names(pod: Object) -> list[str]:
    """Give the names of the init containers in their order."""
    return [container["name"] for container in pod["spec"].get("initContainers", [])]


def _drop(holder: Object, field: str, key: str, names: list[str]) -> None:
    before = holder.get(field, [])
    after = [one for one in before if one[key] not in names]
    assert len(before) - len(after) == len(names), f"of {names} not each stands once in {field}"
    if after:
        holder[field] = after
    else:
        holder.pop(field, None)


def _drop_annotation(it: Object, name: str) -> None:
    annotations = it["metadata"].get("annotations", {})
    annotations.pop(name, None)
    if not annotations:
        it["metadata"].pop("annotations", None)
