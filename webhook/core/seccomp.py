"""The seccomp profile, as the field `seccompProfile` and as the annotation that came before it.

Sources: kubernetes `pkg/apis/core/validation`: validateSeccompProfileField, ValidateSeccompProfile,
validateSeccompAnnotationsAndFieldsMatch.
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, all_invalid, invalid, not_supported, required
from webhook.core.local_path import descending_faults
from webhook.core.pod import Raw

POD_KEY = "seccomp.security.alpha.kubernetes.io/pod"
CONTAINER_PREFIX = "container.seccomp.security.alpha.kubernetes.io/"

_TYPES = ("Localhost", "RuntimeDefault", "Unconfined")
_LOCALHOST = "localhost/"
# What the annotation must say where the field has this type.
_WORDS = {"RuntimeDefault": ("runtime/default", "docker/default"), "Unconfined": ("unconfined",)}
_PLAIN_WORDS = frozenset(word for words in _WORDS.values() for word in words)


def field_faults(profile: Raw) -> Iterator[Fault]:
    """Give each fault of a `seccompProfile`."""
    type_ = profile.get("type") or ""
    if not type_:
        yield required("type", f"needs a type, one of {', '.join(_TYPES)}")
    elif type_ not in _TYPES:
        yield not_supported("type", type_, _TYPES)
    file = profile.get("localhostProfile")
    if type_ == "Localhost":
        if file is None:
            yield required("localhostProfile", "type Localhost needs the file of the profile")
        else:
            yield from all_invalid("localhostProfile", "the file", descending_faults(file))
    elif file is not None:
        yield invalid("localhostProfile", "may be set for type Localhost only")


def annotation_faults(value: str) -> list[str]:
    """Say what is wrong with the value of a seccomp annotation, one sentence for each error."""
    if value in _PLAIN_WORDS:
        return []
    if value.startswith(_LOCALHOST):
        return [f"the file {fault}" for fault in descending_faults(value.removeprefix(_LOCALHOST))]
    return [f"must be {', '.join(sorted(_PLAIN_WORDS))}, or {_LOCALHOST} and a file"]


def contradiction(annotation: str, profile: Raw) -> str:
    """Name the field of a `seccompProfile` that an annotation contradicts, or nothing where they agree."""
    type_ = profile.get("type")
    if type_ in _WORDS:
        return "" if annotation in _WORDS[type_] else "type"
    if type_ != "Localhost":
        return ""
    if not annotation.startswith(_LOCALHOST):
        return "type"
    return "" if annotation.removeprefix(_LOCALHOST) == profile.get("localhostProfile") else "localhostProfile"
