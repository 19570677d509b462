"""A container that mounts two volumes at the same path.

The texts are compared as they are: `/data` and `/data/` are two paths to Kubernetes.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/fetch:1
        volumeMounts: [{name: data, mountPath: /data}, {name: cache, mountPath: /data}]
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: data, emptyDir: {}}, {name: cache, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/fetch:1
        volumeMounts: [{name: data, mountPath: /data}, {name: cache, mountPath: /cache}]
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: data, emptyDir: {}}, {name: cache, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC109"


def check(pod: Pod) -> Iterator[Finding]:
    """Find mount paths that stand twice in one container."""
    for container in pod.all_containers():
        mounts = container.raw.get("volumeMounts")
        if not mounts or len({(mount and mount.get("mountPath")) or "" for mount in mounts}) == len(mounts):
            continue
        seen: set[str] = set()
        for j, mount in enumerate(pod.volume_mounts(container)):
            path = mount.get("mountPath") or ""
            if path in seen:
                message = f"the path {path!r} is already mounted in this container"
                where = f"{container.path}.volumeMounts[{j}].mountPath"
                yield Finding(CODE, ErrorType.INVALID, where, message, container.name)
            seen.add(path)


RULE = Rule(
    code=CODE,
    title="Duplicate mount path",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateVolumeMounts",
    text=__doc__,
    needs=("volumeMounts",),
    by_container=True,
)
