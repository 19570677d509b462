"""Where each kind keeps its pod template: the nine kinds that run Pods."""

from dataclasses import dataclass

from webhook.core.pod import Pod, Raw


@dataclass(frozen=True, slots=True)
class Workload:
    """One kind: `parents` leads to the dict that holds metadata and spec of the Pod."""

    api_version: str
    kind: str
    parents: tuple[str, ...]

    @property
    def spec_path(self) -> str:
        """The path of the pod spec, as Kubernetes spells it."""
        return ".".join((*self.parents, "spec"))

    def pod(self, manifest: Raw, minor: int) -> Pod:
        """Look at the Pod in a manifest of this kind; absent parents give an empty one."""
        at: Raw = manifest
        owner: Raw | None = None
        for name in self.parents:
            owner, at = at, at.get(name) or {}
        claims = owner.get("volumeClaimTemplates") if owner and self.kind == "StatefulSet" else None
        return Pod(at, path=self.spec_path, kind=self.kind, minor=minor, claim_templates=claims, owner=owner)


_TEMPLATE = ("spec", "template")

WORKLOADS: dict[tuple[str, str], Workload] = {
    (one.api_version, one.kind): one
    for one in (
        Workload("v1", "Pod", ()),
        Workload("apps/v1", "Deployment", _TEMPLATE),
        Workload("apps/v1", "ReplicaSet", _TEMPLATE),
        Workload("apps/v1", "StatefulSet", _TEMPLATE),
        Workload("apps/v1", "DaemonSet", _TEMPLATE),
        Workload("v1", "ReplicationController", _TEMPLATE),
        Workload("batch/v1", "Job", _TEMPLATE),
        Workload("batch/v1", "CronJob", ("spec", "jobTemplate", "spec", "template")),
        Workload("v1", "PodTemplate", ("template",)),
    )
}


def workload_of(api_version: str, kind: str) -> Workload | None:
    """Give the workload of a kind, or None where the kind has no pod template that we know."""
    return WORKLOADS.get((api_version, kind))
