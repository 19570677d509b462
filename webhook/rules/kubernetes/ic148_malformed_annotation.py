"""Annotations of a Pod that Kubernetes cannot keep or could not understand.

A key is a name of at most 63 characters, behind a DNS prefix where it has one, and all keys and values together take at
most 256 KiB. A few keys mean something to Kubernetes itself: the cost of deleting the Pod is a whole number, the mark of
a mirror Pod needs a node, and tolerations are a list in JSON.

Bad:

    apiVersion: v1
    kind: Pod
    metadata:
      name: shop
      annotations: {controller.kubernetes.io/pod-deletion-cost: cheap}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata:
      name: shop
      annotations: {controller.kubernetes.io/pod-deletion-cost: "-100"}
    spec:
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from webhook.core import app_armor
from webhook.core.annotations import annotations_path, times_reported
from webhook.core.fault import Fault, invalid
from webhook.core.finding import Finding
from webhook.core.go_text import lower
from webhook.core.label_faults import annotation_faults
from webhook.core.names import qualified_name_faults
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule
from webhook.core.template import is_reached
from webhook.core.toleration import read_tolerations, toleration_faults

CODE = "IC148"
_DELETION_COST = "controller.kubernetes.io/pod-deletion-cost"
_MIRROR = "kubernetes.io/config.mirror"
_TOLERATIONS = "scheduler.alpha.kubernetes.io/tolerations"
_WITH_MEANING = frozenset((_DELETION_COST, _MIRROR, _TOLERATIONS))
# No plus and no leading zeros, though they may follow a minus.
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]*|-[0-9]+")
_INT32_DIGITS = 10
# A prefix, the slash and a name.
_LONGEST_KEY = 253 + 1 + 63
# So many characters are never too many bytes, however they are encoded.
_SURELY_SMALL = 1 << 16
# Removed when the object is read: what init containers were before they were a field.
_DROPPED = frozenset(
    f"pod.{stage}.kubernetes.io/{name}"
    for stage in ("alpha", "beta")
    for name in ("init-containers", "init-container-statuses")
)


def check(pod: Pod) -> Iterator[Finding]:
    """Find malformed keys, too much text, and unusable values of the annotations that Kubernetes itself reads."""
    annotations = pod.annotations
    if app_armor.makes_annotations(pod):
        annotations = annotations | app_armor.reconciled(pod).added
    if not annotations or _is_unremarkable(annotations) or not is_reached(pod):
        return
    path = annotations_path(pod)
    for _ in range(times_reported(pod)):
        for fault in _faults(annotations, pod.spec):
            # The path of a map's entry is put in brackets.
            where = path + fault.path if fault.path.startswith("[") else fault.path_from(path)
            yield Finding(CODE, fault.type, where, fault.message)


def _is_unremarkable(annotations: Raw) -> bool:
    if not _WITH_MEANING.isdisjoint(annotations):
        return False
    size = 0
    for key, value in annotations.items():
        if len(key) > _LONGEST_KEY or not _is_good_key(key):
            return False
        size += len(key) + len(value or "")
    return size <= _SURELY_SMALL


@lru_cache(maxsize=1024)
def _is_good_key(key: str) -> bool:
    return not qualified_name_faults(lower(key))


def _faults(annotations: Raw, spec: Raw) -> Iterator[Fault]:
    yield from annotation_faults({key: value for key, value in annotations.items() if key not in _DROPPED})
    if _MIRROR in annotations and not spec.get("nodeName"):
        yield invalid(f"[{_MIRROR}]", "a mirror Pod stands on a node: set spec.nodeName, or take the annotation away")
    if _DELETION_COST in annotations and not _is_int32(annotations[_DELETION_COST] or ""):
        yield invalid(f"[{_DELETION_COST}]", "must be a whole number of 32 bits, without leading zeros")
    if annotations.get(_TOLERATIONS):
        yield from _toleration_faults(annotations[_TOLERATIONS])


def _toleration_faults(text: str) -> Iterator[Fault]:
    tolerations = read_tolerations(text)
    if tolerations is None:
        yield invalid("", f"{_TOLERATIONS} must be a list of tolerations in JSON; write them to spec.tolerations")
        return
    for fault in toleration_faults(tolerations):
        yield fault._replace(path=_TOLERATIONS + fault.path)


def _is_int32(text: str) -> bool:
    if _WHOLE_NUMBER.fullmatch(text) is None:
        return False
    digits = text.lstrip("-0")
    return len(digits) <= _INT32_DIGITS and -(1 << 31) <= int(text) < 1 << 31


RULE = Rule(
    code=CODE,
    title="Malformed annotation",
    check=check,
    source="apimachinery pkg/api/validation: ValidateAnnotations; kubernetes ValidatePodSpecificAnnotations",
    text=__doc__,
    beyond_template=True,
    needs=("annotations", "appArmorProfile"),
)
