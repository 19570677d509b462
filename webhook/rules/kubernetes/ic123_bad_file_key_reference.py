"""An environment variable that takes a key of a file which cannot be read.

The file is written by an init container into an emptyDir of the Pod; no other volume will do. Since Kubernetes 1.35
(KEP-3721); before that the reference is taken away unseen.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        env: [{name: TOKEN, valueFrom: {fileKeyRef: {volumeName: made, path: ../token.env, key: TOKEN}}}]
      volumes: [{name: made, emptyDir: {}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers:
      - name: app
        image: registry.example/shop:1
        env: [{name: TOKEN, valueFrom: {fileKeyRef: {volumeName: made, path: token.env, key: TOKEN}}}]
      volumes: [{name: made, emptyDir: {}}]
"""

from collections.abc import Iterator

from webhook.core.env_source import env_ref_path, env_refs
from webhook.core.fault import Fault, all_invalid, invalid, required
from webhook.core.finding import ErrorType, Finding
from webhook.core.gates import Gate
from webhook.core.local_path import has_backstep
from webhook.core.names import dns_label_faults, env_name_faults
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule
from webhook.core.volume_source import kinds_of
from webhook.core.volumes import volumes_of

CODE = "IC123"


def check(pod: Pod) -> Iterator[Finding]:
    """Find references with a malformed part, or to a volume that is no emptyDir of the Pod."""
    if not Gate.ENV_FILES.is_on(pod.minor):
        return
    volumes: dict[str, Raw] | None = None
    for container, place, kind, ref in env_refs(pod, "fileKeyRef"):
        if volumes is None:
            # As they are written: one with faults counts, and of two with one name the last does.
            volumes = {volume.get("name") or "": volume for volume in volumes_of(pod)}
        for fault in (*_text_faults(ref), *_volume_faults(ref, volumes)):
            yield fault.at(env_ref_path(container, place, kind), CODE, container.name)


def _text_faults(ref: Raw) -> Iterator[Fault]:
    key, volume, path = ref.get("key"), ref.get("volumeName"), ref.get("path")
    if not key:
        yield required("key", "say which key of the file")
    else:
        yield from all_invalid("key", "the key", env_name_faults(key))
    if not volume:
        yield required("volumeName", "say which volume holds the file")
    else:
        yield from all_invalid("volumeName", f"the name {volume!r}", dns_label_faults(volume))
    if not path:
        yield required("path", "say which file of the volume")
    elif has_backstep(path):
        yield invalid("path", "the path must not have '..' among its elements")


def _volume_faults(ref: Raw, volumes: dict[str, Raw]) -> Iterator[Fault]:
    name = ref.get("volumeName") or ""
    if name not in volumes:
        yield Fault(ErrorType.NOT_FOUND, "volumeName", f"there is no volume {name!r} in this Pod")
        return
    kinds = kinds_of(volumes[name])
    if kinds and "emptyDir" not in kinds:
        yield invalid("volumeName", f"the volume {name!r} must be an emptyDir, and is {kinds[0]}")


RULE = Rule(
    code=CODE,
    title="Bad file key reference",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateFileKeySelector, validateFileKeyRefVolumes; KEP-3721",
    text=__doc__,
    needs=("fileKeyRef",),
)
