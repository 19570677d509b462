"""Which features an unconfigured cluster has, by the first minor of Kubernetes 1.x that has them on.

Fields of a feature that is off are removed by the API server before anything is validated, without a word. Sources: the
feature gates of each release, `pkg/features/kube_features.go`; 1.37 from KEP metadata.
"""

from enum import Enum


class Gate(Enum):
    """A feature; its value is its name and the minor since which it is on."""

    since: int

    def __init__(self, _name: str, since: int) -> None:
        # An attribute of its own: `value` is ten times as slow to look up, and rules ask in every Pod.
        self.since = since

    POD_LEVEL_RESOURCES = ("POD_LEVEL_RESOURCES", 34)  # KEP-2837: spec.resources
    DYNAMIC_RESOURCE_ALLOCATION = ("DYNAMIC_RESOURCE_ALLOCATION", 34)  # KEP-4381: spec.resourceClaims, resources.claims
    STATEFULSET_TEMPLATES = ("STATEFULSET_TEMPLATES", 34)  # templates of StatefulSets are validated at all
    CONTAINER_RESTART_RULES = (
        "CONTAINER_RESTART_RULES",
        35,
    )  # KEP-5307: restartPolicy of every container, restartPolicyRules
    ENV_FILES = ("ENV_FILES", 35)  # KEP-3721: env[].valueFrom.fileKeyRef
    IMAGE_VOLUMES = ("IMAGE_VOLUMES", 35)  # KEP-4639: volumes[].image
    HOSTNAME_OVERRIDE = ("HOSTNAME_OVERRIDE", 35)  # KEP-4762: spec.hostnameOverride
    RESTART_ALL_CONTAINERS = ("RESTART_ALL_CONTAINERS", 36)  # KEP-5532: action RestartAllContainers, rules on sidecars
    PLAIN_INIT_CONTAINER_RESIZE = (
        "PLAIN_INIT_CONTAINER_RESIZE",
        36,
    )  # KEP-1287: plain init containers resized in place
    CONTAINER_STOP_SIGNALS = ("CONTAINER_STOP_SIGNALS", 37)  # KEP-4960: lifecycle.stopSignal, planned

    def is_on(self, minor: int) -> bool:
        """Say whether a cluster of this minor has it."""
        return minor >= self.since
