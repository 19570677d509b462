"""An init container or a sidecar may take all the memory of its node.

Memory cannot be throttled: where one container takes too much, the kernel ends whatever it finds, often a neighbour. A
limit makes it the culprit's own end, seen as OOMKilled. A limit of the Pod as a whole does as well.

Judged are init containers and sidecars.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/migrate:1
        resources: {requests: {memory: 64Mi}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/migrate:1
        resources: {requests: {memory: 64Mi}, limits: {memory: 128Mi}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier

CODE = "IC321"


def check(pod: Pod) -> Iterator[Finding]:
    """Find init containers and sidecars whose memory nothing limits."""
    of_pod = (pod.spec.get("resources") or {}).get("limits") or {}
    if of_pod.get("memory") is not None and Gate.POD_LEVEL_RESOURCES.is_on(pod.minor):
        return
    for container in pod.init_containers:
        if container.resources("limits").get("memory") is None:
            message = "nothing limits its memory; set a limit, so that its excess is its own end and no neighbour's"
            path = f"{container.path}.resources.limits"
            yield Finding(CODE, ErrorType.PRACTICE, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Missing memory limit",
    check=check,
    source="https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
    by_container=True,
)
