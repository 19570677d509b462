"""An init container that asks the network once, in a Pod that is never tried again.

With `restartPolicy: Never` a failed init container fails the whole Pod, and a Job with `backoffLimit: 0` fails with its
first Pod. One name that does not resolve yet, one refused connection while the other side is replaced, and the work is
lost until somebody looks. Let the call try again (`curl --retry 5 --retry-connrefused`, a loop that counts), or let
Kubernetes: `restartPolicy: OnFailure`, a backoffLimit above 0.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: report}
    spec:
      restartPolicy: Never
      initContainers:
      - name: fetch
        image: registry.example/tools:1
        command: [curl, -fsS, -o, /data/input.csv, "https://data.example/input.csv"]
        volumeMounts: [{name: data, mountPath: /data}]
      containers:
      - name: report
        image: registry.example/report:1
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: report}
    spec:
      restartPolicy: Never
      initContainers:
      - name: fetch
        image: registry.example/tools:1
        command: [curl, -fsS, --retry, "5", --retry-connrefused, -o, /data/input.csv, "https://data.example/input.csv"]
        volumeMounts: [{name: data, mountPath: /data}]
      containers:
      - name: report
        image: registry.example/report:1
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule
from webhook.core.template import JOBS
from webhook.shell.calling import calls_once
from webhook.shell.course import deciding
from webhook.shell.inner import inner
from webhook.shell.place import place_of
from webhook.shell.program import program_of

CODE = "IC303"


def check(pod: Pod) -> Iterator[Finding]:
    """Find plain init containers whose success hangs on one call, where nothing tries the Pod again."""
    if not pod.init_containers or not _fails_for_good(pod):
        return
    for container in pod.init_containers:
        # A restart policy or rules of its own may try it again.
        if container.raw.get("restartPolicy") or container.raw.get("restartPolicyRules"):
            continue
        program = program_of(container)
        call = next((it for it in map(inner, deciding(program)) if calls_once(it)), None)
        if call is not None:
            message = (
                f"{call.name} has one try, and with it the whole {_whole(pod)} fails for good; "
                "let it try again, or use restartPolicy: OnFailure"
            )
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


def _fails_for_good(pod: Pod) -> bool:
    """Say whether the first failure is the last: a bare Pod that is never restarted, a Job with one try."""
    if pod.kind in JOBS:
        owner = pod.owner or {}
        return owner.get("backoffLimit") == 0 and not owner.get("podFailurePolicy")
    is_never = pod.spec.get("restartPolicy") == "Never"
    return pod.kind == "Pod" and is_never and not pod.metadata.get("ownerReferences")


def _whole(pod: Pod) -> str:
    return "Job" if pod.kind in JOBS else "Pod"


RULE = Rule(
    code=CODE,
    title="One failed call fails the Pod",
    check=check,
    source="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#understanding-init-containers",
    text=__doc__,
)
