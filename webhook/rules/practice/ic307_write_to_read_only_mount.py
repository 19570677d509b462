"""A container writes to a volume that it mounts read-only.

The write fails with `Read-only file system`, on every start. Volumes of configMaps, secrets, the downward API, projected
sources and images are always read-only, whatever the mount says: a file that has to be changed is first copied into an
`emptyDir`, and the app mounts that.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fill-in
        image: registry.example/tools:1
        command: [sh, -c, "sed -i s/HOST/mydb/ /etc/shop/shop.conf"]
        volumeMounts: [{name: config, mountPath: /etc/shop}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: config, mountPath: /etc/shop}]
      volumes: [{name: config, configMap: {name: shop}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: fill-in
        image: registry.example/tools:1
        command: [sh, -c, "sed s/HOST/mydb/ /template/shop.conf > /etc/shop/shop.conf"]
        volumeMounts: [{name: template, mountPath: /template}, {name: config, mountPath: /etc/shop}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: config, mountPath: /etc/shop}]
      volumes: [{name: template, configMap: {name: shop}}, {name: config, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.mounts import clean_path, mount_of, mounts_of
from webhook.core.pod import Pod
from webhook.core.rule import Rule
from webhook.shell.course import certain_and_asked
from webhook.shell.inner import Inner, inner
from webhook.shell.place import place_of
from webhook.shell.program import Program, program_of
from webhook.shell.remembered import remembered
from webhook.shell.starter import ELSEWHERE
from webhook.shell.tree import Word
from webhook.shell.written import is_silent, written

CODE = "IC307"


def check(pod: Pod) -> Iterator[Finding]:
    """Find commands that certainly write below a read-only mount; one finding for each container."""
    for container in (*pod.init_containers, *pod.containers):
        if not container.raw.get("command") or not container.raw.get("volumeMounts"):
            continue
        mounts = mounts_of(pod, container)
        if not any(mount.read_only for mount in mounts):
            continue
        program = program_of(container)
        faults = ((path, mount_of(path, mounts)) for path in _certain_writes(program))
        fault = next(((path, mount) for path, mount in faults if mount is not None and mount.read_only), None)
        if fault is not None:
            path, mount = fault
            message = (
                f"writes to {path}, which is read-only ({mount.read_only}), and fails; write to an emptyDir instead"
            )
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


@remembered
def _certain_writes(program: Program) -> tuple[str, ...]:
    """Give the absolute paths to which a program certainly writes, and counts on it."""
    if not ELSEWHERE.isdisjoint(program.starters):
        return ()
    found: list[Word] = []
    for command, is_asked in certain_and_asked(program):
        it = inner(command)
        if not (is_asked or is_silent(it) or _may_do_nothing(it)) and ELSEWHERE.isdisjoint(it.starters):
            found += written(it)
    return tuple([clean_path(word.text) for word in found if word.is_literal and word.text.startswith("/")])


def _may_do_nothing(it: Inner) -> bool:
    """Say whether a command is content with what is there already."""
    return (it.name == "mkdir" and it.has_flag("-p", "--parents")) or (
        it.name in ("cp", "mv") and it.has_flag("-n", "-u", "--no-clobber", "--update")
    )


RULE = Rule(
    code=CODE,
    title="Write to read-only mount",
    check=check,
    source="https://kubernetes.io/docs/concepts/storage/volumes/#read-only-mounts",
    text=__doc__,
)
