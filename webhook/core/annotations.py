"""Where Kubernetes reports what is wrong with the annotations of a Pod, and how often."""

from webhook.core.gates import Gate
from webhook.core.pod import Pod


def annotations_path(pod: Pod) -> str:
    """Give the path of the annotations as the API server spells it: in a template it leaves `metadata` out."""
    return pod.path.removesuffix("spec") + "annotations" if pod.is_template else "metadata.annotations"


def times_reported(pod: Pod) -> int:
    """Give how often one fault is reported: twice for a StatefulSet whose template is validated as a whole.

    Kubernetes `pkg/apis/apps/validation`: ValidatePodTemplateSpecForStatefulSet.
    """
    return 2 if pod.kind == "StatefulSet" and Gate.STATEFULSET_TEMPLATES.is_on(pod.minor) else 1
