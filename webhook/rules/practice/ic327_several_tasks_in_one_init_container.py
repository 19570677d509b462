"""One init container does three kinds of work or more.

When it fails, `kubectl get pods` says only that it failed; when it is slow, nobody sees at what; and its image needs
the tools and its user the rights of all of them. One task a container gives each a name, a state and a log of its own.

Judged are plain init containers. Kinds of work are fetching, copying, changing owners, installing packages, kernel
parameters, the network, databases, the cluster's API, certificates and waiting.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: prepare
        image: registry.example/tools:1
        command:
        - sh
        - -ec
        - |
          git clone https://git.example/settings /work/settings
          psql -h db -f /work/settings/schema.sql
          chown -R 1000:1000 /work
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: settings
        image: registry.example/git:1
        command: ["git", "clone", "https://git.example/settings", "/work/settings"]
      - name: schema
        image: registry.example/psql:1
        command: ["psql", "-h", "db", "-f", "/work/settings/schema.sql"]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier
from webhook.shell.place import place_of
from webhook.shell.program import program_of
from webhook.shell.work import kinds_of_work

CODE = "IC327"
_MANY = 3


def check(pod: Pod) -> Iterator[Finding]:
    """Find plain init containers that do three kinds of work or more."""
    for container in pod.init_containers:
        if container.is_sidecar:
            continue
        program = program_of(container)
        kinds = kinds_of_work(program)
        if len(kinds) >= _MANY:
            listed = ", ".join(sorted(kinds))
            message = f"does several tasks: {listed}; give each an init container, so that a failure has a name"
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


RULE = Rule(
    code=CODE,
    title="Several tasks in one init container",
    check=check,
    source="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#using-init-containers",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
    by_container=True,
)
