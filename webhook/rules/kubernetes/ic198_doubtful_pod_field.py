"""A field of the pod spec that Kubernetes takes, and warns about.

Labels and volumes of old, two entries that are one, a selector that matches nothing, an address in an unusual spelling:
each is legal, and each means that the Pod will not do what its author thinks, now or after an upgrade.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      nodeSelector: {beta.kubernetes.io/arch: arm64}
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      nodeSelector: {kubernetes.io/arch: arm64}
      initContainers: [{name: migrate, image: "registry.example/shop:1"}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Callable, Iterator
from typing import Any

from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.ip_text import better_spelling
from webhook.core.names import is_dns_label
from webhook.core.pod import Pod, Raw
from webhook.core.quantity import Quantity
from webhook.core.rule import Rule
from webhook.core.virtual_path import KINDS_WITH_FILES, overlaps

CODE = "IC198"

# A path below the pod spec, and what is said of it.
_Doubt = tuple[str, str]
_Entries = list[Raw | None]

_LABELS_OF_OLD = {
    "beta.kubernetes.io/arch": "kubernetes.io/arch",
    "beta.kubernetes.io/os": "kubernetes.io/os",
    "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
    "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
}
# The field of a volume, how the warning spells it, and the minor since which it does nothing (0: it still does).
_VOLUMES_OF_OLD = (
    ("photonPersistentDisk", "photonPersistentDisk", 16),
    ("gitRepo", "gitRepo", 0),
    ("scaleIO", "scaleIO", 22),
    ("flocker", "flocker", 25),
    ("storageos", "storageOS", 25),
    ("quobyte", "quobyte", 25),
    ("glusterfs", "glusterfs", 26),
    ("cephfs", "cephfs", 31),
    ("rbd", "rbd", 31),
)
_FIELDS_OF_OLD = frozenset(field for field, _, _ in _VOLUMES_OF_OLD)
_LOOKED_INTO = frozenset({*_FIELDS_OF_OLD, *KINDS_WITH_FILES, "ephemeral"})
_NULL_SELECTOR = "an absent selector matches no Pod; an empty one, {}, matches all"
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
# A name made from generateName keeps this much of it and gets five letters more.
_GENERATED_MAX_BYTES = 58
_GENERATED_SUFFIX = "xxxxx"
_MILLI = 1000


def check(pod: Pod) -> Iterator[Finding]:
    """Find what Kubernetes warns about in a pod spec besides containers, and a Pod's name that is no host name."""
    if not pod.is_template:
        yield from _host_name(pod)
    for path, message in _doubts(pod):
        yield Finding(CODE, ErrorType.WARNING, f"{pod.path}.{path}", message, severity=Severity.WARN)


def _host_name(pod: Pod) -> Iterator[Finding]:
    name = pod.metadata.get("name")
    if not name and (prefix := pod.metadata.get("generateName")):
        name = prefix[:_GENERATED_MAX_BYTES] + _GENERATED_SUFFIX
    if name and not is_dns_label(name):
        message = "the name is also the host name; better use at most 63 of a-z, 0-9 and inner hyphens, and no dots"
        yield Finding(CODE, ErrorType.WARNING, "metadata.name", message, severity=Severity.WARN)


def _doubts(pod: Pod) -> Iterator[_Doubt]:
    spec = pod.spec
    for field, look in _FIELDS.items():
        if spec.get(field):
            yield from look(spec[field])
    # Not as they are written: where image volumes are off, those behind them stand further ahead.
    if spec.get("volumes"):
        for i, volume in enumerate(pod.volumes()):
            if not _LOOKED_INTO.isdisjoint(volume):
                yield from _volume(f"volumes[{i}]", volume)


def _node_selector(selector: Raw) -> Iterator[_Doubt]:
    for label in selector:
        yield from _label(f"nodeSelector[{label}]", label)


def _label(path: str, label: str) -> Iterator[_Doubt]:
    if label in _LABELS_OF_OLD:
        yield path, f"the label {label} is deprecated and may be gone from new nodes; use {_LABELS_OF_OLD[label]}"


def _affinity(affinity: Raw) -> Iterator[_Doubt]:
    for path, term in _node_terms(affinity.get("nodeAffinity") or {}):
        for j, expression in enumerate(term.get("matchExpressions") or ()):
            yield from _label(
                f"affinity.nodeAffinity.{path}.matchExpressions[{j}].key", (expression or {}).get("key") or ""
            )
    for kind in ("podAffinity", "podAntiAffinity"):
        own: Raw = affinity.get(kind) or {}
        for i, term in enumerate(own.get(_REQUIRED) or ()):
            if (term or {}).get("labelSelector") is None:
                yield f"affinity.{kind}.{_REQUIRED}[{i}].labelSelector", _NULL_SELECTOR
        for i, weighted in enumerate(own.get(_PREFERRED) or ()):
            if ((weighted or {}).get("podAffinityTerm") or {}).get("labelSelector") is None:
                yield f"affinity.{kind}.{_PREFERRED}[{i}].podAffinityTerm.labelSelector", _NULL_SELECTOR


