"""What Kubernetes only warns about is no refusal, and no fault of a policy, unless people say so."""

import pytest

from tests.builders import container, pod, policy_from, review
from webhook.admission.decide import decide

CLASHING = pod(init=[container("a", ports=[{"containerPort": 1}]), container("b", ports=[{"containerPort": 1}])])


@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        pytest.param("{}", "warned", id="nothing said"),
        pytest.param("{IC1: Deny}", "warned", id="the family refuses"),
        pytest.param("{IC: Deny}", "warned", id="everything refuses"),
        pytest.param("{IC19: Deny}", "denied", id="the warnings refuse"),
        pytest.param("{IC193: Deny}", "denied", id="this one refuses"),
        pytest.param("{IC1: Ignore}", "allowed", id="the family is silent"),
        pytest.param("{IC1: Deny, IC193: Ignore}", "allowed", id="this one is silent"),
        pytest.param("{IC: Ignore, IC1: Deny}", "allowed", id="everything but what Kubernetes refuses is silent"),
    ],
)
def test_a_family_at_deny_does_not_refuse_them(rules, outcome):
    head = "apiVersion: prologue.dev/v1alpha1\nkind: RulePolicy\nmetadata: {name: strict}\n"

    assert outcome == decide(review(CLASHING), policy_from(f"{head}spec: {{rules: {rules}}}\n")).outcome


def test_a_policy_may_inject_what_kubernetes_warns_about():
    policy = policy_from("""
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: agent}
spec:
  initContainers: [{container: {name: agent, image: agent, resources: {requests: {memory: 100m}}}}]
""")

    assert decide(review(pod()), policy).injected
