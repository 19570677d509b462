"""What a part of an object means to Kubernetes, whatever way it was written: two parts are equal if their forms are.

The API server compares decoded and defaulted objects (apimachinery `equality.Semantic`): quantities by value, absent
lists and maps like empty ones, a missing field like its default. Unknown fields are not there, and neither are those
of features that are off. A form is made of dicts, lists and scalars like the JSON it comes from, and is not JSON any
more: it is for comparing only. The part must be one that the API server can decode (`core.shape`).

Sources: kubernetes `pkg/apis/core/v1/defaults.go`; the structs are those of `shape_types`.
"""

from collections.abc import Callable
from typing import Any

from webhook.core.gates import Gate
from webhook.core.pod import Raw
from webhook.core.port import host_port
from webhook.core.pull_policy import default_pull_policy
from webhook.core.quantity import Quantity
from webhook.core.shape_types import NEWEST_MINOR, OLDEST_MINOR, structs

_LIST = "[]"
_MAP = "map[string]"

_CONTAINERS = ("containers", "initContainers")
_SPEC_KEEPS = frozenset({*_CONTAINERS, "hostNetwork", "schedulingGates"})
_CONTAINER_KEEPS = frozenset({"name", "image", "imagePullPolicy", "restartPolicy", "resizePolicy", "resources"})

