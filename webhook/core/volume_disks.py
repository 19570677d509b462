"""Volumes that are a disk or a share somewhere: of a cloud, of the network or behind a driver.

A field that is required and empty is told by `volume_source`; here stands what else can be wrong. Source: kubernetes
`pkg/apis/core/validation`: the validate…VolumeSource functions.
"""

import re
from collections.abc import Iterator

from webhook.core.fault import Fault, all_invalid, invalid, not_supported, required
from webhook.core.finding import ErrorType
from webhook.core.go_text import lower
from webhook.core.local_path import descending_faults
from webhook.core.names import dns_label_faults, dns_subdomain_faults, size_in_bytes
from webhook.core.pod import Raw

_MAX_BYTE = 255
_TENANT_MAX_BYTES = 64
_CSI_DRIVER_MAX_BYTES = 63
_HOST_AND_PORT = re.compile(r"(\[[^\[\]]*\]|[^\[\]:]*):[^\[\]:]*")
_CACHING_MODES = ("None", "ReadOnly", "ReadWrite")
_DISK_KINDS = ("Dedicated", "Managed", "Shared")
_RESERVED_NAMESPACES = (".kubernetes.io", ".k8s.io")


def _byte_faults(source: Raw, field: str) -> Iterator[Fault]:
    if not 0 <= (source.get(field) or 0) <= _MAX_BYTE:
        yield invalid(field, f"must be between 0 and {_MAX_BYTE}")


def partition_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a gcePersistentDisk or awsElasticBlockStore."""
    return _byte_faults(source, "partition")


def git_repo_faults(source: Raw) -> list[Fault]:
    """Give the faults of a gitRepo."""
    return all_invalid("directory", "the directory", descending_faults(source.get("directory") or ""))


def nfs_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of an nfs volume."""
    if not (source.get("path") or "").startswith("/"):
        yield invalid("path", "the path on the server must be absolute")


def fc_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a fibre channel volume."""
    names, ids = source.get("targetWWNs"), source.get("wwids")
    if not names and not ids:
        yield required("targetWWNs", "either targetWWNs or wwids must be given")
    if names and ids:
        yield invalid("targetWWNs", "targetWWNs and wwids exclude each other")
    if names:
        if source.get("lun") is None:
            yield required("lun", "targetWWNs need a lun")
        yield from _byte_faults(source, "lun")


def flocker_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a flocker volume."""
    name, uuid = source.get("datasetName") or "", source.get("datasetUUID")
    if not name and not uuid:
        yield required("", "either datasetName or datasetUUID must be given")
    if name and uuid:
        yield invalid("", "datasetName and datasetUUID exclude each other")
    if "/" in name:
        yield invalid("datasetName", "must not contain '/'")


def quobyte_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a quobyte volume."""
    registry = source.get("registry") or ""
    if not registry:
        yield required("registry", "must be host:port, or several of them separated by commas")
    elif size_in_bytes(source.get("tenant") or "") > _TENANT_MAX_BYTES:
        yield required("tenant", f"must be a UUID of no more than {_TENANT_MAX_BYTES} bytes")
    else:
        for pair in registry.split(","):
            if _HOST_AND_PORT.fullmatch(pair) is None:
                yield invalid("registry", "must be host:port, or several of them separated by commas")
    if not source.get("volume"):
        yield required("volume", "name the volume")


def secret_ref_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of the secretRef of a cinder or storageos volume."""
    ref = source.get("secretRef")
    if ref is not None and not ref.get("name"):
        yield required("secretRef.name", "name the Secret")


def storageos_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a storageos volume."""
    for field in ("volumeName", "volumeNamespace"):
        if source.get(field):
            yield from all_invalid(field, field, dns_label_faults(source[field]))
    yield from secret_ref_faults(source)


def flex_volume_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a flexVolume: Kubernetes keeps options in its own namespaces for itself."""
    for key in source.get("options") or {}:
        namespace = key.split("/", 1)[0]
        if f".{lower(namespace)}".endswith(_RESERVED_NAMESPACES):
            yield invalid(f"options[{key}]", "options in kubernetes.io and k8s.io are Kubernetes' own")


def azure_disk_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of an azureDisk; where no kind is given it is Shared."""
    caching, kind, uri = source.get("cachingMode"), source.get("kind"), source.get("diskURI") or ""
    if caching is not None and caching not in _CACHING_MODES:
        yield not_supported("cachingMode", caching, _CACHING_MODES)
    if kind is not None and kind not in _DISK_KINDS:
        yield not_supported("kind", kind, _DISK_KINDS)
    start = "/subscriptions/" if kind == "Managed" else "https://"
    if not uri.startswith(start):
        yield not_supported("diskURI", uri, [f"{start}… for a disk of this kind"])


def csi_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of an inline csi volume."""
    driver = source.get("driver") or ""
    if driver:
        if size_in_bytes(driver) > _CSI_DRIVER_MAX_BYTES:
            yield Fault(ErrorType.TOO_LONG, "driver", f"must be no more than {_CSI_DRIVER_MAX_BYTES} bytes")
        yield from all_invalid("driver", "the driver's name", dns_subdomain_faults(lower(driver)))
    ref = source.get("nodePublishSecretRef")
    if ref is None:
        return
    if not ref.get("name"):
        yield required("nodePublishSecretRef.name", "name the Secret")
    else:
        yield from all_invalid("name", "the name of the Secret", dns_subdomain_faults(ref["name"]))
