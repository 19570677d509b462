import pytest

from tests.builders import pod, workload
from webhook.core.workload import WORKLOADS
from webhook.rules.kubernetes.ic138_unusable_active_deadline import check


def found(manifest, minor=36):
    seen = WORKLOADS[manifest["apiVersion"], manifest["kind"]].pod(manifest, minor)
    return [(str(one.type), one.path) for one in check(seen)]


@pytest.mark.parametrize(
    ("seconds", "fine"),
    [
        pytest.param(None, True, id="none"),
        pytest.param(1, True, id="one"),
        pytest.param(2147483647, True, id="the longest"),
        pytest.param(0, False, id="zero"),
        pytest.param(-1, False, id="negative"),
        pytest.param(2147483648, False, id="too long"),
    ],
)
def test_a_deadline_is_1_to_2147483647_seconds(seconds, fine):
    assert ([] if fine else [("Invalid", "spec.activeDeadlineSeconds")]) == found(pod(activeDeadlineSeconds=seconds))


@pytest.mark.parametrize("kind", ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController"])
def test_what_runs_for_ever_takes_none(kind):
    path = "spec.template.spec.activeDeadlineSeconds"

    assert [("Forbidden", path)] == found(workload(kind, pod(activeDeadlineSeconds=1)))
    assert [("Invalid", path), ("Forbidden", path)] == found(workload(kind, pod(activeDeadlineSeconds=0)))


@pytest.mark.parametrize("kind", ["Job", "CronJob", "PodTemplate"])
def test_what_ends_may_have_one(kind):
    assert [] == found(workload(kind, pod(activeDeadlineSeconds=1)))


def test_of_a_stateful_set_up_to_1_33_only_that_there_is_one_counts():
    manifest = workload("StatefulSet", pod(activeDeadlineSeconds=0))

    assert [("Forbidden", "spec.template.spec.activeDeadlineSeconds")] == found(manifest, 33)
