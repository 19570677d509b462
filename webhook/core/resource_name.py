"""Names of resources as Kubernetes tells them apart: standard, huge pages, extended, native.

    standard      cpu, memory, ephemeral-storage, and others that only quotas know (pods, requests.cpu)
    huge pages    hugepages-2Mi: the name says the size of a page
    native        anything without a prefix, or with kubernetes.io/ in it
    extended      example.com/gpu: what device plugins offer, counted in whole pieces

Sources: kubernetes `pkg/apis/core/helper/helpers.go` and, for the faults, `pkg/apis/core/validation`.
"""

from functools import lru_cache

from webhook.core.errors import QuantityError
from webhook.core.names import qualified_name_faults
from webhook.core.quantity import Quantity

# What containers may ask for without a prefix.
CONTAINER_RESOURCES = frozenset({"cpu", "memory", "ephemeral-storage"})
# KEP-2837: what a Pod may ask for as a whole, beside huge pages.
POD_RESOURCES = frozenset({"cpu", "memory"})

_HUGE_PAGES = "hugepages-"
_QUOTA = "requests."
_NATIVE = "kubernetes.io/"

# What only quotas count, and only in whole numbers.
_OBJECT_COUNTS = frozenset(
    {
        "configmaps",
        "persistentvolumeclaims",
        "pods",
        "replicationcontrollers",
        "resourcequotas",
        "secrets",
        "services",
        "services.loadbalancers",
        "services.nodeports",
    }
)
_STANDARD = (
    CONTAINER_RESOURCES
    | _OBJECT_COUNTS
    | {f"{kind}.{name}" for kind in ("requests", "limits") for name in CONTAINER_RESOURCES}
    | {"storage", "requests.storage"}
)

# A qualified name has 253 + 1 + 63 bytes at most: nothing longer is worth remembering, or is an extended resource.
_MAX_QUALIFIED = 317
_REMEMBERED_NAMES = 256


def is_huge_pages(name: str) -> bool:
    """Say whether a name stands for huge pages, whatever size it says."""
    return name.startswith(_HUGE_PAGES)


def page_size(name: str) -> int | None:
    """Give the bytes of one page that a name of huge pages says; None where it says no size that pages can have."""
    try:
        size = Quantity.parse(name.removeprefix(_HUGE_PAGES))
    except QuantityError:
        return None
    if size.nano <= 0 or size.milli_value() % 1000:
        return None
    # A size beyond an int64 comes out as 0, and nothing is a multiple of that.
    return size.value() or None


def can_overcommit(name: str) -> bool:
    """Say whether a request may stand below its limit or without one: so it is for native resources but huge pages."""
    return _is_native(name) and not is_huge_pages(name)


def comes_whole(name: str) -> bool:
    """Say whether amounts must be whole numbers: extended resources come in pieces, and so do counted objects."""
    return name in _OBJECT_COUNTS or _is_extended(name)


def container_resource_faults(name: str) -> list[str]:
    """Give each fault of a name in requests, limits or overhead of a container, in Kubernetes' order."""
    if name in CONTAINER_RESOURCES or _is_extended(name):
        return []
    faults = _resource_faults(name)
    if "/" not in name:
        if not is_huge_pages(name):
            faults.append("is no resource of containers: cpu, memory, ephemeral-storage, hugepages-… or example.com/…")
    elif not _is_native(name):
        faults.append("is no extended resource: its prefix must not begin with 'requests.', nor exceed 244 bytes")
    return faults


def pod_resource_faults(name: str) -> list[str]:
    """Give each fault of a name in spec.resources; that a Pod cannot ask for the resource is not one of them."""
    return [] if name in POD_RESOURCES else _resource_faults(name)


def is_pod_resource(name: str) -> bool:
    """Say whether a Pod can ask for the resource as a whole (KEP-2837)."""
    return name in POD_RESOURCES or is_huge_pages(name)


def _resource_faults(name: str) -> list[str]:
    faults = qualified_name_faults(name)
    if faults or "/" in name or name in _STANDARD or name.startswith((_HUGE_PAGES, _QUOTA + _HUGE_PAGES)):
        return faults
    return ["is no resource that Kubernetes knows, and others need a prefix, like example.com/gpu"]


def _is_native(name: str) -> bool:
    return "/" not in name or _NATIVE in name


def _is_extended(name: str) -> bool:
    return "/" in name and len(name) <= _MAX_QUALIFIED and _remembered_is_extended(name)


@lru_cache(_REMEMBERED_NAMES)
def _remembered_is_extended(name: str) -> bool:
    # The quota of an extended resource is called requests.<name>, which has to be a good name too.
    return not (_is_native(name) or name.startswith(_QUOTA) or qualified_name_faults(_QUOTA + name))
