"""A seccomp or AppArmor annotation that says nothing usable, or something else than the field.

Before there were fields for them, annotations named these profiles. They are still read, so where both are there they
must agree, and one that names no profile or no container of the Pod is refused. Write the fields alone.

Bad:

    apiVersion: v1
    kind: Pod
    metadata:
      name: shop
      annotations: {container.apparmor.security.beta.kubernetes.io/migrate: unconfined}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        securityContext: {appArmorProfile: {type: RuntimeDefault}}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/shop:1
        securityContext: {appArmorProfile: {type: RuntimeDefault}}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core import app_armor, seccomp
from webhook.core.annotations import annotations_path, times_reported
from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule
from webhook.core.template import is_looked_into, is_reached

CODE = "IC142"
_KEYS = (seccomp.POD_KEY, seccomp.CONTAINER_PREFIX, app_armor.PREFIX)


def check(pod: Pod) -> Iterator[Finding]:
    """Find faulty values, unknown containers, and annotations that contradict a field."""
    ours = {key: value or "" for key, value in pod.annotations.items() if key.startswith(_KEYS)}
    if ours and is_reached(pod):
        path = annotations_path(pod)
        for _ in range(times_reported(pod)):
            yield from _seccomp_values(ours, path)
            yield from _app_armor_values(ours, path, pod)
    # Of what the server writes itself, one container may contradict another of the same name.
    if (ours or app_armor.makes_annotations(pod)) and is_looked_into(pod):
        yield from _seccomp_contradictions(ours, pod)
        yield from _app_armor_contradictions(ours, pod)


def _seccomp_values(ours: dict[str, str], path: str) -> Iterator[Finding]:
    for key, value in ours.items():
        if key == seccomp.POD_KEY or key.startswith(seccomp.CONTAINER_PREFIX):
            for fault in seccomp.annotation_faults(value):
                yield Finding(CODE, ErrorType.INVALID, f"{path}.{key}", f"{value!r}: {fault}")


def _app_armor_values(ours: dict[str, str], path: str, pod: Pod) -> Iterator[Finding]:
    names = {container.name for container in pod.all_containers()}
    for key, value in ours.items():
        if not key.startswith(app_armor.PREFIX):
            continue
        name = key.removeprefix(app_armor.PREFIX)
        if name not in names:
            yield Finding(CODE, ErrorType.INVALID, f"{path}[{key}]", f"there is no container {name!r} in this Pod")
        if not app_armor.is_annotation_value(value):
            message = f"{value!r} must be runtime/default, unconfined, or localhost/ and the name of a profile"
            yield Finding(CODE, ErrorType.INVALID, f"{path}[{key}]", message)


def _seccomp_contradictions(ours: dict[str, str], pod: Pod) -> Iterator[Finding]:
    of_pod = (pod.spec.get("securityContext") or {}).get("seccompProfile")
    if of_pod is not None and seccomp.POD_KEY in ours:
        field = seccomp.contradiction(ours[seccomp.POD_KEY], of_pod)
        if field:
            yield _contradiction(f"{pod.path}.securityContext.seccompProfile.{field}", seccomp.POD_KEY)
    for container in pod.all_containers():
        profile = (container.raw.get("securityContext") or {}).get("seccompProfile")
        key = seccomp.CONTAINER_PREFIX + container.name
        if profile is not None and key in ours and (field := seccomp.contradiction(ours[key], profile)):
            yield _contradiction(f"{container.path}.securityContext.seccompProfile.{field}", key, container.name)


def _app_armor_contradictions(ours: dict[str, str], pod: Pod) -> Iterator[Finding]:
    reconciled = app_armor.reconciled(pod)
    annotations = ours | reconciled.added
    for container, profile in reconciled.judged:
        key = app_armor.PREFIX + container.name
        if key in annotations and (field := app_armor.contradiction(annotations[key], profile)):
            yield _contradiction(f"{container.path}.securityContext.appArmorProfile.{field}", key, container.name)


def _contradiction(path: str, key: str, container: str = "") -> Finding:
    message = f"the annotation {key} says something else; take the annotation away"
    return Finding(CODE, ErrorType.FORBIDDEN, path, message, container)


RULE = Rule(
    code=CODE,
    title="Faulty security annotation",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidatePodSpecificAnnotations, validateSeccompAnnotationsAndFields",
    text=__doc__,
    beyond_template=True,
    needs=("annotations", "appArmorProfile"),
)
