import pytest

from tests.builders import pod, workload
from webhook.core.workload import WORKLOADS
from webhook.rules.kubernetes.ic137_unsupported_pod_restart_policy import check

FOR_EVER = ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController"]


def found(manifest, minor=36):
    seen = WORKLOADS[manifest["apiVersion"], manifest["kind"]].pod(manifest, minor)
    return [(str(one.type), one.path) for one in check(seen)]


@pytest.mark.parametrize("policy", ["Always", "OnFailure", "Never", "", None])
def test_a_pod_may_restart_always_on_failure_or_never(policy):
    assert [] == found(pod(restartPolicy=policy))


def test_any_other_policy_is_not_supported():
    assert [("NotSupported", "spec.restartPolicy")] == found(pod(restartPolicy="always"))


def test_a_pod_template_is_for_anything():
    manifest = workload("PodTemplate", pod(restartPolicy="Never"))

    assert [] == found(manifest)


@pytest.mark.parametrize("kind", FOR_EVER)
def test_what_runs_for_ever_takes_always_only_and_refuses_an_unknown_one_twice(kind):
    error = ("NotSupported", "spec.template.spec.restartPolicy")

    assert [] == found(workload(kind, pod(restartPolicy="")))
    assert [error] == found(workload(kind, pod(restartPolicy="Never")))
    assert [error, error] == found(workload(kind, pod(restartPolicy="always")))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        pytest.param("Job", "spec.template.spec.restartPolicy", id="Job"),
        pytest.param("CronJob", "spec.jobTemplate.spec.template.spec.restartPolicy", id="CronJob"),
    ],
)
def test_a_job_has_to_end(kind, path):
    assert [("Required", path)] == found(workload(kind, pod(restartPolicy="Always")))
    assert [("Required", path)] == found(workload(kind, pod(restartPolicy=None)))
    assert [("NotSupported", path)] * 2 == found(workload(kind, pod(restartPolicy="always")))
    assert [] == found(workload(kind, pod(restartPolicy="OnFailure")))


@pytest.mark.parametrize(
    ("policy", "types"),
    [pytest.param("OnFailure", ["Invalid"], id="on failure"), pytest.param("Never", [], id="never")],
)
def test_a_job_with_a_failure_policy_never_restarts(policy, types):
    manifest = workload("Job", pod(restartPolicy=policy))
    manifest["spec"]["podFailurePolicy"] = {}

    assert types == [type_ for type_, _ in found(manifest)]


def test_a_hidden_template_is_left_alone_but_a_stateful_set_is_asked_all_the_same():
    deployment, stateful_set = (workload(kind, pod(restartPolicy="x")) for kind in ("Deployment", "StatefulSet"))
    for one in (deployment, stateful_set):
        one["spec"]["selector"] = {"matchLabels": {"app": "a b"}}

    assert [] == found(deployment)
    assert [("NotSupported", "spec.template.spec.restartPolicy")] == found(stateful_set)


def test_up_to_1_33_a_stateful_set_is_asked_for_always_only():
    manifest = workload("StatefulSet", pod(restartPolicy="x"))

    assert [("NotSupported", "spec.template.spec.restartPolicy")] == found(manifest, 33)
