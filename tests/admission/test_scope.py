"""RulePolicies for some namespaces and some Pods: they count where they match, and no Pod talks its way out."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import container, pod, policy_from, review, workload
from tests.policy.practice import only_these
from webhook.admission.decide import decide
from webhook.core.finding import Severity
from webhook.policy.policy import Facts

NIGHT = pod(init=[container("migrate")])
PROBED = pod(init=[container("migrate", readinessProbe={})])
KNOWN = Facts(namespaces={"shop": {"env": "production"}, "play": {"env": "dev"}})


@pytest.fixture(autouse=True)
def _practice(monkeypatch):
    only_these(monkeypatch)


def rule_policies(*specs):
    """Compile RulePolicies of these specs, called p0, p1 and so on."""
    head = {"apiVersion": "prologue.dev/v1alpha1", "kind": "RulePolicy"}
    return policy_from(
        "\n---\n".join(json.dumps({**head, "metadata": {"name": f"p{i}"}, "spec": s}) for i, s in enumerate(specs))
    )


def in_namespaces(env, **rules):
    return {"match": {"namespaceSelector": {"matchLabels": {"env": env}}}, "rules": rules}


def of_pods(labels, *, spec=None, **rules):
    return {"match": {"podSelector": {"matchLabels": labels}}, "rules": rules, **(spec or {})}


def labelled(manifest, **labels):
    return {**manifest, "metadata": {**manifest["metadata"], "labels": labels}}


def severity(policy, manifest=NIGHT, *, namespace="shop", facts=KNOWN, code="IC391"):
    """Give what the findings of a code come to, `ignore` where there is none."""
    decision = decide(review(manifest, namespace=namespace), policy, facts)
    return next((str(one.severity) for one in decision.findings if one.code == code), "ignore")


def test_severities_hold_in_the_namespaces_that_are_selected():
    policy = rule_policies({"rules": {"IC3": "Warn"}}, in_namespaces("production", IC3="Deny"))

    assert ("deny", "warn") == (severity(policy), severity(policy, namespace="play"))


def test_a_namespace_may_be_selected_by_its_name_without_knowing_more():
    selector = {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}
    policy = rule_policies({"match": {"namespaceSelector": selector}, "rules": {"IC3": "Deny"}})

    assert ("deny", "warn") == (severity(policy, facts=Facts()), severity(policy, namespace="play", facts=Facts()))


def test_what_holds_everywhere_holds_where_another_policy_is_milder():
    policy = rule_policies({"rules": {"IC3": "Deny"}}, in_namespaces("dev", IC3="Ignore"))

    assert "deny" == severity(policy, namespace="play")


def test_the_longer_prefix_may_be_milder_in_some_namespaces():
    policy = rule_policies({"rules": {"IC3": "Deny"}}, in_namespaces("dev", IC391="Audit"))

    assert ("deny", "audit") == (severity(policy), severity(policy, namespace="play"))


def test_of_several_that_match_the_strictest_wins():
    policy = rule_policies(in_namespaces("dev", IC391="Audit"), in_namespaces("dev", IC391="Deny"))

    assert "deny" == severity(policy, namespace="play")


def test_kubernetes_own_rules_may_be_left_to_the_api_server_in_some_namespaces():
    policy = rule_policies(in_namespaces("dev", IC1="Ignore"))

    assert not decide(review(PROBED, namespace="shop"), policy, KNOWN).allowed
    assert decide(review(PROBED, namespace="play"), policy, KNOWN).allowed


def test_a_tier_may_be_asked_for_in_some_namespaces():
    policy = rule_policies(in_namespaces("production", recommended="Warn", strict="Audit"))

    assert ["warn", "warn", "audit"] == [severity(policy, code=code) for code in ("IC391", "IC392", "IC393")]
    assert "ignore" == severity(policy, namespace="play", code="IC392")


def test_where_the_labels_of_a_namespace_are_not_known_the_policy_does_not_count_and_that_is_told():
    policy = rule_policies(in_namespaces("production", IC3="Deny"))

    decision = decide(review(NIGHT, namespace="elsewhere"), policy, KNOWN)

    assert ("warned", ["p0"]) == (decision.outcome, [one.policy for one in decision.unasked])
    assert "the labels of namespace 'elsewhere' are not known here" == decision.unasked[0].reason
    assert () == decide(review(NIGHT), policy, KNOWN).unasked


def test_it_is_not_told_of_pods_that_another_selector_leaves_out():
    match = {"namespaceSelector": {"matchLabels": {"env": "dev"}}, "podSelector": {"matchLabels": {"app": "web"}}}
    policy = rule_policies({"match": match, "rules": {"IC3": "Deny"}})

    assert () == decide(review(NIGHT), policy, Facts()).unasked
    assert 1 == len(decide(review(labelled(NIGHT, app="web")), policy, Facts()).unasked)


def test_labels_of_a_pod_bring_stricter_rules():
    policy = rule_policies(of_pods({"tier": "front"}, IC3="Deny"))

    assert ("deny", "warn") == (severity(policy, labelled(NIGHT, tier="front")), severity(policy))


def test_labels_of_the_template_decide_not_those_of_the_workload():
    policy = rule_policies(of_pods({"tier": "front"}, IC3="Deny"))
    inside = workload("Deployment", labelled(NIGHT, tier="front"))
    outside = labelled(workload("Deployment", NIGHT), tier="front")

    assert ("deny", "warn") == (severity(policy, inside), severity(policy, outside))


@pytest.mark.parametrize("milder", ["Warn", "Audit", "Ignore"])
@pytest.mark.parametrize("word", ["IC", "IC3", "IC39", "IC391"])
def test_labels_of_a_pod_never_silence_a_denial(word, milder):
    policy = rule_policies({"rules": {"IC3": "Deny"}}, of_pods({"please": "let-me-in"}, **{word: milder}))

    assert "deny" == severity(policy, labelled(NIGHT, please="let-me-in"))


def test_they_may_where_the_policy_allows_it():
    allowed = of_pods({"please": "let-me-in"}, spec={"allowSelfSelection": True}, IC391="Audit")
    policy = rule_policies({"rules": {"IC3": "Deny"}}, allowed)

    assert ("audit", "deny") == (severity(policy, labelled(NIGHT, please="let-me-in")), severity(policy))


def test_a_selector_that_takes_every_pod_is_no_choice_of_theirs():
    policy = rule_policies({"rules": {"IC3": "Deny"}}, {"match": {"podSelector": {}}, "rules": {"IC391": "Warn"}})

    assert "warn" == severity(policy)


def test_one_policy_that_pods_choose_does_not_undo_another():
    stricter, milder = of_pods({"a": "b"}, IC3="Deny"), of_pods({"c": "d"}, IC391="Ignore")
    policy = rule_policies(stricter, milder)

    assert "deny" == severity(policy, labelled(NIGHT, a="b", c="d"))


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param({"labels": {"prologue.dev/ignore": "IC391", "app": "legacy"}}, id="labels"),
        pytest.param({"annotations": {"prologue.dev/ignore": "IC391", "prologue.dev/inject": ""}}, id="annotations"),
        pytest.param(
            {"annotations": {"prologue.dev/injected": '{"p0": {"initContainers": ["migrate"]}}'}}, id="status"
        ),
        pytest.param({"namespace": "legacy"}, id="a namespace that is not the review's"),
        pytest.param({"ownerReferences": [{"kind": "RulePolicy", "name": "p0"}]}, id="an owner"),
    ],
)
def test_nothing_that_a_pod_says_about_itself_silences_a_denial(metadata):
    exempt = {"namespaces": ["legacy"], "rules": ["IC3"], "reason": "moving out", "until": "2027-01-31"}
    policy = rule_policies({"rules": {"IC3": "Deny"}, "exempt": [exempt]}, in_namespaces("dev", IC391="Ignore"))

    assert "deny" == severity(policy, {**NIGHT, "metadata": {"name": "shop", **metadata}})


def test_the_severity_of_what_only_the_decision_finds_follows_too():
    asking = {**NIGHT, "metadata": {"name": "shop", "annotations": {"prologue.dev/inject": "nobody"}}}
    policy = rule_policies(in_namespaces("production", IC402="Deny"))

    assert ("deny", "warn") == (
        severity(policy, asking, code="IC402"),
        severity(policy, asking, namespace="play", code="IC402"),
    )


@pytest.mark.parametrize(("said", "outcome"), [("Deny", "denied"), ("Warn", "warned"), ("Audit", "allowed")])
def test_a_conflict_leads_to_what_the_policies_say(said, outcome):
    injection = {"initContainers": [{"container": {"name": "app", "image": "agent"}}]}
    documents = [("InjectionPolicy", injection), ("RulePolicy", {"rules": {"IC401": said, "IC3": "Ignore"}})]
    head = {"apiVersion": "prologue.dev/v1alpha1", "metadata": {"name": "p"}}
    yaml = "\n---\n".join(json.dumps({**head, "kind": kind, "spec": spec}) for kind, spec in documents)

    decision = decide(review(NIGHT), policy_from(yaml))

    assert (outcome, ["IC401"]) == (decision.outcome, [one.code for one in decision.findings])
    assert not decision.operations


def update(policy, new, old, namespace="shop"):
    decision = decide(review(new, operation="UPDATE", old=old, namespace=namespace), policy, KNOWN)
    return [(one.code, str(one.severity)) for one in decision.findings]


def test_on_update_a_fault_of_old_is_none_of_todays():
    policy = rule_policies(in_namespaces("production", IC391="Deny"))
    old = workload("Deployment", NIGHT)
    image = workload("Deployment", pod(container(image="registry.example/app:2"), init=[container("migrate")]))
    more = workload("Deployment", pod(init=[container("migrate"), container("more")]))

    assert [] == update(policy, image, old)
    assert [("IC391", "deny")] == update(policy, more, old)


def test_who_comes_under_a_stricter_policy_by_an_update_is_held_to_it():
    policy = rule_policies(of_pods({"tier": "front"}, IC3="Deny"))
    plain, front = workload("Deployment", NIGHT), workload("Deployment", labelled(NIGHT, tier="front"))

    assert [("IC391", "deny")] == [one for one in update(policy, front, plain) if one[0] == "IC391"]
    assert [] == [one for one in update(policy, plain, front) if one[0] == "IC391"]


def test_without_a_match_the_rules_are_the_very_same_tuple_for_every_pod():
    policy = rule_policies({"rules": {"IC3": "Deny"}})

    assert policy.regimes is None


WORDS = st.sampled_from(["IC", "IC1", "IC10", "IC103"])
RULES = st.dictionaries(WORDS, st.sampled_from(["Deny", "Warn", "Audit", "Ignore"]), max_size=3)
LABELS = st.dictionaries(st.sampled_from("ab"), st.sampled_from("xy"), max_size=2)


@settings(max_examples=40, deadline=None)
@given(RULES, st.lists(st.tuples(LABELS, RULES), max_size=3), LABELS)
def test_whatever_labels_a_pod_gives_itself_it_is_judged_no_milder(general, chosen, labels):
    selective = [of_pods(asked, **rules) for asked, rules in chosen if asked]
    floor = rule_policies({"rules": general})
    policy = rule_policies({"rules": general}, *selective)

    is_, was = (Severity(severity(one, labelled(PROBED, **labels), code="IC103")).strictness for one in (policy, floor))

    assert is_ >= was
