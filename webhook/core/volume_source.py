"""The source of a volume: which of thirty it is, and what Kubernetes says of it.

Kubernetes looks in an order of its own: the first source that it finds is judged, each further one is Forbidden. Paths
are relative to the volume; three do not spell the field as the manifest does. Source: kubernetes
`pkg/apis/core/validation`: validateVolumeSource.
"""

from collections.abc import Callable, Iterable, Iterator

from webhook.core import volume_disks as disks
from webhook.core import volume_files as files
from webhook.core.fault import Fault, forbidden, invalid, not_supported, required
from webhook.core.iscsi import interface_name_faults, iscsi_faults
from webhook.core.local_path import has_backstep
from webhook.core.pod import Raw
from webhook.core.quantity import Quantity
from webhook.core.volume_claim import ephemeral_faults

Check = Callable[[Raw], Iterable[Fault]]

_PATH_TYPES = ("", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket")
_PULL_POLICIES = ("Always", "IfNotPresent", "Never")


def empty_dir_faults(source: Raw) -> Iterator[Fault]:
    """Give the fault of an emptyDir."""
    limit = source.get("sizeLimit")
    if limit is not None and Quantity.decode(limit).nano < 0:
        yield forbidden("sizeLimit", "a limit of the size is not negative")


def host_path_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of a hostPath; without a path its type is not looked at."""
    path, kind = source.get("path"), source.get("type")
    if not path:
        yield required("path", "say which path of the node")
        return
    if has_backstep(path):
        yield invalid("path", "the path must not have '..' among its elements")
    if kind is not None and kind not in _PATH_TYPES:
        yield not_supported("type", kind, _PATH_TYPES[1:])


def image_faults(source: Raw) -> Iterator[Fault]:
    """Give the faults of an image volume that templates have as well; where no policy is given there is a default."""
    policy = source.get("pullPolicy")
    if policy and policy not in _PULL_POLICIES:
        yield not_supported("pullPolicy", policy, _PULL_POLICIES)


# The order in which Kubernetes looks; for each source its required fields, in their order, and what else is asked.
_SOURCES: dict[str, tuple[tuple[str, ...], Check | None]] = {
    "emptyDir": ((), empty_dir_faults),
    "hostPath": ((), host_path_faults),
    "gitRepo": (("repository",), disks.git_repo_faults),
    "gcePersistentDisk": (("pdName",), disks.partition_faults),
    "awsElasticBlockStore": (("volumeID",), disks.partition_faults),
    "secret": ((), files.secret_faults),
    "nfs": (("server", "path"), disks.nfs_faults),
    "iscsi": (("targetPortal", "iqn"), iscsi_faults),
    "glusterfs": (("endpoints", "path"), None),
    "flocker": ((), disks.flocker_faults),
    "persistentVolumeClaim": (("claimName",), None),
    "rbd": (("monitors", "image"), None),
    "cinder": (("volumeID",), disks.secret_ref_faults),
    "cephfs": (("monitors",), None),
    "quobyte": ((), disks.quobyte_faults),
    "downwardAPI": ((), files.downward_api_faults),
    "fc": ((), disks.fc_faults),
    "flexVolume": (("driver",), disks.flex_volume_faults),
    "configMap": ((), files.config_map_faults),
    "azureFile": (("secretName", "shareName"), None),
    "vsphereVolume": (("volumePath",), None),
    "photonPersistentDisk": (("pdID",), None),
    "portworxVolume": (("volumeID",), None),
    "azureDisk": (("diskName", "diskURI"), disks.azure_disk_faults),
    "storageos": (("volumeName",), disks.storageos_faults),
    "projected": ((), files.projected_faults),
    "scaleIO": (("gateway", "system", "volumeName"), None),
    "csi": (("driver",), disks.csi_faults),
    "ephemeral": ((), None),  # its template is judged by version, see `source_faults`
    "image": ((), image_faults),
}
_ORDER = {kind: place for place, kind in enumerate(_SOURCES)}
# Where Kubernetes tells the faults of a source, and where that there is a second one, if not under its own name.
_TOLD_AT = {"gcePersistentDisk": "persistentDisk"}
_SECOND_TOLD_AT = {"cephfs": "cephFS", "downwardAPI": "downwarAPI"}


def kinds_of(volume: Raw) -> list[str]:
    """Give the sources that a volume has, in Kubernetes' order; none means an emptyDir."""
    kinds = [kind for kind, source in volume.items() if source is not None and kind in _SOURCES]
    if len(kinds) > 1:
        kinds.sort(key=_ORDER.__getitem__)
    return kinds


def source_faults(volume: Raw, kinds: list[str], minor: int) -> list[Fault]:
    """Give the faults of a volume's sources, as Kubernetes 1.`minor` sees them; `kinds` are those of `kinds_of`."""
    if not kinds:
        return []
    first = kinds[0]
    faults = _faults_of(first, volume[first], minor)
    if faults:
        faults = [fault.below(_TOLD_AT.get(first, first)) for fault in faults]
    for kind in kinds[1:]:
        message = f"a volume has one source, and this one has {first} already"
        faults.append(forbidden(_SECOND_TOLD_AT.get(kind, kind), message))
    if "iscsi" in kinds:
        faults += interface_name_faults(volume)
    return faults


def _faults_of(kind: str, source: Raw, minor: int) -> list[Fault]:
    if kind == "ephemeral":
        return list(ephemeral_faults(source, minor))
    fields, check = _SOURCES[kind]
    faults = [required(field, f"a volume of {kind} needs it") for field in fields if not source.get(field)]
    if check is not None:
        faults += check(source)
    return faults
