"""An init container writes into an emptyDir without a sizeLimit.

What it fetches may be larger than anybody thought, and fills the node's disk, on which every Pod of the node lives.
With a sizeLimit the Pod that overfills its volume is evicted, and only that Pod. In memory (`medium: Memory`) what is
written counts against the container's memory limit as well.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/fetch:1
        volumeMounts: [{name: work, mountPath: /work}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: work, mountPath: /work}]
      volumes: [{name: work, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/fetch:1
        volumeMounts: [{name: work, mountPath: /work}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: work, mountPath: /work}]
      volumes: [{name: work, emptyDir: {sizeLimit: 500Mi}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule, Tier

CODE = "IC328"


def check(pod: Pod) -> Iterator[Finding]:
    """Find emptyDirs without a sizeLimit that a plain init container may write to."""
    if not pod.init_containers:
        return
    writers = _writers(pod)
    for index, volume in enumerate(pod.volumes()):
        empty = volume.get("emptyDir")
        # A limit of zero is none.
        if empty is None or (empty.get("sizeLimit") or "0") not in ("0", 0):
            continue
        writer = writers.get(volume.get("name"))
        if writer is not None:
            path = f"{pod.path}.volumes[{index}].emptyDir.sizeLimit"
            message = f"init container {writer.name!r} may fill the node's disk by it; set a sizeLimit"
            yield Finding(CODE, ErrorType.PRACTICE, path, message, writer.name)


def _writers(pod: Pod) -> dict[str | None, Container]:
    """Give the first plain init container that may write to a volume, by the volume's name."""
    writers: dict[str | None, Container] = {}
    for container in pod.init_containers:
        for mount in () if container.is_sidecar else pod.volume_mounts(container):
            if not mount.get("readOnly"):
                writers.setdefault(mount.get("name"), container)
    return writers


RULE = Rule(
    code=CODE,
    title="Unbounded emptyDir",
    check=check,
    source="https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
)
