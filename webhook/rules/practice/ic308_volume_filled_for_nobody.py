"""An init container fills a volume that no other container mounts.

What it fetches or writes is thrown away, and the main container finds its folder empty: mostly a mount that was
forgotten, or a volume whose name differs in the other container.

Judged is what is certain: an emptyDir that one plain init container alone mounts and that its command only writes to.
Room to work in (`/tmp`, a cache, what the same command reads again) is no fault.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: page
        image: registry.example/tools:1
        command: ["sh", "-ec", "echo open > /work/index.html"]
        volumeMounts: [{name: page, mountPath: /work}]
      containers:
      - name: app
        image: registry.example/shop:1
      volumes: [{name: page, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: page
        image: registry.example/tools:1
        command: ["sh", "-ec", "echo open > /work/index.html"]
        volumeMounts: [{name: page, mountPath: /work}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: page, mountPath: /srv, readOnly: true}]
      volumes: [{name: page, emptyDir: {}}]
"""

from collections import Counter
from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod, Raw
from webhook.core.rule import Rule
from webhook.shell.filled import only_fills

CODE = "IC308"

# Each such volume means another look at the whole command; nobody forgets more of them.
_MOST = 3
# Room that programs want for themselves.
_SCRATCH = ("/tmp", "/var/tmp", "/run", "/var/run", "/dev/shm")  # noqa: S108  # paths of mounts that we compare with
_SCRATCH_PARTS = ("cache", "tmp", "scratch")


def check(pod: Pod) -> Iterator[Finding]:
    """Find emptyDirs that one plain init container fills and nobody else mounts."""
    if not pod.init_containers or not pod.spec.get("volumes"):
        return
    empty = {volume.get("name") for volume in pod.volumes() if volume.get("emptyDir") is not None}
    if not empty:
        return
    looks: Counter[int] = Counter()
    for name, mounts in _mounts_of(pod, empty).items():
        container, index, mount = mounts[0]
        if len(mounts) != 1 or not container.runs_to_completion:
            continue
        looks[container.index] += 1
        if looks[container.index] <= _MOST and _is_filled(container, mount):
            path = f"{container.path}.volumeMounts[{index}]"
            message = f"nobody else mounts the volume {name!r} that it fills; mount it in the container that reads it"
            yield Finding(CODE, ErrorType.PRACTICE, path, message, container.name)


_Mounts = dict[str, list[tuple[Container, int, Raw]]]


def _mounts_of(pod: Pod, volumes: set[str | None]) -> _Mounts:
    found: _Mounts = {}
    for container in pod.all_containers():
        for index, mount in enumerate(pod.volume_mounts(container)):
            if (name := mount.get("name")) in volumes and name:
                found.setdefault(name, []).append((container, index, mount))
    return found


def _is_filled(container: Container, mount: Raw) -> bool:
    place = (mount.get("mountPath") or "").rstrip("/")
    if not place or mount.get("readOnly") or place in _SCRATCH or any(part in place.lower() for part in _SCRATCH_PARTS):
        return False
    return only_fills(container, place)


RULE = Rule(
    code=CODE,
    title="Volume filled for nobody",
    check=check,
    source="https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
    text=__doc__,
    needs=("initContainers",),
)
