import pytest

from tests.builders import DEFAULT_POLICY, container, pod, policy_from, review, sidecar, workload
from webhook.admission.decide import decide
from webhook.policy.policy import Facts

BAD = pod(init=[container("migrate", readinessProbe={})])
WARNED = """
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {name: lax}
spec: {rules: {IC1: Warn}}
"""


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(review(None, operation="DELETE", old=BAD), id="deletion"),
        pytest.param(review({"kind": "PodExecOptions", "apiVersion": "v1"}, operation="CONNECT"), id="connection"),
        pytest.param(review({"kind": "Scale", "apiVersion": "autoscaling/v1"}, subresource="scale"), id="scale"),
        pytest.param(review(BAD, operation="UPDATE", subresource="status"), id="status"),
        pytest.param(review({"kind": "Service", "apiVersion": "v1"}), id="a kind without a Pod"),
        pytest.param(review({**BAD, "apiVersion": "apps/v1"}), id="a Pod under another group"),
    ],
)
def test_what_has_no_pod_to_judge_passes_untouched(asked):
    decision = decide(asked, DEFAULT_POLICY)

    assert decision.allowed
    assert "untouched" == decision.outcome


@pytest.mark.parametrize("kind", ["Deployment", "ReplicaSet", "DaemonSet", "Job", "CronJob", "PodTemplate"])
def test_templates_are_judged_at_their_own_paths(kind):
    decision = decide(review(workload(kind, BAD)), DEFAULT_POLICY)

    [finding] = decision.findings
    assert not decision.allowed
    assert finding.path.endswith("template.spec.initContainers[0].readinessProbe")


def test_a_statefulset_template_was_not_looked_at_before_1_34():
    manifest = workload("StatefulSet", BAD)

    assert decide(review(manifest), policy_from("", 33)).allowed
    assert not decide(review(manifest), policy_from("", 34)).allowed


def test_the_severity_that_people_chose_decides():
    decision = decide(review(BAD), policy_from(WARNED))

    assert decision.allowed
    assert ("warned", ["warn"]) == (decision.outcome, [one.severity for one in decision.findings])


def test_on_update_only_what_is_new_denies():
    worse = pod(init=[container("migrate", readinessProbe={}, livenessProbe={})])

    same = decide(review(BAD, operation="UPDATE", old=BAD), DEFAULT_POLICY)
    more = decide(review(worse, operation="UPDATE", old=BAD), DEFAULT_POLICY)

    assert same.allowed
    assert ["spec.initContainers[0].livenessProbe", "spec"] == [finding.path for finding in more.findings]


@pytest.mark.parametrize("old", [pytest.param(None, id="none"), pytest.param({"spec": 7, "kind": "Pod"}, id="damaged")])
def test_without_a_readable_old_object_everything_is_new(old):
    assert not decide(review(BAD, operation="UPDATE", old=old), DEFAULT_POLICY).allowed


def test_the_effective_requests_are_known_before_and_after():
    policy = policy_from("""
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: agent}
spec:
  initContainers:
  - container: {name: agent, image: a, restartPolicy: Always, resources: {requests: {cpu: 50m}}}
""")
    manifest = pod(
        container(resources={"requests": {"cpu": "1"}}), init=[sidecar(resources={"requests": {"cpu": "1"}})]
    )

    decision = decide(review(manifest), policy)

    assert ("2", "2050m") == (str(decision.before.requests["cpu"]), str(decision.after.requests["cpu"]))


def test_an_exemption_silences_its_rules_in_its_namespaces_until_its_day():
    policy = policy_from("""
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {name: legacy}
spec:
  rules: {IC402: Deny}
  exempt: [{namespaces: [legacy], rules: [IC4], reason: moving out, until: 2027-01-31}]
""")
    asking = pod(metadata={"annotations": {"prologue.dev/inject": "nobody"}})

    def allowed(namespace, today):
        return decide(review(asking, namespace=namespace), policy, Facts(today=today)).allowed

    assert allowed("legacy", "2027-01-31")
    assert not allowed("legacy", "2027-02-01")
    assert not allowed("shop", "2027-01-01")
