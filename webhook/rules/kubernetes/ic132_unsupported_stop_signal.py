"""A stop signal that the operating system of the Pod does not have, or a Pod that does not name its system.

The names of signals differ between Linux and Windows, so `spec.os.name` must say which are meant (KEP-4960). Up to 1.36
the field is removed without a word, and the image decides.

Bad:

    apiVersion: prologue.dev/v1alpha1
    kind: RulePolicy
    metadata: {name: next-version}
    spec: {kubernetesVersion: "1.37"}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      os: {name: linux}
      initContainers:
      - name: log-agent
        image: registry.example/agent:1
        restartPolicy: Always
        lifecycle: {stopSignal: USR1}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: prologue.dev/v1alpha1
    kind: RulePolicy
    metadata: {name: next-version}
    spec: {kubernetesVersion: "1.37"}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      os: {name: linux}
      initContainers:
      - name: log-agent
        image: registry.example/agent:1
        restartPolicy: Always
        lifecycle: {stopSignal: SIGUSR1}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.pod import Pod, Role
from webhook.core.rule import Rule

CODE = "IC132"
_NAMED = (
    "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP"
    " TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX"
)
_REAL_TIME = (*(f"SIGRTMIN+{n}" for n in range(1, 16)), *(f"SIGRTMAX-{n}" for n in range(1, 15)))
_SIGNALS = {
    "linux": frozenset((*(f"SIG{name}" for name in _NAMED.split()), *_REAL_TIME)),
    "windows": frozenset(("SIGKILL", "SIGTERM")),
}


def check(pod: Pod) -> Iterator[Finding]:
    """Find stop signals of app containers and sidecars that do not fit the Pod's operating system."""
    if not Gate.CONTAINER_STOP_SIGNALS.is_on(pod.minor):
        return
    system = pod.spec.get("os")
    for container in (*pod.containers, *pod.init_containers):
        lifecycle = container.raw.get("lifecycle")
        if not lifecycle or container.role is Role.INIT or (signal := lifecycle.get("stopSignal")) is None:
            continue
        path = f"{container.path}.lifecycle.stopSignal"
        if system is None:
            message = "may be set only where spec.os.name says linux or windows"
            yield Finding(CODE, ErrorType.FORBIDDEN, path, message, container.name)
            continue
        # Of a system that is neither of the two, its own name is the fault.
        known = _SIGNALS.get(system.get("name") or "")
        if known is not None and signal not in known:
            message = f"{system['name']} has no signal {signal!r}; write it as SIGTERM is written"
            yield Finding(CODE, ErrorType.NOT_SUPPORTED, path, message, container.name)


RULE = Rule(
    code=CODE,
    title="Unsupported stop signal",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateStopSignal; KEP-4960",
    text=__doc__,
    needs=("lifecycle",),
    by_container=True,
)
