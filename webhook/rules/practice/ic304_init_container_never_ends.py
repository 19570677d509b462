"""An init container that never ends, so the Pod never starts.

Kubernetes waits for every plain init container before it goes on. A server, a `tail -f`, a `sleep infinity` or a loop
without end there keeps the Pod in `Init` for ever. What shall run beside the app is a native sidecar: an init container
with `restartPolicy: Always` (KEP-753); what shall run once must end.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: logs
        image: registry.example/tools:1
        command: [tail, -F, /logs/access.log]
        volumeMounts: [{name: logs, mountPath: /logs}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: logs, mountPath: /logs}]
      volumes: [{name: logs, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: logs
        image: registry.example/tools:1
        restartPolicy: Always
        command: [tail, -F, /logs/access.log]
        volumeMounts: [{name: logs, mountPath: /logs}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: logs, mountPath: /logs}]
      volumes: [{name: logs, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule
from webhook.shell.course import certain
from webhook.shell.endless import never_ends
from webhook.shell.inner import inner
from webhook.shell.place import place_of
from webhook.shell.program import Program, program_of
from webhook.shell.remembered import remembered
from webhook.shell.server import stays

CODE = "IC304"


def check(pod: Pod) -> Iterator[Finding]:
    """Find plain init containers whose command goes on for ever even when all goes well."""
    for container in pod.init_containers:
        if container.is_sidecar or not container.raw.get("command"):
            continue
        program = program_of(container)
        if _goes_on(program):
            message = (
                "never ends, so the Pod never starts; "
                "make it a sidecar with restartPolicy: Always, or let it end when its work is done"
            )
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


@remembered
def _goes_on(program: Program) -> bool:
    if "timeout" in program.starters:
        return False
    return never_ends(program) or any(stays(inner(command)) for command in certain(program))


RULE = Rule(
    code=CODE,
    title="Init container never ends",
    check=check,
    source="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#understanding-init-containers",
    text=__doc__,
)
