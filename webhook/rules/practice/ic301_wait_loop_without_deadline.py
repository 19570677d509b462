"""A wait loop without deadline in an init container.

When what it waits for never comes, because a name is misspelled or a network policy stands between, the Pod stays in
`Init:0/1` for good: nothing restarts it, no alarm counts it, and its log says the same line for ever. With a deadline the
init container fails, and Kubernetes shows it, counts it and tries again: count the rounds, or run the loop under
`timeout`, and exit with an error after it. A deadline of the whole Pod or Job (`activeDeadlineSeconds`) does as well.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: wait-for-database
        image: registry.example/tools:1
        command: [sh, -c, "until nc -z mydb 5432; do echo waiting for mydb; sleep 2; done"]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: wait-for-database
        image: registry.example/tools:1
        command: [sh, -c, "for i in $(seq 60); do nc -z mydb 5432 && exit 0; sleep 2; done; echo mydb never came; exit 1"]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule
from webhook.shell.place import place_of
from webhook.shell.program import program_of
from webhook.shell.waiting import waits_for_ever

CODE = "IC301"


def check(pod: Pod) -> Iterator[Finding]:
    """Find plain init containers that wait in a loop with no end of its own, where the Pod has no deadline either."""
    for container in pod.init_containers:
        if container.is_sidecar or not container.raw.get("command"):
            continue
        program = program_of(container)
        if program.script is not None and waits_for_ever(program) and not _has_deadline(pod):
            message = (
                "waits in a loop without deadline, so the Pod hangs in Init when what it waits for never comes; "
                "count the rounds or use timeout, then exit 1"
            )
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


def _has_deadline(pod: Pod) -> bool:
    owner = pod.owner or {}
    return pod.spec.get("activeDeadlineSeconds") is not None or owner.get("activeDeadlineSeconds") is not None


RULE = Rule(
    code=CODE,
    title="Wait loop without deadline",
    check=check,
    source="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#detailed-behavior",
    text=__doc__,
)
