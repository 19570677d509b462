import pytest

from tests.builders import container, pod, sidecar, workload
from webhook.core.workload import WORKLOADS
from webhook.rules.kubernetes.ic139_failure_policy_without_container import check


def job(kind, *names):
    manifest = workload(kind, pod(init=[container("migrate"), sidecar("proxy")]))
    rules = [
        {"action": "FailJob", "onExitCodes": {"containerName": name, "operator": "In", "values": [1]}} for name in names
    ]
    spec = manifest["spec"] if kind == "Job" else manifest["spec"]["jobTemplate"]["spec"]
    spec["podFailurePolicy"] = {"rules": [*rules, None, {"onPodConditions": []}]}
    return manifest


def found(manifest):
    seen = WORKLOADS[manifest["apiVersion"], manifest["kind"]].pod(manifest, 36)
    return [(str(one.type), one.path) for one in check(seen)]


@pytest.mark.parametrize("name", ["app", "migrate", "proxy", None])
def test_app_containers_init_containers_and_sidecars_may_be_named_or_none(name):
    assert [] == found(job("Job", name))


@pytest.mark.parametrize(
    ("kind", "path"),
    [pytest.param("Job", "spec", id="Job"), pytest.param("CronJob", "spec.jobTemplate.spec", id="CronJob")],
)
def test_a_name_that_nobody_has_is_found_in_every_rule(kind, path):
    manifest = job(kind, "app", "other", "")

    assert [("Invalid", f"{path}.podFailurePolicy.rules[{i}].onExitCodes.containerName") for i in (1, 2)] == found(
        manifest
    )


@pytest.mark.parametrize("policy", [None, {}, {"rules": None}])
def test_no_rules_are_fine(policy):
    manifest = workload("Job", pod())
    manifest["spec"]["podFailurePolicy"] = policy

    assert [] == found(manifest)


def test_other_kinds_have_no_such_policy():
    manifest = workload("Deployment", pod())
    manifest["spec"]["podFailurePolicy"] = {"rules": [{"onExitCodes": {"containerName": "other"}}]}

    assert [] == found(manifest)
