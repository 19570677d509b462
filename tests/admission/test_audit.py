"""Audit is for the audit log alone, and what an exemption silences stays visible there."""

import orjson
import pytest

from tests.builders import container, pod, policy_from, review
from tests.policy.practice import only_these
from webhook.admission.decide import decide
from webhook.admission.respond import respond
from webhook.policy.policy import Facts

NIGHT = pod(init=[container("migrate")])
HEAD = "apiVersion: prologue.dev/v1alpha1\nkind: RulePolicy\nmetadata: {name: rules}\nspec: "
EXEMPT = "exempt: [{namespaces: [legacy], rules: [IC391], reason: moving out, until: 2027-01-31}]"
TODAY = Facts(today="2027-01-31")


@pytest.fixture(autouse=True)
def _practice(monkeypatch):
    only_these(monkeypatch)


def answer(spec, manifest=NIGHT, facts=TODAY, **fields):
    asked = review(manifest, **fields)
    decision = decide(asked, policy_from(HEAD + spec), facts)
    return decision, orjson.loads(respond(decision, asked))["response"]


def test_a_finding_at_audit_refuses_nothing_and_warns_nobody():
    decision, response = answer("{rules: {IC391: Audit}}")

    assert ("allowed", ["IC391"]) == (decision.outcome, [one.code for one in decision.findings])
    assert response == {"uid": response["uid"], "allowed": True, "auditAnnotations": {"audited": "IC391"}}


def test_beside_a_warning_it_stands_apart():
    decision, response = answer("{rules: {IC391: Warn, strict: Audit}}")

    assert "warned" == decision.outcome
    assert {"findings": "IC391", "audited": "IC392,IC393"} == response["auditAnnotations"]
    assert ["IC391"] == [line.split()[0] for line in response["warnings"]]


def test_beside_a_denial_it_is_no_cause():
    bad = pod(init=[container("migrate", livenessProbe={})])

    _, response = answer("{rules: {IC391: Audit}}", bad)

    assert {"findings": "IC103", "audited": "IC391"} == response["auditAnnotations"]
    assert 1 == len(response["status"]["details"]["causes"])


def test_at_audit_kubernetes_own_rules_are_left_to_the_api_server_and_noted():
    bad = pod(init=[container("migrate", livenessProbe={})])

    _, response = answer("{rules: {IC1: Audit, IC3: Ignore}}", bad)

    assert response == {"uid": response["uid"], "allowed": True, "auditAnnotations": {"audited": "IC103"}}


def test_what_an_exemption_silences_is_noted():
    spec = f"{{rules: {{IC391: Deny}}, {EXEMPT}}}"

    decision, response = answer(spec, namespace="legacy")

    assert ("allowed", (), ["IC391"]) == (decision.outcome, decision.findings, [one.code for one in decision.exempted])
    assert response == {"uid": response["uid"], "allowed": True, "auditAnnotations": {"exempted": "IC391"}}


def test_an_exemption_leaves_everything_else_alone():
    _, response = answer(f"{{rules: {{IC3: Deny}}, {EXEMPT}}}", namespace="legacy")

    assert {"findings": "IC392,IC393", "exempted": "IC391"} == response["auditAnnotations"]


@pytest.mark.parametrize(
    ("namespace", "today"),
    [pytest.param("legacy", "2027-02-01", id="too late"), pytest.param("shop", "2027-01-31", id="elsewhere")],
)
def test_what_is_not_exempt_is_refused(namespace, today):
    decision, response = answer(f"{{rules: {{IC391: Deny}}, {EXEMPT}}}", facts=Facts(today=today), namespace=namespace)

    assert ("denied", ()) == (decision.outcome, decision.exempted)
    assert {"findings": "IC391"} == response["auditAnnotations"]


def test_an_exempt_pod_is_injected_into_all_the_same():
    injection = """
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: agent}
spec: {initContainers: [{container: {name: agent, image: agent}, position: last}]}
---
"""
    policy = policy_from(f"{injection}{HEAD}{{rules: {{IC391: Deny}}, {EXEMPT}}}")

    decision = decide(review(NIGHT, namespace="legacy"), policy, TODAY)

    assert ("injected", ["IC391"]) == (decision.outcome, [one.code for one in decision.exempted])


def test_on_update_only_what_is_newly_exempt_is_noted():
    worse = pod(container(image="registry.example/app:2"), init=[container("migrate")])

    decision, _ = answer(
        f"{{rules: {{IC391: Deny}}, {EXEMPT}}}", worse, operation="UPDATE", old=NIGHT, namespace="legacy"
    )

    assert ("allowed", ()) == (decision.outcome, decision.exempted)
