"""The sample reviews are answered as their names say."""

import base64
import json

import jsonpatch
import pytest

from tests.deploy.manifests import DEPLOY
from webhook.admission.decide import decide
from webhook.admission.respond import respond
from webhook.admission.review import read_review
from webhook.core.workload import workload_of
from webhook.policy.example import example_policy

SAMPLES = sorted((DEPLOY / "samples").glob("*.json"))
INJECTED = {"pod-gets-log-agent": ["log-agent", "install"], "pod-asks-to-wait": ["wait-for-database"]}
DENIED = {
    "pod-probe-on-init-container": "spec.initContainers[1].readinessProbe",
    "cronjob-probe-on-init-container": "spec.jobTemplate.spec.template.spec.initContainers[0].readinessProbe",
}


def answer(name: str):
    body = (DEPLOY / "samples" / f"{name}.json").read_bytes()
    review = read_review(body, mutating=True)
    response = json.loads(respond(decide(review, example_policy()), review))["response"]
    return json.loads(body)["request"], response


def test_every_sample_has_its_answer_here():
    assert {path.stem for path in SAMPLES} == {*INJECTED, *DENIED}


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SAMPLES])
def test_a_sample_is_what_an_api_server_sends(path):
    review = json.loads(path.read_bytes())
    request = review["request"]

    assert (review["apiVersion"], review["kind"]) == ("admission.k8s.io/v1", "AdmissionReview")
    assert request["operation"] == "CREATE"
    assert request["dryRun"] is False
    assert request["oldObject"] is None
    assert request["options"]["kind"] == "CreateOptions"
    assert request["kind"] == request["requestKind"]
    assert request["userInfo"]["username"]
    assert workload_of(request["object"]["apiVersion"], request["object"]["kind"]) is not None


@pytest.mark.parametrize(("name", "init_containers"), INJECTED.items())
def test_what_a_pod_gets_stands_before_its_own_init_containers(name, init_containers):
    request, response = answer(name)

    patched = jsonpatch.apply_patch(request["object"], json.loads(base64.b64decode(response["patch"])))

    assert response["allowed"]
    assert response["uid"] == request["uid"]
    assert [one["name"] for one in patched["spec"]["initContainers"]] == init_containers
    assert [warning.split()[0] for warning in response["warnings"]] == ["IC400"]


@pytest.mark.parametrize(("name", "field"), DENIED.items())
def test_a_probe_on_a_plain_init_container_is_refused_with_its_path(name, field):
    _, response = answer(name)

    assert not response["allowed"]
    assert response["status"]["code"] == 422
    (cause,) = response["status"]["details"]["causes"]
    assert cause["field"] == field
    assert cause["reason"] == "FieldValueForbidden"
    assert cause["message"].startswith("IC103 ")
