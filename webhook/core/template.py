"""Which templates the API server looks into: some faults of a workload keep it from reading the pod spec at all."""

from webhook.core.gates import Gate
from webhook.core.label_faults import selector_faults
from webhook.core.pod import Pod

# The kinds whose Pods run for ever, and those whose Pods end.
FOR_EVER = frozenset({"Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController"})
JOBS = frozenset({"Job", "CronJob"})
# With a selector that it cannot read, the API server leaves the template of these kinds alone (kubernetes
# `pkg/apis/apps/validation`); the others have their templates judged all the same.
HIDDEN_BY_SELECTOR = frozenset({"Deployment", "ReplicaSet", "StatefulSet"})


def is_looked_into(pod: Pod) -> bool:
    """Say whether the API server judges the pod spec: not where it does not reach it, nor in a StatefulSet up to 1.33.

    Of such a StatefulSet it still judges the template's labels and annotations.
    """
    if pod.kind == "StatefulSet" and not Gate.STATEFULSET_TEMPLATES.is_on(pod.minor):
        return False
    return is_reached(pod)


def is_reached(pod: Pod) -> bool:
    """Say whether the API server comes to the template at all; True for a Pod, and where nothing is known of its owner.

    A misspelled selector stops it in some kinds, and a ReplicationController may have no template.
    """
    owner = pod.owner
    if owner is None:
        return True
    if pod.kind in HIDDEN_BY_SELECTOR:
        selector = owner.get("selector")
        return selector is None or next(selector_faults(selector), None) is None
    return pod.kind != "ReplicationController" or owner.get("template") is not None


def is_under_rules_of_kind(pod: Pod) -> bool:
    """Say whether the API server asks of the pod spec what its kind demands: of a StatefulSet even where all is hidden."""
    return pod.kind == "StatefulSet" or is_reached(pod)
