"""What runs before the main containers may take longer than the time that the Pod or its rollout has.

Init containers and the start of sidecars follow one another, so their times add up. Past `activeDeadlineSeconds` the
Pod or Job is killed while it still waits, and the waiting container never says on what; past `progressDeadlineSeconds`
(600 unless it is said) a Deployment is reported as failed.

Counted is what the manifest says: a `sleep` that is certainly reached, the deadline of a wait (`timeout 300 …`, that of
Prologue's recipe wait-for), and what a sidecar's startup probe allows
(`initialDelaySeconds + periodSeconds * failureThreshold`).

Bad:

    apiVersion: batch/v1
    kind: Job
    metadata: {name: report}
    spec:
      activeDeadlineSeconds: 120
      template:
        spec:
          restartPolicy: Never
          initContainers:
          - name: settle
            image: registry.example/tools:1
            command: ["sleep", "180"]
          containers: [{name: report, image: "registry.example/report:1"}]

Good:

    apiVersion: batch/v1
    kind: Job
    metadata: {name: report}
    spec:
      activeDeadlineSeconds: 3600
      template:
        spec:
          restartPolicy: Never
          initContainers:
          - name: settle
            image: registry.example/tools:1
            command: ["sleep", "180"]
          containers: [{name: report, image: "registry.example/report:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule
from webhook.core.template import JOBS
from webhook.shell.program import program_of
from webhook.shell.time_taken import TimeTaken, time_taken

CODE = "IC315"

# Kubernetes' defaults: of a Deployment (apps/v1 SetDefaults_Deployment), and of a probe (core/v1 SetDefaults_Probe).
_PROGRESS_SECONDS = 600
_PERIOD_SECONDS = 10
_FAILURES = 3
# Where Prologue's recipe wait-for keeps its deadline.
_WAIT_FOR = "PROLOGUE_TIMEOUT_MS"

_Deadline = tuple[str, int]


def check(pod: Pod) -> Iterator[Finding]:
    """Find deadlines that are shorter than the start-up may be, by what is certain of it."""
    if not pod.init_containers:
        return
    deadlines = list(_deadlines(pod))
    if not deadlines:
        return
    taken = [_time_of(container) for container in pod.init_containers]
    least = sum(one.least for one in taken)
    most = sum(one.most for one in taken)
    for path, seconds in deadlines:
        if most > seconds:
            verb, time = ("takes", least) if least > seconds else ("may take up to", most)
            message = f"start-up {verb} {time:g}s before the main containers, beyond this deadline of {seconds}s"
            yield Finding(CODE, ErrorType.PRACTICE, path, f"{message}; raise it or shorten the waits")


def _deadlines(pod: Pod) -> Iterator[_Deadline]:
    if seconds := pod.spec.get("activeDeadlineSeconds"):
        yield f"{pod.path}.activeDeadlineSeconds", seconds
    owner = pod.owner
    if owner is None:
        return
    if pod.kind in JOBS and (seconds := owner.get("activeDeadlineSeconds")):
        yield f"{pod.owner_path}.activeDeadlineSeconds", seconds
    if pod.kind == "Deployment" and not owner.get("paused"):
        seconds = owner.get("progressDeadlineSeconds")
        yield f"{pod.owner_path}.progressDeadlineSeconds", _PROGRESS_SECONDS if seconds is None else seconds


def _time_of(container: Container) -> TimeTaken:
    if not container.is_sidecar:
        return _deadline_of_wait(container) or time_taken(program_of(container))
    probe = container.raw.get("startupProbe")
    if not probe:
        return TimeTaken()
    delay = probe.get("initialDelaySeconds") or 0
    allowed = (probe.get("periodSeconds") or _PERIOD_SECONDS) * (probe.get("failureThreshold") or _FAILURES)
    return TimeTaken(delay, delay + allowed)


def _deadline_of_wait(container: Container) -> TimeTaken | None:
    for entry in container.items("env"):
        value = entry.get("value") or ""
        if entry.get("name") == _WAIT_FOR and value.isascii() and value.isdigit():
            return TimeTaken(0, int(value) / 1000)
    return None


RULE = Rule(
    code=CODE,
    title="Start-up beyond deadline",
    check=check,
    source="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds",
    text=__doc__,
    needs=("initContainers",),
)
