"""The claim template of an ephemeral volume.

Source: kubernetes `pkg/apis/core/validation`: ValidatePersistentVolumeClaimTemplate, ValidatePersistentVolumeClaimSpec.
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, all_invalid, forbidden, invalid, not_supported, required
from webhook.core.label_faults import annotation_faults, label_faults, selector_faults
from webhook.core.names import dns_label_faults, dns_subdomain_faults
from webhook.core.pod import Raw
from webhook.core.quantity import Quantity

_ACCESS_MODES = ("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")
_VOLUME_MODES = ("Block", "Filesystem")
_CLAIM = "PersistentVolumeClaim"
# Since this minor the class of volume attributes is looked at (KEP-3751).
_ATTRIBUTES_CLASS_SINCE = 34
# What the metadata may not hold, as Go names it; lists even if empty, numbers and texts unless zero.
_LISTS_AND_POINTERS = {
    "creationTimestamp": "creationTimestamp",
    "deletionTimestamp": "deletionTimestamp",
    "deletionGracePeriodSeconds": "deletionGracePeriodSeconds",
    "ownerReferences": "ownerReferences",
    "finalizers": "finalizers",
    "managedFields": "managedFields",
}
_PLAIN = {
    "name": "name",
    "generateName": "generateName",
    "namespace": "namespace",
    "selfLink": "selfLink",
    "uid": "uID",
    "resourceVersion": "resourceVersion",
    "generation": "generation",
}


def ephemeral_faults(source: Raw, minor: int) -> Iterator[Fault]:
    """Give the faults of an ephemeral volume, as Kubernetes 1.`minor` sees them."""
    template = source.get("volumeClaimTemplate")
    if template is None:
        yield required("volumeClaimTemplate", "say what the claim is to be like")
        return
    for fault in _metadata_faults(template.get("metadata") or {}):
        yield fault.below("volumeClaimTemplate.metadata")
    for fault in _spec_faults(template.get("spec") or {}, minor):
        yield fault.below("volumeClaimTemplate.spec")


def _metadata_faults(metadata: Raw) -> Iterator[Fault]:
    for fault in annotation_faults(metadata.get("annotations") or {}):
        yield fault.below("annotations")
    for fault in label_faults(metadata.get("labels") or {}):
        yield fault.below("labels")
    set_fields = [name for field, name in _LISTS_AND_POINTERS.items() if metadata.get(field) is not None]
    set_fields += [name for field, name in _PLAIN.items() if metadata.get(field)]
    for name in set_fields:
        yield forbidden(name, "a claim template takes labels and annotations only; the claim is named after the Pod")


def _spec_faults(spec: Raw, minor: int) -> Iterator[Fault]:
    yield from _access_mode_faults(spec.get("accessModes") or [])
    if spec.get("selector") is not None:
        for fault in selector_faults(spec["selector"]):
            yield fault.below("selector")
    yield from _storage_faults((spec.get("resources") or {}).get("requests") or {})
    yield from _class_faults(spec, "storageClassName")
    mode = spec.get("volumeMode")
    if mode is not None and mode not in _VOLUME_MODES:
        yield not_supported("volumeMode", mode, _VOLUME_MODES)
    yield from _data_source_faults(spec)
    if minor >= _ATTRIBUTES_CLASS_SINCE:
        yield from _class_faults(spec, "volumeAttributesClassName")


def _access_mode_faults(modes: list[str]) -> Iterator[Fault]:
    if not modes:
        yield required("accessModes", "give at least one access mode")
    known = [mode for mode in modes if mode in _ACCESS_MODES]
    for mode in modes:
        if mode not in _ACCESS_MODES:
            yield not_supported("accessModes", mode or "", _ACCESS_MODES)
    if "ReadWriteOncePod" in known and len(set(known)) > 1:
        yield forbidden("accessModes", "ReadWriteOncePod stands alone")


def _storage_faults(requests: Raw) -> Iterator[Fault]:
    if "storage" not in requests:
        yield required("resources[storage]", "say how much storage is requested")
        return
    storage = Quantity.defaulted(requests["storage"])
    if storage.nano <= 0:
        yield invalid("resources[storage]", "the request for storage must be more than nothing")


def _class_faults(spec: Raw, field: str) -> list[Fault]:
    return all_invalid(field, field, dns_subdomain_faults(spec[field]) if spec.get(field) else ())


def _data_source_faults(spec: Raw) -> Iterator[Fault]:
    source, ref = spec.get("dataSource"), spec.get("dataSourceRef")
    for field, one in (("dataSource", source), ("dataSourceRef", ref)):
        for fault in _object_faults(one) if one is not None else ():
            yield fault.below(field)
    namespace = (ref or {}).get("namespace")
    if namespace:
        yield from all_invalid("dataSourceRef.namespace", "the namespace", dns_label_faults(namespace))
    if source is None or ref is None:
        return
    if namespace:
        yield invalid("", "dataSource may not stand beside a dataSourceRef with a namespace")
    elif _identity(source) != _identity(ref):
        yield invalid("", "dataSource and dataSourceRef must be the same where both are given")


def _identity(source: Raw) -> tuple[str | None, str, str]:
    return source.get("apiGroup"), source.get("kind") or "", source.get("name") or ""


def _object_faults(source: Raw) -> Iterator[Fault]:
    group, kind, name = _identity(source)
    if not name:
        yield required("name", "name the object that the data comes from")
    if not kind:
        yield required("kind", "say what kind the data comes from")
    if not group and kind != _CLAIM:
        yield invalid("", f"without an apiGroup the kind must be {_CLAIM}")
    if group:
        yield from all_invalid("apiGroup", "the apiGroup", dns_subdomain_faults(group))
