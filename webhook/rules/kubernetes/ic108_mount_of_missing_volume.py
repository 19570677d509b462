"""A mount of a volume that the Pod does not have.

The kubelet would have nothing to mount. A volume with any fault of its own (IC144) counts as none, and so does the later
of two with one name; their mounts are reported as well. A StatefulSet's Pods also have the volumes of its claims.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/fetch:1
        volumeMounts: [{name: data, mountPath: /data}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/fetch:1
        volumeMounts: [{name: data, mountPath: /data}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule
from webhook.core.volumes import valid_volumes

CODE = "IC108"


def check(pod: Pod) -> Iterator[Finding]:
    """Find mounts whose name is that of no valid volume."""
    volumes: dict[str, Raw] | None = None
    for container in pod.all_containers():
        mounts = container.raw.get("volumeMounts")
        if not mounts:
            continue
        if volumes is None:
            volumes = valid_volumes(pod)
        if _are_found(mounts, volumes):
            continue
        for j, mount in enumerate(pod.volume_mounts(container)):
            name = mount.get("name") or ""
            if name not in volumes:
                message = f"there is no valid volume {name!r} in {pod.path}.volumes"
                path = f"{container.path}.volumeMounts[{j}].name"
                yield Finding(CODE, ErrorType.NOT_FOUND, path, message, container.name)


def _are_found(mounts: list[Raw | None], volumes: dict[str, Raw]) -> bool:
    """Say whether all mounts are found, those that the API server removes among them."""
    for mount in mounts:  # noqa: SIM110  # a generator costs twice as much, in every container of every Pod
        if not mount or mount.get("name") not in volumes:
            return False
    return True


RULE = Rule(
    code=CODE,
    title="Mount of missing volume",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateVolumeMounts",
    text=__doc__,
    needs=("volumeMounts",),
)
