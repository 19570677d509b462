"""A hole of a template was left open: `<YOUR-NAME>`, `${TAG}`, `{{ … }}`, `RELEASE-NAME`, `CHANGEME`.

Somebody was to put a value there, or a program that was not run. Kubernetes expands nothing in names, images, labels,
mount paths and references, so the Pod is refused, finds no image, or mounts a folder that is really called `$HOME`.

Annotations, variables and commands are left alone: there such text may be meant for somebody.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers: [{name: app, image: "registry.example/shop:${TAG}"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers: [{name: app, image: "registry.example/shop:1.4.2"}]
"""

import re
from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod, Raw
from webhook.core.rule import Rule

CODE = "IC312"

# A field below a container or the Pod, and its text.
_Field = tuple[str, str]

_HOLE = re.compile(
    r"<[A-Za-z][\w .-]*>"  # <YOUR-NAME>
    r"|\$[({]?[A-Za-z_]"  # $NAME ${NAME} $(NAME)
    r"|\{\{|\{%"  # {{ .Values.name }}
    r"|RELEASE-NAME"
    r"|(?<![A-Za-z0-9])(?i:change[-_]?me|replace[-_]?me)(?![A-Za-z0-9])"
    r"|^(?:TODO|FIXME)$"
)
# No image may have capitals in its path: `gcr.io/PROJECT_ID/app`, `YOUR-REGISTRY/app`.
_CAPITALS = re.compile(r"(?:^|/)[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)+(?=[/:@]|$)|(?:^|/)your[-_][a-z_-]+/", re.ASCII)
_ENV_SOURCES = ("configMapRef", "secretRef")
# Where a volume names something that must exist elsewhere.
_VOLUME_FIELDS = (
    ("configMap", "name"),
    ("secret", "secretName"),
    ("persistentVolumeClaim", "claimName"),
    ("hostPath", "path"),
)
# What every hole holds in small letters, apart from capitals in an image.
_MARKS = (
    "$",
    "<",
    "{{",
    "{%",
    "changeme",
    "change-me",
    "change_me",
    "replace",
    "release-name",
    "todo",
    "fixme",
    "your",
)


def check(pod: Pod) -> Iterator[Finding]:
    """Find holes in names, images, labels, paths of mounts and references to other objects."""
    containers = list(pod.all_containers())
    images = [container.image for container in containers]
    if not _may_have_holes(pod, containers, images):
        return
    for container in containers:
        for field, text in _fields_of(container):
            if _has_hole(field, text):
                yield _finding(f"{container.path}.{field}", container.name)
    for path, text in _fields_of_pod(pod):
        if _has_hole(path, text):
            yield _finding(path, "")


def _may_have_holes(pod: Pod, containers: list[Container], images: list[str]) -> bool:
    """Look at everything at once: good Pods have no marks, and no capitals in their images."""
    texts: list[str | None] = [
        *images,
        pod.metadata.get("name"),
        pod.spec.get("serviceAccountName"),
        *pod.labels.values(),
    ]
    for container in containers:
        texts += _texts_of(container.raw)
    for volume in pod.spec.get("volumes") or ():
        if volume:
            texts.append(volume.get("name"))
            texts += [source.get(field) for name, field in _VOLUME_FIELDS if (source := volume.get(name))]
    together = "\n".join(filter(None, texts)).lower()
    for mark in _MARKS:
        if mark in together:
            return True
    together = "".join(images)
    return together != together.lower()


def _texts_of(raw: Raw) -> list[str | None]:
    texts = [raw.get("name"), raw.get("workingDir")]
    for mount in raw.get("volumeMounts") or ():
        if mount:
            texts += (mount.get("name"), mount.get("mountPath"), mount.get("subPath"))
    for source in raw.get("envFrom") or ():
        if source:
            texts += [one.get("name") for field in _ENV_SOURCES if (one := source.get(field))]
    return texts


def _has_hole(field: str, text: str) -> bool:
    return _HOLE.search(text) is not None or (field == "image" and _CAPITALS.search(text) is not None)


def _finding(path: str, container: str) -> Finding:
    message = "a hole of a template was left open, and nothing fills it; put the value in, or run what should"
    return Finding(CODE, ErrorType.PRACTICE, path, message, container)


def _fields_of(container: Container) -> Iterator[_Field]:
    raw = container.raw
    yield "name", container.name
    yield "image", container.image
    if raw.get("workingDir"):
        yield "workingDir", raw["workingDir"]
    for index, mount in enumerate(raw.get("volumeMounts") or ()):
        for field in ("name", "mountPath", "subPath"):
            if mount and mount.get(field):
                yield f"volumeMounts[{index}].{field}", mount[field]
    for index, source in enumerate(raw.get("envFrom") or ()):
        for field in _ENV_SOURCES:
            if source and (name := (source.get(field) or {}).get("name")):
                yield f"envFrom[{index}].{field}.name", name


def _fields_of_pod(pod: Pod) -> Iterator[_Field]:
    top = f"{pod.path.removesuffix('spec')}metadata"
    yield f"{top}.name", pod.metadata.get("name") or ""
    for key, label in pod.labels.items():
        yield f"{top}.labels[{key}]", label or ""
    yield f"{pod.path}.serviceAccountName", pod.spec.get("serviceAccountName") or ""
    for index, volume in enumerate(pod.volumes()):
        yield f"{pod.path}.volumes[{index}].name", volume.get("name") or ""
        for source, field in _VOLUME_FIELDS:
            if name := (volume.get(source) or {}).get(field):
                yield f"{pod.path}.volumes[{index}].{source}.{field}", name


RULE = Rule(
    code=CODE,
    title="Hole left in template",
    check=check,
    source="https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/",
    text=__doc__,
)
