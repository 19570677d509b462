"""An init container or a sidecar runs kubectl.

Each Pod then carries a token with rights on the cluster for the sake of its start, and does not start while the API
server is slow or away, which is when Pods are started anew. Wait for a service by its address, take what the Pod knows
of itself from the downward API, and leave changes to a Job or a controller.

Judged are init containers and sidecars.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: wait
        image: registry.example/kubectl:1.36
        command: ["kubectl", "wait", "--for=condition=complete", "job/migrate"]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: wait
        image: registry.example/tools:1
        command: ["wait-for", "db:5432"]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.image_name import ImageName
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier
from webhook.shell.inner import inner_commands
from webhook.shell.place import place_of
from webhook.shell.program import program_of

CODE = "IC330"
_TOOLS = frozenset({"kubectl", "oc"})


def check(pod: Pod) -> Iterator[Finding]:
    """Find init containers and sidecars that run kubectl, by their command or as their image's own program."""
    for container in pod.init_containers:
        program = program_of(container)
        if program.argv:
            is_run = any(it.name in _TOOLS for it in inner_commands(program))
            path = place_of(container, program)
        else:
            is_run = ImageName.parse(container.image).repository.rpartition("/")[2] in _TOOLS
            path = f"{container.path}.image"
        if is_run:
            message = "every Pod needs the API server, and rights on it, to start; wait by address, or use a Job"
            yield Finding(CODE, ErrorType.PRACTICE, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Kubectl in init container",
    check=check,
    source="https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
    by_container=True,
)
