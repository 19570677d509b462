"""A raw block device that cannot be handed to its container.

A device is a volume of the Pod that comes from a claim, by a path that no other device or mount of the container has.
In a user namespace (`hostUsers: false`) Kubernetes 1.34 and later refuse devices altogether. Clashes with mounts are
told at both.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: format
        image: registry.example/format:1
        volumeDevices: [{name: disk, devicePath: /dev/disk}]
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: disk, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: format
        image: registry.example/format:1
        volumeDevices: [{name: disk, devicePath: /dev/disk}]
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: disk, persistentVolumeClaim: {claimName: disk}}]
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, invalid, required
from webhook.core.finding import ErrorType, Finding
from webhook.core.local_path import has_backstep
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule
from webhook.core.volumes import valid_volumes

CODE = "IC129"
_CLAIMS = ("persistentVolumeClaim", "ephemeral")
_FORBIDDEN_IN_USER_NAMESPACES_SINCE = 34


def check(pod: Pod) -> Iterator[Finding]:
    """Find devices that are incomplete, unknown, no claims, or clash; mounts that clash with them; user namespaces."""
    volumes: dict[str, Raw] | None = None
    for container in pod.all_containers():
        if not container.raw.get("volumeDevices"):
            continue
        if volumes is None:
            volumes = valid_volumes(pod)
        if pod.spec.get("hostUsers") is False and pod.minor >= _FORBIDDEN_IN_USER_NAMESPACES_SINCE:
            message = "a Pod with hostUsers: false can have no raw block devices"
            yield Finding(CODE, ErrorType.FORBIDDEN, f"{container.path}.volumeDevices", message, container.name)
        devices, mounts = container.items("volumeDevices"), pod.volume_mounts(container)
        for fault in (*_device_faults(devices, mounts, volumes), *_mount_faults(mounts, devices)):
            yield fault.at(container.path, CODE, container.name)


def _last_paths(items: list[Raw], field: str) -> dict[str, str]:
    """Give the paths by name; of two with one name Kubernetes remembers the last."""
    return {item.get("name") or "": item.get(field) or "" for item in items}


def _device_faults(devices: list[Raw], mounts: list[Raw], volumes: dict[str, Raw]) -> Iterator[Fault]:
    mounted = _last_paths(mounts, "mountPath")
    mount_paths = set(mounted.values())
    names: set[str] = set()
    paths: set[str] = set()
    for j, device in enumerate(devices):
        name, path = device.get("name") or "", device.get("devicePath") or ""
        for fault in (*_name_faults(name, names, mounted, volumes), *_path_faults(path, paths, mount_paths)):
            yield fault.below(f"volumeDevices[{j}]")
        names.add(name)
        paths.add(path)


def _name_faults(name: str, earlier: set[str], mounted: dict[str, str], volumes: dict[str, Raw]) -> Iterator[Fault]:
    if not name:
        yield required("name", "a device names its volume")
    elif name in earlier:
        yield invalid("name", f"the volume {name!r} is a device of this container already")
    if name not in volumes:
        yield Fault(ErrorType.NOT_FOUND, "name", f"there is no valid volume {name!r} in this Pod")
    elif all(volumes[name].get(kind) is None for kind in _CLAIMS):
        yield invalid("name", f"the volume {name!r} must be a persistentVolumeClaim or ephemeral to be a device")
    if name in mounted:
        yield invalid("name", f"the volume {name!r} is also mounted in this container")


def _path_faults(path: str, earlier: set[str], mount_paths: set[str]) -> Iterator[Fault]:
    """Judge a path; two that climb are not compared with each other."""
    if not path:
        yield required("devicePath", "a device says at which path it appears")
    if has_backstep(path):
        yield invalid("devicePath", "the path must not have '..' among its elements")
    elif path in earlier:
        yield invalid("devicePath", f"the path {path!r} is that of another device of this container")
    if path in mount_paths:
        yield invalid("devicePath", f"the path {path!r} is also that of a mount of this container")


def _mount_faults(mounts: list[Raw], devices: list[Raw]) -> Iterator[Fault]:
    used = _last_paths(devices, "devicePath")
    device_paths = set(used.values())
    for j, mount in enumerate(mounts):
        name, path = mount.get("name") or "", mount.get("mountPath") or ""
        if name in used:
            yield invalid(f"volumeMounts[{j}].name", f"the volume {name!r} is also a device of this container")
        if path in device_paths:
            message = f"the path {path!r} is also that of a device of this container"
            yield invalid(f"volumeMounts[{j}].mountPath", message)


RULE = Rule(
    code=CODE,
    title="Bad volume device",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateVolumeDevices, ValidateVolumeMounts, validateHostUsers",
    text=__doc__,
    needs=("volumeDevices",),
)
