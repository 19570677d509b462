"""The AppArmor profile, as the field `appArmorProfile` and as the annotation that came before it.

Before it validates a Pod, the API server copies a usable annotation into the missing field of its container, and up to
1.33 a field into the missing annotation; of a template it copies nothing. Sources: kubernetes
`pkg/registry/core/pod`: applyAppArmorVersionSkew, `pkg/apis/core/validation`: ValidateAppArmorProfileField,
ValidateAppArmorPodAnnotations, validateAppArmorAnnotationsAndFieldsMatchOnCreate; KEP-24.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from webhook.core.fault import Fault, invalid, not_supported, required
from webhook.core.finding import ErrorType
from webhook.core.names import size_in_bytes
from webhook.core.pod import Container, Pod, Raw
from webhook.core.white_space import is_padded

PREFIX = "container.apparmor.security.beta.kubernetes.io/"
# The last minor whose API server made annotations of the fields of a Pod, for the sake of older kubelets.
_FIELDS_BECOME_ANNOTATIONS_UNTIL = 33

_TYPES = ("Localhost", "RuntimeDefault", "Unconfined")
_LOCALHOST = "localhost/"
_WORDS = {"RuntimeDefault": "runtime/default", "Unconfined": "unconfined"}
# PATH_MAX without its final zero.
_PROFILE_MAX_BYTES = 4095


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the API server compares once it has copied between annotations and fields.

    `added` are the annotations that it made of fields; `judged` the containers that the annotation of their name could
    contradict, each with the profile that counts for it: its own or the Pod's.
    """

    added: dict[str, str]
    judged: list[tuple[Container, Raw]]


def field_faults(profile: Raw) -> Iterator[Fault]:
    """Give each fault of an `appArmorProfile`."""
    type_ = profile.get("type") or ""
    if type_ == "Localhost":
        yield from _localhost_faults(profile.get("localhostProfile"))
    elif type_ in _TYPES:
        if profile.get("localhostProfile") is not None:
            yield invalid("localhostProfile", "may be set for type Localhost only")
    elif not type_:
        yield required("type", f"needs a type, one of {', '.join(_TYPES)}")
    else:
        yield not_supported("type", type_, _TYPES)


def is_annotation_value(value: str) -> bool:
    """Say whether Kubernetes takes a text for the value of an AppArmor annotation; empty is one."""
    return not value or value in _WORDS.values() or value.startswith(_LOCALHOST)


def contradiction(annotation: str, profile: Raw) -> str:
    """Name the field of an `appArmorProfile` that an annotation contradicts, or nothing where they agree."""
    type_ = profile.get("type")
    if type_ in _WORDS:
        return "" if annotation == _WORDS[type_] else "type"
    if type_ != "Localhost":
        return ""
    if not annotation.startswith(_LOCALHOST):
        return "type"
    return "" if annotation.removeprefix(_LOCALHOST) == profile.get("localhostProfile") else "localhostProfile"


def makes_annotations(pod: Pod) -> bool:
    """Say whether the API server may make annotations of the fields: of a Pod up to 1.33."""
    if pod.is_template or pod.minor > _FIELDS_BECOME_ANNOTATIONS_UNTIL:
        return False
    return any(profile_of(holder) is not None for holder in (pod.spec, *(one.raw for one in pod.all_containers())))


def reconciled(pod: Pod) -> Reconciled:
    """Copy between annotations and fields as the API server does, in its order, and give what is left to compare."""
    outcome = Reconciled({}, [])
    if (pod.spec.get("os") or {}).get("name") == "windows":
        return outcome
    of_pod = profile_of(pod.spec)
    for container in (*pod.init_containers, *pod.containers, *pod.ephemeral_containers):
        own = profile_of(container.raw)
        profile = of_pod if own is None else own
        if profile is not None:
            _reconcile(pod, container, profile, outcome, has_own=own is not None)
    return outcome


def _reconcile(pod: Pod, container: Container, profile: Raw, outcome: Reconciled, *, has_own: bool) -> None:
    key = PREFIX + container.name
    annotation = (pod.annotations[key] or "") if key in pod.annotations else outcome.added.get(key)
    if not pod.is_template:
        if annotation is None:
            made = _as_annotation(profile) if pod.minor <= _FIELDS_BECOME_ANNOTATIONS_UNTIL else ""
            if made:
                outcome.added[key] = made
        elif not has_own and _is_usable(annotation):
            return
    outcome.judged.append((container, profile))


def profile_of(holder: Raw) -> Raw | None:
    """Give the `appArmorProfile` in the security context of a container or of a pod spec."""
    context = holder.get("securityContext")
    return context.get("appArmorProfile") if context else None


def _localhost_faults(profile: str | None) -> Iterator[Fault]:
    if not profile:
        yield required("localhostProfile", "type Localhost needs the name of the profile")
        return
    if is_padded(profile):
        yield invalid("localhostProfile", "must not begin or end with white space")
    if size_in_bytes(profile) > _PROFILE_MAX_BYTES:
        yield Fault(ErrorType.TOO_LONG, "localhostProfile", f"must be no more than {_PROFILE_MAX_BYTES} bytes")


def _as_annotation(profile: Raw) -> str:
    type_ = profile.get("type")
    if type_ == "Localhost":
        name = profile.get("localhostProfile")
        return "" if name is None else _LOCALHOST + name
    return _WORDS.get(type_ or "", "")


def _is_usable(annotation: str) -> bool:
    """Say whether an annotation can become a valid field, which then agrees with it."""
    if not annotation.startswith(_LOCALHOST):
        return annotation in _WORDS.values()
    return not any(_localhost_faults(annotation.removeprefix(_LOCALHOST)))