def _node_terms(own: Raw) -> Iterator[tuple[str, Raw]]:
    for i, term in enumerate((own.get(_REQUIRED) or {}).get("nodeSelectorTerms") or ()):
        yield f"{_REQUIRED}.nodeSelectorTerms[{i}]", term or {}
    for i, weighted in enumerate(own.get(_PREFERRED) or ()):
        yield f"{_PREFERRED}[{i}].preference", (weighted or {}).get("preference") or {}


def _constraints(constraints: _Entries) -> Iterator[_Doubt]:
    for i, constraint in enumerate(constraints):
        path = f"topologySpreadConstraints[{i}]"
        yield from _label(f"{path}.topologyKey", (constraint or {}).get("topologyKey") or "")
        if (constraint or {}).get("labelSelector") is None:
            yield f"{path}.labelSelector", _NULL_SELECTOR


def _volume(path: str, volume: Raw) -> Iterator[_Doubt]:
    if not _FIELDS_OF_OLD.isdisjoint(volume):
        yield from _volume_of_old(path, volume)
    for overlap in overlaps(volume):
        what = f"{overlap.path!r} is in the way of {overlap.earlier!r}, an earlier file of this volume"
        yield f"{path}.{overlap.where}", what
    if volume.get("ephemeral"):
        yield from _claim(f"{path}.ephemeral", volume["ephemeral"])


def _volume_of_old(path: str, volume: Raw) -> Iterator[_Doubt]:
    for field, spelled, gone in _VOLUMES_OF_OLD:
        if volume.get(field) is not None:
            what = f"has no effect since 1.{gone}" if gone else "is deprecated"
            yield (
                f"{path}.{spelled}",
                f"this kind of volume {what}; use a volume that a CSI driver or a container fills",
            )


def _claim(path: str, ephemeral: Raw) -> Iterator[_Doubt]:
    template: Raw = ephemeral.get("volumeClaimTemplate") or {}
    resources: Raw = (template.get("spec") or {}).get("resources") or {}
    for kind in ("requests", "limits"):
        amount = (resources.get(kind) or {}).get("storage")
        if amount is not None and Quantity.decode(amount).milli_value() % _MILLI:
            where = f"{path}.volumeClaimTemplate.spec.resources.{kind}[storage]"
            yield where, f"{amount} of storage is no whole number of bytes; the unit m means thousandths"


def _host_aliases(aliases: _Entries) -> Iterator[_Doubt]:
    yield from _repeated("hostAliases", aliases, "ip")
    for i, alias in enumerate(aliases):
        yield from _address(f"hostAliases[{i}].ip", (alias or {}).get("ip"))


def _image_pull_secrets(secrets: _Entries) -> Iterator[_Doubt]:
    yield from _repeated("imagePullSecrets", secrets, "name")
    for i, secret in enumerate(secrets):
        if not (secret or {}).get("name"):
            yield f"imagePullSecrets[{i}].name", "the name of the Secret is empty, so nothing is pulled with it"


def _repeated(field: str, entries: _Entries, key: str) -> Iterator[_Doubt]:
    seen: set[str] = set()
    for i, entry in enumerate(entries):
        value = (entry or {}).get(key) or ""
        if value in seen:
            yield (
                f"{field}[{i}].{key}",
                f"{value!r} stands there before, and tools that merge by {key} drop one of them",
            )
        seen.add(value)


def _dns_config(config: Raw) -> Iterator[_Doubt]:
    for i, server in enumerate(config.get("nameservers") or ()):
        yield from _address(f"dnsConfig.nameservers[{i}]", server)


def _address(path: str, text: str | None) -> Iterator[_Doubt]:
    if better := better_spelling(text or ""):
        yield path, f"not everyone reads {text!r} as {better}, and later Kubernetes may refuse it; write {better}"


_FIELDS: dict[str, Callable[[Any], Iterator[_Doubt]]] = {
    "nodeSelector": _node_selector,
    "affinity": _affinity,
    "topologySpreadConstraints": _constraints,
    "hostAliases": _host_aliases,
    "imagePullSecrets": _image_pull_secrets,
    "dnsConfig": _dns_config,
}

RULE = Rule(
    code=CODE,
    title="Doubtful pod field",
    check=check,
    source="kubernetes pkg/api/pod/warnings.go: warningsForPodSpecAndMeta; pkg/registry/core/pod: WarningsOnCreate",
    text=__doc__,
    severity=Severity.WARN,
    beyond_template=True,
)
