"""What every update may do, whatever the policies say: metadata, finalizers, and being on the way out."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import container, pod, policy_from, review, workload
from webhook.admission.decide import decide
from webhook.policy.policy import Facts

BAD = pod(init=[container("migrate", readinessProbe={}), container("Bad")])
KINDS = ["Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "PodTemplate"]
STRICT = """
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {name: strict}
spec: {rules: {IC1: Deny, IC19: Deny, IC3: Deny, IC4: Deny, strict: Deny}}
---
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {name: stricter}
spec: {match: {podSelector: {matchLabels: {tier: front}}}, rules: {IC: Deny, IC10: Deny}}
"""
WORDS = ["IC", "IC1", "IC10", "IC103", "IC3", "IC4", "recommended", "strict"]
SPECS = st.fixed_dictionaries(
    {"rules": st.dictionaries(st.sampled_from(WORDS), st.sampled_from(["Deny", "Warn", "Audit", "Ignore"]))},
    optional={
        "match": st.sampled_from([{"namespaceSelector": {}}, {"podSelector": {"matchLabels": {"tier": "front"}}}])
    },
)
TEXTS = st.dictionaries(st.sampled_from(["tier", "prologue.dev/inject", "prologue.dev/injected"]), st.text(max_size=9))
METADATA = st.fixed_dictionaries(
    {},
    optional={
        "labels": st.none() | TEXTS | st.just({"tier": "front"}),
        "annotations": st.none() | TEXTS,
        "finalizers": st.none() | st.lists(st.just("example.com/held"), max_size=1),
        "ownerReferences": st.just([{"kind": "ReplicaSet", "name": "shop"}]),
        "resourceVersion": st.just("7"),
        "managedFields": st.just([{"manager": "kubectl"}]),
    },
)


def manifest(kind, of=BAD, **metadata):
    it = of if kind == "Pod" else workload(kind, of)
    return {**it, "metadata": {"name": "shop", **metadata}}


def outcome(new, old, policy, **fields):
    return decide(review(new, operation="UPDATE", old=old, **fields), policy, Facts()).outcome


@settings(max_examples=60, deadline=None)
@given(st.lists(SPECS, max_size=2), st.sampled_from(KINDS), METADATA, METADATA)
def test_an_update_of_metadata_passes_under_any_policies(specs, kind, before, after):
    head = {"apiVersion": "prologue.dev/v1alpha1", "kind": "RulePolicy"}
    specs = [{"match": {"namespaceSelector": {}}, **spec} for spec in specs]
    documents = [{**head, "metadata": {"name": f"p{i}"}, "spec": spec} for i, spec in enumerate(specs)]
    policy = policy_from("\n---\n".join(map(json.dumps, documents)))

    assert "untouched" == outcome(manifest(kind, **after), manifest(kind, **before), policy)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_object_is_refused_when_it_is_created(kind):
    assert "denied" == decide(review(manifest(kind)), policy_from(STRICT)).outcome


@pytest.mark.parametrize("kind", KINDS)
def test_the_last_finalizer_goes_whatever_stands_there(kind):
    old = manifest(kind, finalizers=["example.com/held"], deletionTimestamp="2027-01-31T12:00:00Z")
    new = manifest(kind, finalizers=[], deletionTimestamp="2027-01-31T12:00:00Z")

    assert "untouched" == outcome(new, old, policy_from(STRICT))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_being_deleted_may_change_in_any_way(kind):
    gone = {"deletionTimestamp": "2027-01-31T12:00:00Z"}
    worse = pod(init=[container("migrate", readinessProbe={}), container("Bad"), container("Worse")])

    assert "untouched" == outcome(manifest(kind, worse, **gone), manifest(kind, **gone), policy_from(STRICT))


@pytest.mark.parametrize("kind", KINDS)
def test_deletion_itself_is_never_asked_about(kind):
    decision = decide(review(None, operation="DELETE", old=manifest(kind)), policy_from(STRICT))

    assert "untouched" == decision.outcome


@pytest.mark.parametrize("subresource", ["status", "ephemeralcontainers", "eviction", "binding", "scale"])
def test_neither_is_another_subresource(subresource):
    old, new = manifest("Pod", pod()), manifest("Pod")

    assert "untouched" == outcome(new, old, policy_from(STRICT), subresource=subresource)


def test_replicas_and_the_like_change_although_the_template_has_faults_of_old():
    old = manifest("Deployment")
    new = {**old, "spec": {**old["spec"], "replicas": 7}}

    assert "allowed" == outcome(new, old, policy_from(STRICT))
