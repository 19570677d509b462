"""An init container changes the owner of a volume as root, where fsGroup would do.

`securityContext.fsGroup` gives a volume to a group of the Pod without any container that runs as root, and with
`fsGroupChangePolicy: OnRootMismatch` not at every start: a `chown -R` walks over each file every time.

Judged are init containers whose command changes the owner of a mounted emptyDir or claim. Where the owner alone may
enter (a `chmod 700`, as a database asks for), fsGroup would not do.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: own
        image: registry.example/tools:1
        command: ["chown", "-R", "1000:1000", "/data"]
        volumeMounts: [{name: data, mountPath: /data}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: shop}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      securityContext: {fsGroup: 1000, fsGroupChangePolicy: OnRootMismatch}
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: shop}}]
"""

import re
from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule, Tier
from webhook.shell.inner import Inner, inner_commands
from webhook.shell.place import place_of
from webhook.shell.program import program_of
from webhook.shell.starter import ELSEWHERE

CODE = "IC331"
# Linux takes no longer path.
_PATH_MAX = 4096
# Volumes to which the kubelet applies fsGroup, as far as a manifest tells.
_OWNABLE = ("emptyDir", "persistentVolumeClaim", "ephemeral")
_FOR_OWNER_ALONE = re.compile(r"0?[67]00|u=rwX?,(?:g=,o=|go=)|go-rwx|og-rwx|g-rwx,o-rwx")


def check(pod: Pod) -> Iterator[Finding]:
    """Find plain init containers that change the owner of a mounted volume."""
    if not pod.init_containers:
        return
    names = set(pod.claim_names())
    names |= {one.get("name") or "" for one in pod.volumes() if any(one.get(kind) is not None for kind in _OWNABLE)}
    for container in pod.init_containers:
        places = [mount.get("mountPath") or "" for mount in pod.volume_mounts(container) if mount.get("name") in names]
        if container.is_sidecar or not any(places) or _is_no_root(pod, container):
            continue
        program = program_of(container)
        commands = list(inner_commands(program))
        if any(_changes(it, places) for it in commands) and not any(_closes(it) for it in commands):
            message = "changes the owner of a volume as root at every start; set fsGroup in the Pod's securityContext"
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


def _is_no_root(pod: Pod, container: Container) -> bool:
    own = (container.raw.get("securityContext") or {}).get("runAsUser")
    user = (pod.spec.get("securityContext") or {}).get("runAsUser") if own is None else own
    return user is not None and user != 0


def _changes(it: Inner, places: list[str]) -> bool:
    if it.name not in ("chown", "chgrp") or not ELSEWHERE.isdisjoint(it.starters):
        return False
    roots = {place.rstrip("/") for place in places if place.strip("/")}
    folders = [word.text.rstrip("/") for word in it.operands[1:] if word.is_literal and len(word.text) < _PATH_MAX]
    if any(folder in roots for folder in folders):
        return True
    return it.has_flag("-R", "--recursive") and any(above in roots for folder in folders for above in _above(folder))


def _above(folder: str) -> Iterator[str]:
    """Give every folder that one stands in, but the root."""
    return (folder[:at] for at, char in enumerate(folder) if char == "/" and at)


def _closes(it: Inner) -> bool:
    return it.name == "chmod" and any(_FOR_OWNER_ALONE.fullmatch(arg) for arg in it.args)


RULE = Rule(
    code=CODE,
    title="Ownership changed by hand",
    check=check,
    source="https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-the-security-context-for-a-pod",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
)
