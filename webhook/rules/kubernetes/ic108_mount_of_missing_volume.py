"""A mount of a volume that the Pod does not have.

The kubelet would have nothing to mount. A volume whose own name is malformed counts as none, so its mounts are reported
as well.

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
from webhook.core.names import is_dns_label
from webhook.core.pod import Pod
from webhook.core.rule import Rule

CODE = "IC108"


def check(pod: Pod) -> Iterator[Finding]:
    """Find mounts whose name is no volume of the Pod; a volume whose own name is malformed counts as none."""
    volumes = {name for volume in pod.volumes() if is_dns_label(name := volume.get("name") or "")}
    volumes.update(pod.claim_names())
    for container in pod.all_containers():
        for j, mount in enumerate(container.raw.get("volumeMounts") or ()):
            name = (mount or {}).get("name") or ""
            if name not in volumes:
                message = f"there is no volume {name!r} in {pod.path}.volumes"
                path = f"{container.path}.volumeMounts[{j}].name"
                yield Finding(CODE, ErrorType.NOT_FOUND, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Mount of missing volume",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateVolumeMounts",
    text=__doc__,
)
