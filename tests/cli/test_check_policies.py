"""What `prologue check` says of policies: audit, exemptions that have ended, policies that could not be asked."""

import pytest

from webhook.manifest.writer import dump_yaml

NIGHT = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "shop", "namespace": "play", "labels": {"night": "shift"}},
    "spec": {"containers": [{"name": "app", "image": "registry.example/app:1"}]},
}
PLAY = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "play", "labels": {"env": "dev"}}}
HEAD = "apiVersion: prologue.dev/v1alpha1\nkind: RulePolicy\nmetadata: {name: rules}\nspec: "
IN_DEV = "{match: {namespaceSelector: {matchLabels: {env: dev}}}, rules: {IC399: Deny}}"


@pytest.fixture
def check(run, file):
    """Check some manifests by a policy."""

    def check(spec, *manifests, flags=()):
        policy = file("rules.yaml", HEAD + spec)
        return run("check", "--policy", policy, *flags, file("it.yaml", dump_yaml(list(manifests))))

    return check


def test_a_finding_at_audit_is_shown_and_changes_neither_summary_nor_exit_code(check):
    ran = check("{rules: {IC399: Audit}}", NIGHT, flags=("--format", "json"))

    [finding] = ran.json["results"][0]["findings"]
    assert (0, "IC399", "audit") == (ran.code, finding["code"], finding["severity"])
    assert (0, 0) == (ran.json["summary"]["deny"], ran.json["summary"]["warn"])


def test_people_see_it_too(check):
    ran = check("{rules: {IC399: Audit}}", NIGHT)

    assert 0 == ran.code
    assert "IC399" in ran.out
    assert "audit" in ran.out


def test_a_warning_beside_it_still_counts(check):
    ran = check(
        "{rules: {IC399: Audit, IC402: Warn}}",
        {**NIGHT, "metadata": {**NIGHT["metadata"], "annotations": {"prologue.dev/inject": "nobody"}}},
    )

    assert 1 == ran.code


def test_an_exemption_that_has_ended_is_told(check):
    ran = check("{exempt: [{namespaces: [play], rules: [IC3], reason: moving out, until: 2020-02-29}]}", NIGHT)

    assert 1 == ran.code
    assert "the exemption has ended: RulePolicy rules: IC3 in play until 2020-02-29: moving out\n" in ran.err
    assert 1 == ran.err.count("ended")


def test_a_namespace_that_is_not_given_is_told_once(check):
    ran = check(IN_DEV, NIGHT, {**NIGHT, "metadata": {**NIGHT["metadata"], "name": "other"}})

    text = "RulePolicy rules does not count: the labels of namespace 'play' are not known here; give the Namespace too"
    assert 1 == ran.err.count(text)
    assert "warn IC399" in ran.out


def test_with_the_namespace_the_policy_counts(check):
    ran = check(IN_DEV, PLAY, NIGHT)

    assert "deny IC399" in ran.out
    assert "does not count" not in ran.err
