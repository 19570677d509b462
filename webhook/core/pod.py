"""A read-only look at a Pod, or at the pod template of a workload, over the raw dict that we were sent.

Nothing is copied and nothing is converted: absent, null and empty read the same, and a null element of a list is the
zero object, as the API server decodes it. The dict must have the shape that Kubernetes' types demand; `core.shape`
says whether it has.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from webhook.core.gates import Gate

# Raw JSON, as it came: the keys are text, the values anything that JSON can say.
Raw = dict[str, Any]

_T = TypeVar("_T")

ALWAYS = "Always"


class Role(StrEnum):
    """Which list a container stands in, and whether it is a sidecar (an init container with restartPolicy Always)."""

    INIT = "init container"
    SIDECAR = "sidecar"
    APP = "container"
    EPHEMERAL = "ephemeral container"


class Container:
    """One container of a Pod: `raw` is the dict as it was sent, `name` its name, empty where none is given."""

    __slots__ = ("index", "list_path", "name", "raw", "role")

    def __init__(self, raw: Raw | None, role: Role, list_path: str, index: int) -> None:
        self.raw: Raw = raw or {}
        self.name: str = self.raw.get("name") or ""
        self.role = role
        self.list_path = list_path
        self.index = index

    @property
    def path(self) -> str:
        """Where it stands, as Kubernetes spells it: `spec.initContainers[0]`."""
        return f"{self.list_path}[{self.index}]"

    @property
    def image(self) -> str:
        """Its image, empty where none is given."""
        return self.raw.get("image") or ""

    @property
    def is_sidecar(self) -> bool:
        """Whether it is a native sidecar (KEP-753): an init container whose restartPolicy is Always."""
        return self.role is Role.SIDECAR

    @property
    def runs_to_completion(self) -> bool:
        """Whether it is a plain init container, which the next one waits for."""
        return self.role is Role.INIT

    def items(self, field: str) -> list[Raw]:
        """Give the elements of a list field, a null element as the zero object."""
        return [item or {} for item in self.raw.get(field) or ()]

    def resources(self, kind: str) -> Raw:
        """Give its own requests or limits as they were written; `kind` is `requests` or `limits`."""
        return (self.raw.get("resources") or {}).get(kind) or {}

    def __repr__(self) -> str:
        return f"Container({self.path}, {self.name!r})"


class Pod:
    """A Pod or a pod template, as one Kubernetes minor sees it.

    `raw` is the Pod or the template, `path` the path of its spec (`spec`, `spec.template.spec`, …), `minor` the minor
    version of Kubernetes 1.x that judges it, `is_template` whether a controller makes Pods of it, `claim_templates` the
    volumeClaimTemplates of a StatefulSet, `owner` the dict in which a template stands (the spec of a Deployment or a
    Job), None for a Pod and where it is not known.
    """

    __slots__ = (
        "_all_containers",
        "_made",
        "claim_templates",
        "containers",
        "ephemeral_containers",
        "init_containers",
        "is_template",
        "kind",
        "metadata",
        "minor",
        "owner",
        "path",
        "raw",
        "spec",
    )

    def __init__(
        self,
        raw: Raw,
        *,
        path: str = "spec",
        kind: str = "Pod",
        minor: int = 36,
        claim_templates: list[Raw] | None = None,
        owner: Raw | None = None,
    ) -> None:
        self.raw = raw
        self.owner = owner
        self.claim_templates: list[Raw] = claim_templates or []
        self.path = path
        self.kind = kind
        self.minor = minor
        self.is_template = kind != "Pod"
        self.metadata: Raw = raw.get("metadata") or {}
        spec: Raw = raw.get("spec") or {}
        self.spec = spec
        where = path + ".initContainers"
        self.init_containers = [
            Container(c, Role.SIDECAR if c and c.get("restartPolicy") == ALWAYS else Role.INIT, where, i)
            for i, c in enumerate(spec.get("initContainers") or ())
        ]
        where = path + ".containers"
        self.containers = [Container(c, Role.APP, where, i) for i, c in enumerate(spec.get("containers") or ())]
        where = path + ".ephemeralContainers"
        self.ephemeral_containers = [
            Container(c, Role.EPHEMERAL, where, i) for i, c in enumerate(spec.get("ephemeralContainers") or ())
        ]
        self._all_containers = (*self.containers, *self.init_containers, *self.ephemeral_containers)
        self._made: dict[Callable[[Pod], Any], Any] = {}

    @property
    def owner_path(self) -> str:
        """Where the dict stands that holds a template: `spec`, `spec.jobTemplate.spec` in a CronJob, empty in a PodTemplate."""
        return self.path.removesuffix("template.spec").removesuffix(".")

    def all_containers(self) -> tuple[Container, ...]:
        """Every container in the order in which Kubernetes judges them: regular, init, ephemeral."""
        return self._all_containers

    def once(self, work: Callable[["Pod"], _T]) -> _T:
        """Give what a function makes of this Pod; it is called the first time only, for many rules ask the same."""
        if work not in self._made:
            self._made[work] = work(self)
        made: _T = self._made[work]
        return made

    def volumes(self) -> list[Raw]:
        """Give the volumes of the spec as they are validated, a null one as the zero object.

        Where image volumes are off, the API server has removed them, so that later ones stand further ahead.
        """
        volumes = [volume or {} for volume in self.spec.get("volumes") or ()]
        if Gate.IMAGE_VOLUMES.is_on(self.minor):
            return volumes
        return [volume for volume in volumes if volume.get("image") is None]

    def volume_mounts(self, container: Container) -> list[Raw]:
        """Give a container's mounts as they are validated: without those of image volumes where these are off."""
        mounts = container.items("volumeMounts")
        if not mounts or Gate.IMAGE_VOLUMES.is_on(self.minor):
            return mounts
        gone = {
            (one or {}).get("name") or ""
            for one in self.spec.get("volumes") or ()
            if one and one.get("image") is not None
        }
        return [mount for mount in mounts if (mount.get("name") or "") not in gone]

    def claim_names(self) -> list[str]:
        """Give the names that a StatefulSet's claim templates add to the volumes of its Pods."""
        metadata = [(claim or {}).get("metadata") or {} for claim in self.claim_templates]
        return [name for one in metadata if (name := one.get("name"))]

    @property
    def labels(self) -> Raw:
        """The labels in its metadata."""
        return self.metadata.get("labels") or {}

    @property
    def annotations(self) -> Raw:
        """The annotations in its metadata."""
        return self.metadata.get("annotations") or {}
