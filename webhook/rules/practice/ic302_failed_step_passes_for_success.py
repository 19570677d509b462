"""A failed step in an init container passes for success.

A shell goes on after a command that failed, and its own status is that of its last command. The init container counts as
done, the app starts on half-finished work, and the cause stands only in a log that nobody reads. Begin with `set -e`,
start the shell as `sh -ec`, or join the commands with `&&`; where a failure does not matter, `|| true` says so.

Judged is what is certain: a step that can fail in earnest, before an end that succeeds whatever came before.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: prepare
        image: registry.example/shop:1
        command: [sh, -c, "./manage.py migrate; cp -r /app/static /static; echo prepared"]
        volumeMounts: [{name: static, mountPath: /static}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: static, mountPath: /static}]
      volumes: [{name: static, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: prepare
        image: registry.example/shop:1
        command: [sh, -ec, "./manage.py migrate; cp -r /app/static /static; echo prepared"]
        volumeMounts: [{name: static, mountPath: /static}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: static, mountPath: /static}]
      volumes: [{name: static, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule
from webhook.shell.lost import lost_step
from webhook.shell.place import place_of
from webhook.shell.program import program_of

CODE = "IC302"


def check(pod: Pod) -> Iterator[Finding]:
    """Find plain init containers whose script succeeds although a step failed; one finding for each script."""
    for container in pod.init_containers:
        if container.is_sidecar or not container.raw.get("command"):
            continue
        program = program_of(container)
        if program.script is None:
            continue
        paths = frozenset((mount.get("mountPath") or "").rstrip("/") for mount in pod.volume_mounts(container))
        step = lost_step(program, paths)
        if step:
            message = (
                f"goes on when {step} fails, and ends with success, so the app starts on unfinished work; "
                "begin with set -e, or join the commands with &&"
            )
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


RULE = Rule(
    code=CODE,
    title="Failed step passes for success",
    check=check,
    source="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02",
    text=__doc__,
)
