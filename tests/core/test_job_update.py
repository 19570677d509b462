import pytest

from tests.builders import container, pod, workload
from webhook.core.job_update import job_update_findings


def job(suspend=None, started=None, metadata=None, image="shop:1", **spec):
    one = {"name": "app", "image": image, **spec.pop("app", {})}
    made = workload("Job", pod(one, init=[container("migrate", **spec.pop("init", {}))], metadata=metadata, **spec))
    made["spec"]["suspend"] = suspend
    made["status"] = {"startTime": started}
    return made


def found(new, old, minor=36):
    return [(str(finding.type), finding.path) for finding in job_update_findings(old, new, minor)]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"image": "shop:2"}, id="an image"),
        pytest.param({"init": {"command": ["x"]}}, id="an init container"),
        pytest.param({"nodeSelector": {"a": "b"}}, id="where it runs"),
        pytest.param({"metadata": {"labels": {"a": "b"}}}, id="a label"),
    ],
)
def test_the_template_of_a_running_job_is_fixed(changes):
    assert [("Invalid", "spec.template")] == found(job(**changes), job())


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"nodeSelector": {"a": "b"}}, id="the nodes"),
        pytest.param({"tolerations": [{"operator": "Exists"}]}, id="tolerations"),
        pytest.param({"schedulingGates": [{"name": "x"}]}, id="gates"),
        pytest.param(
            {"affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{}]}}}, id="affinity"
        ),
        pytest.param({"metadata": {"labels": {"a": "b"}, "annotations": {"a": "b"}}}, id="labels and annotations"),
    ],
)
def test_where_it_runs_may_change_while_it_is_suspended_and_never_started(changes):
    assert [] == found(job(**changes), job(suspend=True))
    assert found(job(**changes), job(suspend=True, started="2026-01-31T12:00:00Z"))
    assert found(job(**changes), job(suspend=False))


def test_affinity_to_pods_is_fixed():
    affinity = {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "x"}]}}

    assert [("Invalid", "spec.template.spec")] == found(job(affinity=affinity), job(suspend=True))


def test_resources_may_change_while_it_is_suspended_since_1_36():
    new = job(init={"resources": {"requests": {"cpu": "1"}}})

    assert [] == found(new, job(suspend=True))
    assert [] == found(new, job(suspend=True, started="2026-01-31T12:00:00Z"))
    assert [("Invalid", "spec.template")] == found(new, job(suspend=True), 35)
    assert [("Invalid", "spec.template")] == found(new, job())


def test_since_1_36_other_changes_of_a_suspended_job_are_faults_of_the_spec():
    assert [("Invalid", "spec.template.spec")] == found(job(image="shop:2"), job(suspend=True))
    assert [("Invalid", "spec.template")] == found(job(image="shop:2"), job(suspend=True), 35)


def test_what_means_the_same_is_no_change():
    new = job(app={"imagePullPolicy": "IfNotPresent"}, terminationGracePeriodSeconds=30)

    assert [] == found(new, job())


def test_the_message_names_what_differs():
    [finding] = job_update_findings(job(), job(init={"command": ["x"]}), 36)

    assert "spec.initContainers[0].command" in finding.message


def test_a_job_without_a_template_can_be_compared():
    assert [] == found({"spec": None}, {"spec": {"template": None}})
    assert [("Invalid", "spec.template")] == found({}, job())
    assert [("Invalid", "spec.template.spec")] == found(job(), {"spec": {"suspend": True}})
