"""An init container installs packages each time a Pod starts.

Every start then waits for somebody else's server, gets what is newest there that day, and fails when it is away or the
node has no way out. The container also has to run as root. Build an image that has the packages.

Judged are init containers and sidecars.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/python:3.13
        command: ["sh", "-ec", "pip install alembic && alembic upgrade head"]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/migrate:1
        command: ["sh", "-ec", "alembic upgrade head"]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier
from webhook.shell.place import place_of
from webhook.shell.program import program_of
from webhook.shell.work import installs_packages

CODE = "IC325"


def check(pod: Pod) -> Iterator[Finding]:
    """Find init containers and sidecars that install packages over the network."""
    for container in pod.init_containers:
        program = program_of(container)
        installer = installs_packages(program)
        if installer:
            message = f"installs packages with {installer} at every start; build an image that has them"
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


RULE = Rule(
    code=CODE,
    title="Packages installed at start",
    check=check,
    source="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#using-init-containers",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
    by_container=True,
)