# The mode of files that are made of keys: 0644.
_FILE_MODE = 0o644
_DEFAULTS: dict[str, dict[str, Any]] = {
    "PodSpec": {
        "restartPolicy": "Always",
        "dnsPolicy": "ClusterFirst",
        "schedulerName": "default-scheduler",
        "terminationGracePeriodSeconds": 30,
        "enableServiceLinks": True,
    },
    "Container": {"terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"},
    "ContainerPort": {"protocol": "TCP"},
    "Probe": {"timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3},
    "HTTPGetAction": {"path": "/", "scheme": "HTTP"},
    "ObjectFieldSelector": {"apiVersion": "v1"},
    "SecurityContext": {"procMount": "Default"},
    "ConfigMapVolumeSource": {"defaultMode": _FILE_MODE},
    "SecretVolumeSource": {"defaultMode": _FILE_MODE},
    "DownwardAPIVolumeSource": {"defaultMode": _FILE_MODE},
    "ProjectedVolumeSource": {"defaultMode": _FILE_MODE},
    "ServiceAccountTokenProjection": {"expirationSeconds": 3600},
    "PersistentVolumeClaimSpec": {"volumeMode": "Filesystem"},
    "ISCSIVolumeSource": {"iscsiInterface": "default"},
    "RBDVolumeSource": {"pool": "rbd", "user": "admin", "keyring": "/etc/ceph/keyring"},
    "AzureDiskVolumeSource": {"cachingMode": "ReadWrite", "kind": "Shared", "fsType": "ext4"},
    "ScaleIOVolumeSource": {"storageMode": "ThinProvisioned", "fsType": "xfs"},
}
_ZEROS: dict[str, Any] = {"string": "", "bool": False, "int32": 0, "int64": 0, "Quantity": 0}
# Fields that are no pointers in Go: false and 0 are the same as absent. Elsewhere, as in runAsUser, they are values.
_ABSENT_AT_ZERO = frozenset(
    {
        "hostIPC",
        "hostNetwork",
        "hostPID",
        "hostPort",
        "initialDelaySeconds",
        "readOnly",
        "stdin",
        "stdinOnce",
        "tty",
        *_DEFAULTS["Probe"],
    }
)
# Structs that are no pointers in Go, or that defaulting puts there: empty is the same as absent.
_ABSENT_WHEN_EMPTY = frozenset(
    {"ResourceRequirements", "VolumeResourceRequirements", "PodSecurityContext", "ObjectMeta"}
)
_DROPPED_UNLESS: dict[tuple[str, str], Gate] = {
    ("PodSpec", "resources"): Gate.POD_LEVEL_RESOURCES,
    ("PodSpec", "resourceClaims"): Gate.DYNAMIC_RESOURCE_ALLOCATION,
    ("PodSpec", "hostnameOverride"): Gate.HOSTNAME_OVERRIDE,
    ("ResourceRequirements", "claims"): Gate.DYNAMIC_RESOURCE_ALLOCATION,
    ("EnvVarSource", "fileKeyRef"): Gate.ENV_FILES,
    ("Lifecycle", "stopSignal"): Gate.CONTAINER_STOP_SIGNALS,
}


def normal_form(value: Any, type_: str, minor: int) -> Any:
    """Give the form of a value of a type as `shape_types` spells it; None where it is as good as absent."""
    if type_.startswith(_LIST):
        element = type_.removeprefix(_LIST)
        return [_present(one, element, minor) for one in value or ()] or None
    if type_.startswith(_MAP):
        entry = type_.removeprefix(_MAP)
        return {name: _present(one, entry, minor) for name, one in (value or {}).items()} or None
    fields = structs(min(max(minor, OLDEST_MINOR), NEWEST_MINOR)).get(type_)
    if value is None or fields is None:
        return _scalar(value, type_)
    return _struct(value, type_, fields, minor)


def pod_form(manifest: Raw, minor: int) -> Raw:
    """Give the form of the spec of a Pod; what defaulting does to Pods alone is done.

    A limit is also the request where there is none, ports on the host network have a hostPort, and a negative grace
    period is one second.
    """
    spec: Raw = normal_form(manifest.get("spec") or {}, "PodSpec", minor)
    if spec.get("terminationGracePeriodSeconds", 0) < 0:
        spec["terminationGracePeriodSeconds"] = 1
    for field in _CONTAINERS:
        for container in spec.get(field) or ():
            resources = container.get("resources") or {}
            if resources.get("limits"):
                resources["requests"] = resources["limits"] | resources.get("requests", {})
            if spec.get("hostNetwork"):
                for port in container.get("ports") or ():
                    port["hostPort"] = host_port(port, on_host_network=True)
    return spec


def pod_forms(old: Raw, new: Raw, minor: int) -> tuple[Raw, Raw]:
    """Give the forms of two Pods for comparing, without most of what was written alike: it need not be read.

    Containers, what identifies them, and what decides about other fields are always there.
    """
    was, now = _written_otherwise(old.get("spec") or {}, new.get("spec") or {}, _SPEC_KEEPS)
    for field in _CONTAINERS:
        ones, others = was.get(field) or [], now.get(field) or []
        if len(ones) == len(others):
            pairs = [_written_otherwise(a or {}, b or {}, _CONTAINER_KEEPS) for a, b in zip(ones, others, strict=True)]
            was[field], now[field] = [a for a, _ in pairs], [b for _, b in pairs]
    return pod_form({"spec": was}, minor), pod_form({"spec": now}, minor)


def first_difference(one: Any, other: Any) -> str:
    """Name the first place, in the order of the fields of `one`, where two forms differ; empty where they do not."""
    if one == other:
        return ""
    if isinstance(one, dict) and isinstance(other, dict):
        name = next(name for name in (*one, *other) if one.get(name) != other.get(name))
        below = first_difference(one.get(name), other.get(name))
        return f"{name}{'' if below.startswith('[') else '.'}{below}" if below else str(name)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        index = next(i for i, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
        below = first_difference(one[index], other[index])
        return f"[{index}]" + (f".{below}" if below else "")
    return ""


def _written_otherwise(one: Raw, other: Raw, keeps: frozenset[str]) -> tuple[Raw, Raw]:
    alike = {name for name, value in one.items() if name not in keeps and name in other and value == other[name]}
    return _without(one, alike), _without(other, alike)


def _without(holder: Raw, names: set[str]) -> Raw:
    return {name: value for name, value in holder.items() if name not in names}


def _scalar(value: Any, type_: str) -> Any:
    if type_ == "Quantity" and value is not None:
        return Quantity.defaulted(value).nano
    return None if value == "" else value


def _present(value: Any, type_: str, minor: int) -> Any:
    """Give the form of an element of a list or map, where null is the zero value and empty is not absent."""
    if value is None:
        value = _ZEROS.get(type_, {})
    form = normal_form(value, type_, minor)
    return value if form is None else form


def _struct(value: Raw, type_: str, fields: dict[str, str], minor: int) -> Raw | None:
    defaults = _DEFAULTS.get(type_, {})
    form: Raw = {}
    for name, item in value.items():
        if item is None or name not in fields or _is_dropped(type_, name, minor):
            continue
        if not item and name in _ABSENT_AT_ZERO:
            continue
        one = normal_form(item, fields[name], minor)
        if one is not None and one != defaults.get(name):
            form[name] = one
    if type_ in _COMPLETED:
        _COMPLETED[type_](form, minor)
    return None if not form and type_ in _ABSENT_WHEN_EMPTY else form


def _is_dropped(type_: str, name: str, minor: int) -> bool:
    gate = _DROPPED_UNLESS.get((type_, name))
    return gate is not None and not gate.is_on(minor)


def _complete_container(form: Raw, minor: int) -> None:
    if form.get("imagePullPolicy") is None:
        form["imagePullPolicy"] = default_pull_policy(form.get("image", ""))
    if not Gate.CONTAINER_RESTART_RULES.is_on(minor):
        form.pop("restartPolicyRules", None)
        if form.get("restartPolicy") != "Always":
            form.pop("restartPolicy", None)


def _complete_image(form: Raw, _minor: int) -> None:
    if form.get("pullPolicy") is None:
        form["pullPolicy"] = default_pull_policy(form.get("reference", ""))


def _complete_volume(form: Raw, _minor: int) -> None:
    if form.keys() <= {"name"}:
        form["emptyDir"] = {}


def _complete_pod_spec(form: Raw, minor: int) -> None:
    # The older name of the field; Kubernetes keeps both the same.
    account = form.pop("serviceAccount", None)
    if account:
        form.setdefault("serviceAccountName", account)
    if not Gate.IMAGE_VOLUMES.is_on(minor) and form.get("volumes"):
        form["volumes"] = [volume for volume in form["volumes"] if "image" not in volume]


_COMPLETED: dict[str, Callable[[Raw, int], None]] = {
    "Container": _complete_container,
    "EphemeralContainer": _complete_container,
    "ImageVolumeSource": _complete_image,
    "Volume": _complete_volume,
    "PodSpec": _complete_pod_spec,
}
