"""References to a field of the Pod or to a resource of a container: in environment variables and downwardAPI volumes.

Source: kubernetes `pkg/apis/core/validation`: validateObjectFieldSelector, validateContainerResourceFieldSelector;
`pkg/fieldpath`.
"""

from collections.abc import Iterable, Iterator

from webhook.core.fault import Fault, all_invalid, invalid, not_supported, required
from webhook.core.go_text import lower
from webhook.core.names import qualified_name_faults
from webhook.core.pod import Raw
from webhook.core.quantity import Quantity

# What an environment variable may hold; labels and annotations only one by one.
ENV_FIELDS = frozenset(
    {
        "metadata.name",
        "metadata.namespace",
        "metadata.uid",
        "spec.nodeName",
        "spec.serviceAccountName",
        "status.hostIP",
        "status.hostIPs",
        "status.podIP",
        "status.podIPs",
    }
)
# What a file of a downwardAPI volume may hold.
FILE_FIELDS = frozenset(
    {
        "metadata.annotations",
        "metadata.labels",
        "metadata.name",
        "metadata.namespace",
        "metadata.uid",
    }
)
_MAPS = ("metadata.annotations", "metadata.labels")
# Labels of fields that Kubernetes knows, whether or not they may be used in one of the two places.
_KNOWN_FIELDS = ENV_FIELDS | FILE_FIELDS | {"spec.restartPolicy", "spec.schedulerName", "status.phase"}
_OLD_NAMES = {"spec.host": "spec.nodeName"}

_RESOURCES = (
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
)
_HUGE_PAGES = ("limits.hugepages-", "requests.hugepages-")
_CPU_DIVISORS = ("1", "1m")
_BYTE_DIVISORS = ("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei")


def field_ref_faults(ref: Raw, allowed: frozenset[str]) -> Iterable[Fault]:
    """Give the faults of a fieldRef; `allowed` is `ENV_FIELDS` or `FILE_FIELDS`."""
    label, version = ref.get("fieldPath") or "", ref.get("apiVersion") or "v1"
    return () if label in allowed and version == "v1" else _label_faults(label, version, allowed)


def _label_faults(label: str, version: str, allowed: frozenset[str]) -> Iterator[Fault]:
    if not label:
        yield required("fieldPath", "name the field, such as metadata.name")
        return
    field, key = _subscripted(label)
    if version != "v1":
        yield invalid("fieldPath", f"the fields of apiVersion {version!r} are not known; say v1 or leave it out")
    elif key is None:
        yield from _plain_field_faults(_OLD_NAMES.get(field, field), allowed)
    elif field not in _MAPS:
        yield invalid("fieldPath", f"{field} has no entries to choose from; only labels and annotations take ['key']")
    else:
        key = lower(key) if field == "metadata.annotations" else key
        yield from all_invalid("", f"the key {key!r} of {field}", qualified_name_faults(key))


def _plain_field_faults(field: str, allowed: frozenset[str]) -> Iterator[Fault]:
    if field not in _KNOWN_FIELDS:
        yield invalid("fieldPath", f"there is no field {field!r}; one of {', '.join(sorted(allowed))}")
    elif field not in allowed:
        yield not_supported("fieldPath", field, sorted(allowed))


def _subscripted(label: str) -> tuple[str, str | None]:
    """Split `metadata.labels['app']` into field and key; a label without a key is all field."""
    field, bracket, key = label.removesuffix("']").partition("['")
    return (field, key) if field and bracket and label.endswith("']") else (label, None)


def resource_field_ref_faults(ref: Raw, *, of_volume: bool = False) -> Iterator[Fault]:
    """Give the faults of a resourceFieldRef; in a volume it must name the container as well."""
    resource = ref.get("resource") or ""
    if of_volume and not ref.get("containerName"):
        yield required("containerName", "a volume belongs to no container: say whose resource is meant")
    elif not resource:
        yield required("resource", "name the resource, such as limits.memory")
    elif resource not in _RESOURCES and not resource.startswith(_HUGE_PAGES):
        yield not_supported("resource", resource, (*_RESOURCES, *(f"{prefix}*" for prefix in _HUGE_PAGES)))
    if ref.get("divisor") is not None:
        yield from _divisor_faults(resource, Quantity.decode(ref["divisor"]))


def _divisor_faults(resource: str, divisor: Quantity) -> Iterator[Fault]:
    """Judge the text as Kubernetes prints it, `1000m` as `1`; a resource that is none is divided by anything."""
    if divisor.is_zero or (resource not in _RESOURCES and not resource.startswith(_HUGE_PAGES)):
        return
    divisors = _CPU_DIVISORS if resource.endswith(".cpu") else _BYTE_DIVISORS
    if divisor.printed not in divisors:
        yield invalid("divisor", f"{resource} is divided by one of {', '.join(divisors)}")
