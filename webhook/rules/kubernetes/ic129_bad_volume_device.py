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

from webhook.core.fault import Fault, forbidden, invalid, required
from webhook.core.finding import ErrorType, Finding
from webhook.core.local_path import has_backstep
from webhook.core.pod import Container, Pod, Raw
from webhook.core.rule import Rule
from webhook.core.volumes import valid_volumes

CODE = "IC129"
_CLAIMS = ("persistentVolumeClaim", "ephemeral")
_FORBIDDEN_IN_USER_NAMESPACES_SINCE = 34


def check(pod: Pod) -> Iterator[Finding]:
    """Find devices that are incomplete, unknown, no claims, or clash; mounts that clash with them; user namespaces."""
    for container in pod.all_containers():
        if container.raw.get("volumeDevices"):
            for fault in _faults(pod, container):
                yield fault.at(container.path, CODE, container.name)


def _faults(pod: Pod, container: Container) -> Iterator[Fault]:
    devices, mounts = container.items("volumeDevices"), pod.volume_mounts(container)
    volumes = valid_volumes(pod)
    if pod.spec.get("hostUsers") is False and pod.minor >= _FORBIDDEN_IN_USER_NAMESPACES_SINCE:
        yield forbidden("volumeDevices", "a Pod with hostUsers: false can have no raw block devices")
    mounted = _paths(mounts, "mountPath")
    for j, device in enumerate(devices):
        earlier = devices[:j]
        for fault in (*_name_faults(device, earlier, volumes, mounted), *_path_faults(device, earlier, mounted)):
            yield fault.below(f"volumeDevices[{j}]")
    used = _paths(devices, "devicePath")
    for j, mount in enumerate(mounts):
        for fault in _mount_faults(mount, used):
            yield fault.below(f"volumeMounts[{j}]")


def _paths(items: list[Raw], field: str) -> dict[str, str]:
    """Give the paths by name; of two with one name Kubernetes remembers the last."""
    return {item.get("name") or "": item.get(field) or "" for item in items}


def _name_faults(device: Raw, earlier: list[Raw], volumes: dict[str, Raw], mounted: dict[str, str]) -> Iterator[Fault]:
    name = device.get("name") or ""
    if not name:
        yield required("name", "a device names its volume")
    elif any(one.get("name") == name for one in earlier):
        yield invalid("name", f"the volume {name!r} is a device of this container already")
    if name not in volumes:
        yield Fault(ErrorType.NOT_FOUND, "name", f"there is no valid volume {name!r} in this Pod")
    elif all(volumes[name].get(kind) is None for kind in _CLAIMS):
        yield invalid("name", f"the volume {name!r} must be a persistentVolumeClaim or ephemeral to be a device")
    if name in mounted:
        yield invalid("name", f"the volume {name!r} is also mounted in this container")


def _path_faults(device: Raw, earlier: list[Raw], mounted: dict[str, str]) -> Iterator[Fault]:
    path = device.get("devicePath") or ""
    if not path:
        yield required("devicePath", "a device says at which path it appears")
    if has_backstep(path):
        yield invalid("devicePath", "the path must not have '..' among its elements")
    elif any((one.get("devicePath") or "") == path for one in earlier):
        yield invalid("devicePath", f"the path {path!r} is that of another device of this container")
    if path in mounted.values():
        yield invalid("devicePath", f"the path {path!r} is also that of a mount of this container")


def _mount_faults(mount: Raw, used: dict[str, str]) -> Iterator[Fault]:
    name, path = mount.get("name") or "", mount.get("mountPath") or ""
    if name in used:
        yield invalid("name", f"the volume {name!r} is also a device of this container")
    if path in used.values():
        yield invalid("mountPath", f"the path {path!r} is also that of a device of this container")


RULE = Rule(
    code=CODE,
    title="Bad volume device",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateVolumeDevices, ValidateVolumeMounts, validateHostUsers",
    text=__doc__,
)
