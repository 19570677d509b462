"""A RulePolicy chooses version, severities and exemptions."""

import pytest

from tests.builders import policy_from
from webhook.core.finding import Severity
from webhook.core.rule import Rule
from webhook.policy.catalogue import rules
from webhook.policy.policy import Exempt

# Word for word what the design shows, in the head that every policy has.
DESIGN = """\
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {name: rules}
spec: {kubernetesVersion: "1.36", rules: {IC1: Deny, IC301: Warn}, exempt: [{namespaces: [legacy], rules: [IC3], reason: "…", until: 2027-01-31}]}
"""


def test_the_policy_of_the_design_loads_as_it_is_written(monkeypatch):
    monkeypatch.setitem(rules(), "IC301", Rule("IC301", "Any", None, "these tests"))

    policy = policy_from(DESIGN)

    assert 36 == policy.minor
    assert (Severity.DENY, Severity.WARN) == (policy.severity_of("IC103"), policy.severity_of("IC301"))
    assert (Exempt(frozenset({"legacy"}), ("IC3",), "…", "2027-01-31"),) == policy.exemptions


def test_with_nothing_said_kubernetes_own_rules_deny_and_the_rest_keeps_its_default(rule_policy):
    policy = policy_from(rule_policy("rules: {}"))

    assert {code: rule.default_severity for code, rule in rules().items()} == policy.severities
    assert Severity.DENY is policy.severity_of("IC101")


def test_the_longest_prefix_decides(rule_policy):
    policy = policy_from(rule_policy("rules: {IC: Ignore, IC10: Warn, IC103: Deny, IC4: Warn}"))

    wanted = {"IC101": Severity.WARN, "IC103": Severity.DENY, "IC110": Severity.IGNORE, "IC401": Severity.WARN}
    assert wanted == {code: policy.severity_of(code) for code in wanted}


def test_an_ignored_rule_is_not_asked(rule_policy):
    policy = policy_from(rule_policy("rules: {IC1: Ignore}"))

    assert not any(active.rule.code.startswith("IC1") for active in policy.rules)
    assert all(active.severity is not Severity.IGNORE for active in policy.rules)


def test_several_rule_policies_come_together(rule_policy):
    one = rule_policy("rules: {IC101: Warn}\nkubernetesVersion: '1.34'", name="one")
    other = rule_policy("rules: {IC103: Ignore}\nkubernetesVersion: '1.35'", name="other")

    policy = policy_from(f"{one}---\n{other}")

    assert (Severity.WARN, Severity.IGNORE) == (policy.severity_of("IC101"), policy.severity_of("IC103"))
    assert 35 == policy.minor


def test_a_code_that_no_rule_has_is_ignored_when_it_is_asked_for():
    assert Severity.IGNORE is policy_from("").severity_of("IC999")


@pytest.mark.parametrize(
    ("until", "today", "covers"),
    [
        pytest.param("2027-01-31", "2027-01-30", True, id="the day before"),
        pytest.param("2027-01-31", "2027-01-31", True, id="the last day"),
        pytest.param("2027-01-31", "2027-02-01", False, id="the day after"),
        pytest.param("", "2999-01-01", True, id="no end"),
        pytest.param("2027-01-31", "", True, id="a day that is not known"),
    ],
)
def test_an_exemption_holds_until_its_day_inclusive(until, today, covers):
    assert covers is Exempt(frozenset({"legacy"}), ("IC3",), "why", until).covers("IC301", "legacy", today)


@pytest.mark.parametrize(
    ("code", "namespace", "covers"),
    [
        pytest.param("IC301", "legacy", True, id="a code of the family there"),
        pytest.param("IC401", "legacy", True, id="the other code there"),
        pytest.param("IC402", "legacy", False, id="another code there"),
        pytest.param("IC301", "web", False, id="a code of the family elsewhere"),
    ],
)
def test_an_exemption_covers_its_codes_in_its_namespaces(code, namespace, covers):
    assert covers is Exempt(frozenset({"legacy"}), ("IC3", "IC401"), "why").covers(code, namespace, "2026-01-01")
