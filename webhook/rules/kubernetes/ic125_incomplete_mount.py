"""A mount that does not say which volume, or where.

Without a name there is nothing to mount, and Kubernetes says so twice: Required, and not found (IC108).

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fetch
        image: registry.example/fetch:1
        volumeMounts: [{name: data}]
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
        volumeMounts: [{name: data, mountPath: /data}]
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: data, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule

CODE = "IC125"
_FIELDS = {"name": "a mount names its volume", "mountPath": "a mount says at which path the volume appears"}


def check(pod: Pod) -> Iterator[Finding]:
    """Find mounts whose name or path is absent or empty."""
    for container in pod.all_containers():
        mounts = container.raw.get("volumeMounts")
        if not mounts or _are_complete(mounts):
            continue
        for j, mount in enumerate(pod.volume_mounts(container)):
            for field, message in _FIELDS.items():
                if not mount.get(field):
                    path = f"{container.path}.volumeMounts[{j}].{field}"
                    yield Finding(CODE, ErrorType.REQUIRED, path, message, container.name)


def _are_complete(mounts: list[Raw | None]) -> bool:
    """Say whether all mounts are complete, those that the API server removes among them."""
    for mount in mounts:  # noqa: SIM110  # a generator costs twice as much, in every container of every Pod
        if not mount or not mount.get("name") or not mount.get("mountPath"):
            return False
    return True


RULE = Rule(
    code=CODE,
    title="Incomplete mount",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateVolumeMounts",
    text=__doc__,
    needs=("volumeMounts",),
    by_container=True,
)
