"""An init container or a sidecar that requests no cpu or no memory.

Whoever requests nothing is the first to be evicted, and the scheduler places the Pod as if that work cost nothing: a
migration starves on a full node, and the Pod waits for it. A limit counts as a request of the same amount, and so does
a request of the Pod as a whole. An init container's request costs only where it is above what the main containers ask.

Judged are init containers and sidecars.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/migrate:1
        resources: {requests: {cpu: 100m}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/migrate:1
        resources: {requests: {cpu: 100m, memory: 64Mi}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule, Tier

CODE = "IC320"
_NEEDED = ("cpu", "memory")


def check(pod: Pod) -> Iterator[Finding]:
    """Find init containers and sidecars for which no cpu or no memory is requested."""
    of_pod = (pod.spec.get("resources") or {}) if Gate.POD_LEVEL_RESOURCES.is_on(pod.minor) else {}
    for container in pod.init_containers:
        missing = [name for name in _NEEDED if not _is_requested(name, container.raw.get("resources") or {}, of_pod)]
        if missing:
            message = f"requests no {' and no '.join(missing)}; say what it needs, so that it gets it on a full node"
            path = f"{container.path}.resources.requests"
            yield Finding(CODE, ErrorType.PRACTICE, path, message, container.name)


def _is_requested(name: str, *resources: Raw) -> bool:
    return any((one.get(kind) or {}).get(name) is not None for one in resources for kind in ("requests", "limits"))


RULE = Rule(
    code=CODE,
    title="Missing requests",
    check=check,
    source="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
    by_container=True,
)
