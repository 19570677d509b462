"""A mount that shares mounts with the node, or forbids writing below itself, in a way that cannot be.

`Bidirectional` lets a container mount into the node, so only a privileged one may. `recursiveReadOnly` needs `readOnly`
and no propagation. Kubernetes tells both without the index of the mount.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: driver
        image: registry.example/driver:1
        volumeMounts: [{name: mounts, mountPath: /mounts, mountPropagation: Bidirectional}]
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: mounts, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: driver
        image: registry.example/driver:1
        volumeMounts: [{name: mounts, mountPath: /mounts, mountPropagation: HostToContainer}]
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: mounts, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, forbidden, not_supported
from webhook.core.finding import Finding
from webhook.core.pod import Container, Pod, Raw
from webhook.core.rule import Rule

CODE = "IC127"
_PROPAGATIONS = ("Bidirectional", "HostToContainer", "None")
_RECURSIVE = ("Disabled", "Enabled", "IfPossible")


def check(pod: Pod) -> Iterator[Finding]:
    """Find bad values of mountPropagation and recursiveReadOnly, and what they do not go together with."""
    for container in pod.all_containers():
        mounts = container.raw.get("volumeMounts")
        if not mounts or not _have_propagation(mounts):
            continue
        for j, mount in enumerate(pod.volume_mounts(container)):
            for fault in _faults(mount, j, container):
                yield fault.at(f"{container.path}.volumeMounts", CODE, container.name)


def _have_propagation(mounts: list[Raw | None]) -> bool:
    """Say whether there is anything to look at, mounts that the API server removes among it."""
    for mount in mounts:  # noqa: SIM110  # a generator costs twice as much, in every container of every Pod
        if mount and ("mountPropagation" in mount or "recursiveReadOnly" in mount):
            return True
    return False


def _faults(mount: Raw, j: int, container: Container) -> list[Fault]:
    propagation, recursive = mount.get("mountPropagation"), mount.get("recursiveReadOnly")
    faults: list[Fault] = []
    if propagation is not None:
        faults += _propagation_faults(propagation, j, container)
    if recursive is not None:
        faults += _recursive_faults(mount, recursive, j)
    return faults


def _propagation_faults(propagation: str, j: int, container: Container) -> Iterator[Fault]:
    if propagation not in _PROPAGATIONS:
        yield not_supported("mountPropagation", propagation, _PROPAGATIONS)
    elif propagation == "Bidirectional" and (container.raw.get("securityContext") or {}).get("privileged") is not True:
        yield forbidden("mountPropagation", f"mount {j} is Bidirectional, which only a privileged container may have")


def _recursive_faults(mount: Raw, recursive: str, j: int) -> Iterator[Fault]:
    if recursive not in _RECURSIVE:
        yield not_supported("recursiveReadOnly", recursive, _RECURSIVE)
    if recursive not in ("Enabled", "IfPossible"):
        return
    if not mount.get("readOnly"):
        yield forbidden("recursiveReadOnly", f"mount {j} must be readOnly for it")
    if mount.get("mountPropagation") not in (None, "None"):
        yield forbidden("recursiveReadOnly", f"mount {j} must have no mountPropagation for it")


RULE = Rule(
    code=CODE,
    title="Bad mount propagation",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateMountPropagation, validateMountRecursiveReadOnly; KEP-3857",
    text=__doc__,
    needs=("mountPropagation", "recursiveReadOnly"),
    by_container=True,
)
