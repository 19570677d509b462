"""An init container writes files where no volume keeps them.

Each container has a file system of its own, which is gone when it ends: what an init container leaves for the app must
stand in a volume that both mount. Judged are only commands of which every step is known, and that write nowhere else;
scratch folders such as `/tmp` do not count.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: install
        image: registry.example/tools:1
        command: [wget, -O, /work-dir/index.html, "https://shop.example/index.html"]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: workdir, mountPath: /usr/share/nginx/html}]
      volumes: [{name: workdir, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: install
        image: registry.example/tools:1
        command: [wget, -O, /work-dir/index.html, "https://shop.example/index.html"]
        volumeMounts: [{name: workdir, mountPath: /work-dir}]
      containers:
      - name: app
        image: registry.example/shop:1
        volumeMounts: [{name: workdir, mountPath: /usr/share/nginx/html}]
      volumes: [{name: workdir, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.mounts import clean_path, is_below, mounts_of
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule
from webhook.shell.inner import Inner, inner
from webhook.shell.place import place_of
from webhook.shell.program import Program, program_of
from webhook.shell.remembered import remembered
from webhook.shell.tree import Branch, Command, Group, Loop, Word, walk
from webhook.shell.written import written

CODE = "IC309"

# Commands that do nothing but write files, show something or pass the time.
_PLAIN = frozenset({"echo", "printf", "cat", "true", ":", "set", "date", "sleep", "ls", "sync", "umask", "exit"})
_WRITERS = frozenset(
    {"chgrp", "chmod", "chown", "cp", "curl", "install", "ln", "mkdir", "sed", "tar", "tee", "touch", "unzip", "wget"}
)
# They tell another host something, or write where their words do not say.
_MORE = {
    "curl": ("-d", "--data", "--data-raw", "--data-binary", "-X", "--request", "-T", "-F", "--form", "-O", "-K"),
    "wget": ("--post-data", "--post-file", "--method", "--spider", "-i"),
    "tar": ("-c", "--create"),
}
_SCRATCH = ("/tmp", "/var/tmp", "/dev", "/run", "/var/run", "/var/cache", "/var/log")  # noqa: S108
# The kernel's settings, and what the kubelet shares among the containers of a Pod.
_OTHER_EFFECTS = ("/proc", "/sys", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf")


def check(pod: Pod) -> Iterator[Finding]:
    """Find plain init containers whose files are all lost; one finding for each container."""
    for container in pod.init_containers:
        if container.is_sidecar or not container.raw.get("command") or container.raw.get("volumeDevices"):
            continue
        program = program_of(container)
        lost = _lost(program, pod, container) if program.statements and not program.starters else None
        if lost:
            message = f"writes {lost}, which no volume keeps, so the file is gone when the init container ends; mount a volume there and in the app"
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


def _lost(program: Program, pod: Pod, container: Container) -> str:
    """Give the first path that is lost; empty where something else is done, too."""
    paths, used = _written_and_read(program)
    if not paths or any(is_below(path, one) for path in paths for one in _OTHER_EFFECTS):
        return ""
    mounts = mounts_of(pod, container)
    if any(is_below(path, mount.path) or is_below(mount.path, path) for path in paths for mount in mounts):
        return ""
    scratch = (*_SCRATCH, container.raw.get("terminationMessagePath") or "/dev/termination-log")
    kept = [path for path in paths if path and not any(is_below(path, one) for one in scratch)]
    return next((path for path in kept if not any(path in text for text in used)), "")


@remembered
def _written_and_read(program: Program) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the paths that a program writes to, and the other words of its commands; nothing unless all is known."""
    steps = _steps(program)
    targets = [word for it in steps for word in written(it)]
    if not all(word.is_literal and word.text.startswith("/") for word in targets):
        return (), ()
    used = tuple([text for it in steps for text in _read_by(it, targets)])
    return tuple([clean_path(word.text) for word in targets]), used


def _read_by(it: Inner, targets: list[Word]) -> Iterator[str]:
    """Give the words of a command that are no targets; a flag with its value is none that is read."""
    for word in it.words:
        if not word.text.startswith("-") and not any(word is target for target in targets):
            yield word.text
    yield from (redirect.target.text for redirect in it.command.redirects if redirect.operator == "<")


def _steps(program: Program) -> list[Inner]:
    """Give the commands of a program; none where one of them is not known, or runs only under a condition."""
    steps: list[Inner] = []
    for node in walk(program.statements):
        if isinstance(node, Loop | Branch) or (isinstance(node, Group) and node.kind in ("background", "function")):
            return []
        if isinstance(node, Command):
            it = inner(node)
            if it.starters or not _is_known(it):
                return []
            steps.append(it)
    return steps


def _is_known(it: Inner) -> bool:
    if it.name in _PLAIN:
        return True
    if it.name not in _WRITERS or it.has_flag(*_MORE.get(it.name, ("--help",))):
        return False
    return it.name == "sed" or any(True for _ in written(it))


RULE = Rule(
    code=CODE,
    title="Files kept by no volume",
    check=check,
    source="https://kubernetes.io/docs/concepts/storage/volumes/#background",
    text=__doc__,
)
