"""A volume that Kubernetes would not take: without a proper name, with two sources, or with a source that cannot be.

What is wrong with a volume counts twice: mounts find only volumes without any fault, so those of a bad one are reported
as well (IC108).

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: pages, configMap: {name: pages, items: [{key: index, path: /index.html}]}}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      containers: [{name: app, image: "registry.example/shop:1"}]
      volumes: [{name: pages, configMap: {name: pages, items: [{key: index, path: index.html}]}}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod, Raw
from webhook.core.rule import Rule
from webhook.core.volumes import judged_volumes

CODE = "IC144"


def check(pod: Pod) -> Iterator[Finding]:
    """Find the faults of all volumes, and what they do not go together with in their Pod."""
    if not pod.spec.get("volumes") and not pod.claim_templates:
        return
    judged = judged_volumes(pod)
    for i, (_, faults) in enumerate(judged):
        for fault in faults:
            yield fault.at(f"{pod.path}.volumes[{i}]", CODE)
    if not pod.is_template:
        volumes = [volume for volume, _ in judged]
        yield from _claims_of_ephemeral_volumes(pod, volumes)
        yield from _tokens_without_account(pod, volumes)


def _claims_of_ephemeral_volumes(pod: Pod, volumes: list[Raw]) -> Iterator[Finding]:
    """Find volumes that use the claim which is made for an ephemeral volume of the same Pod."""
    owner = pod.metadata.get("name")
    made = {f"{owner}-{one.get('name') or ''}" for one in volumes if one.get("ephemeral") is not None} if owner else ()
    for i, volume in enumerate(volumes if made else ()):
        claim = (volume.get("persistentVolumeClaim") or {}).get("claimName")
        if claim in made:
            path = f"{pod.path}.volumes[{i}].persistentVolumeClaim.claimName"
            message = f"the claim {claim!r} is made for an ephemeral volume of this Pod; mount that volume instead"
            yield Finding(CODE, ErrorType.INVALID, path, message)


def _tokens_without_account(pod: Pod, volumes: list[Raw]) -> Iterator[Finding]:
    """Find tokens of a ServiceAccount that the Pod does not name; `serviceAccount` is the field's old name."""
    if pod.spec.get("serviceAccountName") or pod.spec.get("serviceAccount"):
        return
    for i, volume in enumerate(volumes):
        for j, source in enumerate((volume.get("projected") or {}).get("sources") or ()):
            if source and source.get("serviceAccountToken") is not None:
                path = f"{pod.path}.volumes[{i}].projected.sources[{j}].serviceAccountToken"
                yield Finding(CODE, ErrorType.FORBIDDEN, path, "say whose token: the Pod names no serviceAccountName")


RULE = Rule(
    code=CODE,
    title="Bad volume",
    check=check,
    source="kubernetes pkg/apis/core/validation: ValidateVolumes, validateVolumeSource, validatePodMetadataAndSpec",
    text=__doc__,
    needs=("volumes", "volumeClaimTemplates"),
)
