"""Several init containers of the same image only copy files, one after the other.

Each is created, started and waited for by itself, which takes a second or more, for work of milliseconds. One container
that mounts both folders does it all. Copies out of different images must stay apart, and are no fault.

Judged are plain init containers that follow one another and run as the same user.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: settings
        image: registry.example/shop:1
        command: ["cp", "-r", "/defaults/.", "/shared/settings"]
        volumeMounts: [{name: shared, mountPath: /shared}]
      - name: assets
        image: registry.example/shop:1
        command: ["cp", "-r", "/assets/.", "/shared/public"]
        volumeMounts: [{name: shared, mountPath: /shared}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: shared, mountPath: /shared}]
      volumes: [{name: shared, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: files
        image: registry.example/shop:1
        command: ["sh", "-ec", "cp -r /defaults/. /shared/settings; cp -r /assets/. /shared/public"]
        volumeMounts: [{name: shared, mountPath: /shared}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: shared, mountPath: /shared}]
      volumes: [{name: shared, emptyDir: {}}]
"""

from collections.abc import Iterator
from itertools import pairwise

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule, Tier
from webhook.shell.program import program_of
from webhook.shell.work import only_copies

CODE = "IC326"


def check(pod: Pod) -> Iterator[Finding]:
    """Find init containers that only copy, right after another one that does so out of the same image."""
    for one, following in pairwise(pod.init_containers):
        if _is_alike(one, following) and only_copies(program_of(one)) and only_copies(program_of(following)):
            message = f"only copies files, as {one.name!r} does right before it; one container can do both"
            yield Finding(CODE, ErrorType.PRACTICE, following.path, message, following.name)


def _is_alike(one: Container, other: Container) -> bool:
    fits = one.runs_to_completion and other.runs_to_completion and one.image == other.image
    return fits and (one.raw.get("securityContext") or {}) == (other.raw.get("securityContext") or {})


RULE = Rule(
    code=CODE,
    title="Copies one after another",
    check=check,
    source="https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#detailed-behavior",
    text=__doc__,
    tier=Tier.RECOMMENDED,
    needs=("initContainers",),
)
