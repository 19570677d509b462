"""Through the whole decision, which is what finds it; the details are in tests/core/test_pod_update.py."""

import pytest

from tests.builders import DEFAULT_POLICY, container, pod, policy_from, review, sidecar, workload
from webhook.admission.decide import decide

OLD = pod(init=[container("migrate"), sidecar()])


def changed(new, old=OLD, policy=DEFAULT_POLICY, **fields):
    findings = decide(review(new, operation="UPDATE", old=old, **fields), policy).findings
    return [(finding.code, str(finding.type), finding.path, str(finding.severity)) for finding in findings]


@pytest.mark.parametrize(
    ("new", "path"),
    [
        pytest.param(pod(init=[container("migrate", command=["x"]), sidecar()]), "spec", id="another command"),
        pytest.param(pod(init=[container("migrate"), container("side")]), "spec", id="no sidecar any more"),
        pytest.param(pod(init=[sidecar(), container("migrate")]), "spec", id="another order"),
        pytest.param(pod(init=[container("migrate")]), "spec.initContainers", id="one less"),
        pytest.param(
            pod(container(), container("b"), init=OLD["spec"]["initContainers"]), "spec.containers", id="one more"
        ),
    ],
)
def test_a_pod_keeps_its_containers(new, path):
    assert [("IC180", "Forbidden", path, "deny")] == changed(new)


def test_an_image_may_change():
    assert [] == changed(pod(init=[container("migrate", image="registry.example/migrate:2"), sidecar()]))


def test_the_template_of_a_job_is_fixed_and_that_of_a_deployment_is_not():
    new = pod(init=[container("migrate", command=["x"])], restartPolicy="Never")
    old = pod(init=[container("migrate")], restartPolicy="Never")

    assert [("IC180", "Invalid", "spec.template", "deny")] == changed(workload("Job", new), workload("Job", old))
    assert [] == changed(workload("CronJob", new), workload("CronJob", old))


def test_people_choose_its_severity():
    lax = policy_from("""
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {name: lax}
spec: {rules: {IC180: Ignore}}
""")

    assert [] == changed(pod(init=[]), policy=lax)
