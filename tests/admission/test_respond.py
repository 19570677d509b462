import base64
import re

import jsonpatch
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import DEFAULT_POLICY, container, pod, policy_from, review, workload
from webhook.admission.decide import decide
from webhook.admission.respond import MAX_CAUSES, respond
from webhook.admission.telling import MAX_WARNINGS, WARNING_MAX_LENGTH, one_line

AGENT = policy_from("""
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: agent}
spec:
  initContainers:
  - container: {name: agent, image: a, restartPolicy: Always, resources: {requests: {cpu: 50m}}}
""")


def answer(asked, policy=DEFAULT_POLICY):
    body = orjson.loads(respond(decide(asked, policy), asked))
    assert ("admission.k8s.io/v1", "AdmissionReview") == (body["apiVersion"], body["kind"])
    assert asked.uid == body["response"]["uid"]
    return body["response"]


def test_a_fine_pod_gets_nothing_but_yes():
    assert {"uid", "allowed"} == set(answer(review(pod())))


def test_a_denial_is_what_kubectl_prints_line_by_line():
    asked = review(pod(init=[container("migrate", readinessProbe={}, image="")]))

    status = answer(asked)["status"]

    assert (422, "Invalid") == (status["code"], status["reason"])
    assert {"name": "shop", "group": "", "kind": "Pod"}.items() <= status["details"].items()
    assert [
        ("FieldValueForbidden", "spec.initContainers[0].readinessProbe"),
        ("FieldValueRequired", "spec.initContainers[0].image"),
    ] == [(cause["reason"], cause["field"]) for cause in status["details"]["causes"]]
    assert status["details"]["causes"][0]["message"].startswith("IC103 Forbidden: ")


def test_the_group_of_the_kind_is_named():
    manifest = workload("CronJob", pod(init=[container("migrate", readinessProbe={})]))

    assert "batch" == answer(review(manifest))["status"]["details"]["group"]


def test_more_faults_than_anyone_reads_are_counted():
    asked = review(pod(init=[container("Bad", livenessProbe={})] * 500))

    causes = answer(asked)["status"]["details"]["causes"]

    assert MAX_CAUSES + 1 == len(causes)
    assert "more faults" in causes[-1]["message"]


def test_an_injection_carries_patch_warning_and_audit_annotations():
    asked = review(pod())

    response = answer(asked, AGENT)

    patched = jsonpatch.apply_patch(asked.object, orjson.loads(base64.b64decode(response["patch"])))
    assert "JSONPatch" == response["patchType"]
    assert ["agent"] == [one["name"] for one in patched["spec"]["initContainers"]]
    assert ["IC400 agent: added agent (last); requests cpu 0→50m"] == response["warnings"]
    assert ("", "cpu=50m") == (
        response["auditAnnotations"]["requests-before"],
        response["auditAnnotations"]["requests-after"],
    )


def test_a_validating_answer_never_carries_a_patch():
    response = answer(review(pod(), mutating=False), AGENT)

    assert not {"patch", "patchType"} & set(response)


def test_the_answer_is_the_same_for_a_dry_run():
    wet, dry = (answer(review(pod(), dry_run=dry_run, uid="same"), AGENT) for dry_run in (False, True))

    assert wet == dry


@pytest.mark.parametrize("key", ["findings", "injected", "requests-before", "requests-after"])
def test_audit_keys_are_such_as_the_api_server_takes(key):
    asked = review(pod(metadata={"annotations": {"prologue.dev/inject": "nobody"}}))

    notes = answer(asked, AGENT)["auditAnnotations"]

    assert key in notes
    assert re.fullmatch(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?", key)


@given(st.text(max_size=300))
def test_a_warning_is_one_printable_line_of_bounded_length(text):
    line = one_line(text)

    assert len(line) <= WARNING_MAX_LENGTH
    assert line.isprintable()


def test_many_warnings_are_cut_and_counted():
    lax = policy_from("""
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {name: lax}
spec: {rules: {IC: Warn}}
""")

    warnings = answer(review(pod(init=[container("Bad")] * 50)), lax)["warnings"]

    assert MAX_WARNINGS == len(warnings)
    assert "more" in warnings[-1]


@pytest.mark.parametrize("name", ["a\nb", "x" * 5000, "\x1b[31mred", "né"])
def test_what_a_user_wrote_never_breaks_a_line(name):
    response = answer(review(pod(init=[container(name, livenessProbe={})])))

    for cause in response["status"]["details"]["causes"]:
        assert cause["message"].isprintable()
        assert len(cause["message"]) <= 400
    assert response["status"]["message"].isprintable()
