"""The volumes of a Pod as Kubernetes judges them, and those that come out valid.

A mount finds a volume only among the valid ones: one with any fault, were it a file mode, counts as none, and so does the
later of two with one name. The claim templates of a StatefulSet stand in front and replace volumes of their name. Source:
kubernetes `pkg/apis/core/validation`: ValidateVolumes; `pkg/apis/apps/validation`: ValidateStatefulSetSpec.
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, all_invalid, required
from webhook.core.finding import ErrorType
from webhook.core.names import dns_label_faults, dns_subdomain_faults, is_dns_label
from webhook.core.pod import Pod, Raw
from webhook.core.volume_source import kinds_of, source_faults

# A name made from generateName: as much of it as leaves room for five letters within 63 bytes.
_GENERATED_MAX_BYTES = 58
_GENERATED_SUFFIX = "xxxxx"


def volumes_of(pod: Pod) -> list[Raw]:
    """Give the volumes in the order in which they are judged."""
    volumes = pod.volumes()
    if not pod.claim_templates:
        return volumes
    names = [((claim or {}).get("metadata") or {}).get("name") or "" for claim in pod.claim_templates]
    claims: dict[str, Raw] = {name: {"name": name, "persistentVolumeClaim": {"claimName": name}} for name in names}
    return [*claims.values(), *(volume for volume in volumes if (volume.get("name") or "") not in claims)]


def judged_volumes(pod: Pod) -> list[tuple[Raw, list[Fault]]]:
    """Give each volume, in the order of `volumes_of`, with its faults; their paths are relative to it."""
    return pod.once(_judged_volumes)


def _judged_volumes(pod: Pod) -> list[tuple[Raw, list[Fault]]]:
    judged: list[tuple[Raw, list[Fault]]] = []
    valid: set[str] = set()
    for volume in volumes_of(pod):
        name = volume.get("name") or ""
        kinds = kinds_of(volume)
        faults = source_faults(volume, kinds, pod.minor)
        if not pod.is_template and kinds and kinds[0] in ("ephemeral", "image"):
            faults += _pod_faults(pod, volume, kinds[0])
        if not is_dns_label(name):
            faults += _name_faults(name)
        if name in valid:
            faults.append(
                Fault(ErrorType.DUPLICATE, "name", f"there is a volume {name!r} already; choose another name")
            )
        elif not faults:
            valid.add(name)
        judged.append((volume, faults))
    return judged


def valid_volumes(pod: Pod) -> dict[str, Raw]:
    """Give the volumes that mounts and devices find, by name."""
    return pod.once(_valid_volumes)


def _valid_volumes(pod: Pod) -> dict[str, Raw]:
    return {volume.get("name") or "": volume for volume, faults in judged_volumes(pod) if not faults}


def _name_faults(name: str) -> Iterator[Fault]:
    if not name:
        yield required("name", "every volume needs a name")
    else:
        yield from all_invalid("name", f"the name {name!r}", dns_label_faults(name))


def _pod_faults(pod: Pod, volume: Raw, kind: str) -> Iterator[Fault]:
    """Give what is asked of Pods and not of templates, where the rest may still be filled in."""
    name = volume.get("name") or ""
    if kind == "image":
        if not volume["image"].get("reference"):
            yield required("image.reference", "name the image that is mounted")
    elif name and (owner := _pod_name(pod)):
        claim = f"{owner}-{name}"
        yield from all_invalid("name", f"the name of its claim, {claim!r},", dns_subdomain_faults(claim))


def _pod_name(pod: Pod) -> str:
    """Give the name that the Pod will have; of one that is generated the last five letters are made up."""
    name: str = pod.metadata.get("name") or ""
    prefix: str = pod.metadata.get("generateName") or ""
    if name or not prefix:
        return name
    kept = prefix.encode("utf-8", "surrogatepass")[:_GENERATED_MAX_BYTES].decode("utf-8", "replace")
    return kept + _GENERATED_SUFFIX
