"""A mount of a part of a volume that leads out of it, or is said in two ways.

A sub path is relative and never climbs: `..` would reach what belongs to the node. `subPath` and `subPathExpr` exclude
each other. Kubernetes tells a path that leads out without the index of its mount.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/fetch:1
        volumeMounts: [{name: data, mountPath: /data, subPath: ../other}]
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: data, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/fetch:1
        volumeMounts: [{name: data, mountPath: /data, subPath: pages}]
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: data, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, all_invalid, invalid
from webhook.core.finding import Finding
from webhook.core.local_path import descending_faults
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC126"
_FIELDS = ("subPath", "subPathExpr")


def check(pod: Pod) -> Iterator[Finding]:
    """Find sub paths that are absolute, climb or contradict each other."""
    for container in pod.all_containers():
        mounts = container.raw.get("volumeMounts")
        if not mounts or not _have_sub_path(mounts):
            continue
        for j, mount in enumerate(pod.volume_mounts(container)):
            for fault in _faults(mount, j):
                yield fault.at(f"{container.path}.volumeMounts", CODE, container.name)


def _have_sub_path(mounts: list[Raw | None]) -> bool:
    """Say whether there is anything to look at, mounts that the API server removes among it."""
    for mount in mounts:  # noqa: SIM110  # a generator costs twice as much, in every container of every Pod
        if mount and ("subPath" in mount or "subPathExpr" in mount):
            return True
    return False


def _faults(mount: Raw, j: int) -> Iterator[Fault]:
    if mount.get("subPath") and mount.get("subPathExpr"):
        yield invalid(f"[{j}].subPathExpr", "subPath and subPathExpr exclude each other; keep one of them")
    for field in _FIELDS:
        if mount.get(field):
            yield from all_invalid(field, f"the {field} of mount {j}", descending_faults(mount[field]))


RULE = Rule(
    code=CODE,
    title="Bad mount sub path",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateVolumeMounts",
    text=__doc__,
    needs=("subPath", "subPathExpr"),
    by_container=True,
)
