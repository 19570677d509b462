"""Every row of the table of answers to what is a review, as the API server would see it."""

import base64
import json
import re

import jsonpatch
import pytest

from tests.builders import container, envelope, pod, sidecar, workload
from tests.server.service import Service

# validation.IsQualifiedName without a prefix: the API server puts the webhook's name before it.
AUDIT_KEY = re.compile(r"[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")
PROBE = {"exec": {"command": ["true"]}}
WEB = {"labels": {"app": "web"}}
OVERDRAWN = {"requests": {"cpu": "2"}, "limits": {"cpu": "1"}}


def patched(manifest: dict, response: dict) -> dict:
    """Apply the patch of a response with a library that is not ours."""
    return jsonpatch.apply_patch(manifest, json.loads(base64.b64decode(response["patch"], validate=True)))


def assert_tellable(warnings: list[str]) -> None:
    for warning in warnings:
        assert re.match(r"IC\d{3} ", warning)
        assert len(warning) <= 120
        assert warning.isprintable()


@pytest.mark.parametrize("path", ["/mutate", "/validate"])
def test_a_fine_pod_is_allowed_and_nothing_else_is_said(service: Service, path: str):
    response = service.review(pod(init=[container("migrate")]), path=path, uid="0f-1")

    assert response == {"uid": "0f-1", "allowed": True}


@pytest.mark.parametrize("path", ["/mutate", "/validate"])
def test_a_finding_at_warn_is_told_and_the_pod_allowed(service: Service, path: str):
    response = service.review(pod(container(resources=OVERDRAWN)), path=path)

    assert response["allowed"] is True
    assert len(response["warnings"]) == 1
    assert response["warnings"][0].startswith("IC107 spec.containers[0].resources")
    assert_tellable(response["warnings"])
    assert response["auditAnnotations"] == {"findings": "IC107"}
    assert "patch" not in response


def test_an_injected_pod_comes_out_whole(service: Service):
    manifest = pod(container(resources={"requests": {"cpu": "100m"}}), init=[container("migrate")], metadata=WEB)

    response = service.review(manifest, uid="0f-2")

    assert (response["uid"], response["allowed"], response["patchType"]) == ("0f-2", True, "JSONPatch")
    made = patched(manifest, response)
    status = json.loads(made["metadata"].pop("annotations").pop("prologue.dev/injected"))
    mount = {"name": "cache", "mountPath": "/cache"}
    warm_up = container("warm-up", resources={"requests": {"cpu": "200m"}}, volumeMounts=[mount])
    assert made == pod(
        {**manifest["spec"]["containers"][0], "volumeMounts": [mount]},
        init=[warm_up, container("migrate")],
        volumes=[{"name": "cache", "emptyDir": {}}],
        metadata=WEB,
    )
    assert [name.partition("@")[0] for name in status] == ["warm-up"]


def test_an_injection_is_told_with_what_it_costs(service: Service):
    response = service.review(pod(container(resources={"requests": {"cpu": "100m"}}), metadata=WEB))

    assert "IC400 warm-up: added warm-up (first)" in response["warnings"][0]
    assert "requests cpu 100m→200m" in response["warnings"][0]
    assert_tellable(response["warnings"])
    notes = response["auditAnnotations"]
    assert notes["injected"].startswith("warm-up@")
    assert (notes["requests-before"], notes["requests-after"]) == ("cpu=100m", "cpu=200m")
    assert all(AUDIT_KEY.fullmatch(key) for key in notes)


def test_what_was_injected_is_not_injected_again(service: Service):
    manifest = pod(metadata=WEB)
    once = patched(manifest, service.review(manifest))

    again = service.review(once)

    assert again["allowed"] is True
    assert "patch" not in again


def test_a_pod_that_asks_gets_what_it_asks_for(service: Service):
    manifest = pod(metadata={"annotations": {"prologue.dev/inject": "greeting"}})

    made = patched(manifest, service.review(manifest))

    assert [one["name"] for one in made["spec"]["initContainers"]] == ["greeting"]


def test_a_policy_that_is_not_there_is_told_of(service: Service):
    manifest = pod(metadata={"annotations": {"prologue.dev/inject": "no-such\nthing"}})

    response = service.review(manifest)

    assert response["allowed"] is True
    assert response["warnings"][0].startswith("IC402 metadata.annotations[prologue.dev/inject]: ")
    assert_tellable(response["warnings"])


@pytest.mark.parametrize("path", ["/mutate", "/validate"])
def test_a_faulty_pod_is_denied_as_kubectl_wants_to_print_it(service: Service, path: str):
    manifest = pod(init=[container("migrate", livenessProbe=PROBE), container("migrate")])

    response = service.review(manifest, path=path, uid="0f-3")

    status = response.pop("status")
    assert response == {"uid": "0f-3", "allowed": False, "auditAnnotations": {"findings": "IC102,IC103"}}
    assert (status["code"], status["reason"]) == (422, "Invalid")
    details = status["details"]
    assert (details["name"], details["group"], details["kind"]) == ("shop", "", "Pod")
    causes = {cause["field"]: cause for cause in details["causes"]}
    assert sorted(causes) == ["spec.initContainers[0].livenessProbe", "spec.initContainers[1].name"]
    assert causes["spec.initContainers[0].livenessProbe"]["message"].startswith("IC103 Forbidden: ")
    assert causes["spec.initContainers[0].livenessProbe"]["reason"] == "FieldValueForbidden"
    assert status["message"].startswith('Pod "shop" is invalid: spec.initContainers[')


def test_a_denied_pod_is_not_injected_into(service: Service):
    response = service.review(pod(init=[container("migrate", lifecycle={"preStop": PROBE})], metadata=WEB))

    assert response["allowed"] is False
    assert "patch" not in response


def test_a_pod_without_a_name_is_called_by_its_generate_name(service: Service):
    manifest = pod(container(image=""), metadata={"name": None, "generateName": "shop-"})

    details = service.review(manifest)["status"]["details"]

    assert details["name"] == "shop-"


def test_more_faults_than_a_terminal_holds_are_counted(service: Service):
    response = service.review(pod(init=[container(f"c-{i}", livenessProbe=PROBE) for i in range(250)]))

    causes = response["status"]["details"]["causes"]
    assert len(causes) == 101
    assert causes[-1] == {"field": "", "message": "and 150 more faults; prologue check shows all"}


def test_validating_never_patches(service: Service):
    response = service.review(pod(metadata=WEB), path="/validate")

    assert response["allowed"] is True
    assert not response.keys() & {"patch", "patchType"}


def test_probes_on_a_sidecar_are_fine(service: Service):
    response = service.review(pod(init=[sidecar("proxy", readinessProbe=PROBE)]))

    assert response["allowed"] is True


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"])
def test_a_faulty_template_is_denied_at_its_own_path(service: Service, kind: str):
    manifest = workload(kind, pod(init=[container("migrate", livenessProbe=PROBE)]))

    status = service.review(manifest)["status"]

    assert status["details"]["group"] == manifest["apiVersion"].partition("/")[0]
    assert status["details"]["kind"] == kind
    assert [
        cause["field"].endswith("template.spec.initContainers[0].livenessProbe")
        for cause in status["details"]["causes"]
    ]


def test_a_template_is_told_what_its_pods_will_get(service: Service):
    asking = {"annotations": {"prologue.dev/inject": "greeting"}}

    response = service.review(workload("Deployment", pod(metadata=asking)))

    assert "its Pods will get greeting" in response["warnings"][0]
    assert "patch" not in response


def test_on_update_only_new_faults_deny(service: Service):
    old = pod(init=[container("migrate", livenessProbe=PROBE)])
    new = pod(init=[container("migrate", livenessProbe=PROBE)], metadata={"labels": {"touched": "yes"}})
    worse = pod(init=[container("migrate", livenessProbe=PROBE, readinessProbe=PROBE)])

    same = service.review(new, operation="UPDATE", old=old)
    more = service.review(worse, operation="UPDATE", old=old)

    assert same["allowed"] is True
    assert [cause["field"] for cause in more["status"]["details"]["causes"]] == [
        "spec.initContainers[0].readinessProbe"
    ]


def test_a_running_pod_is_not_injected_into(service: Service):
    response = service.review(pod(metadata=WEB), operation="UPDATE", old=pod(metadata=WEB))

    assert response["allowed"] is True
    assert "patch" not in response


FAULTY = pod(init=[container("migrate", livenessProbe=PROBE)], metadata=WEB)
EXEC_OPTIONS = {"apiVersion": "v1", "kind": "PodExecOptions", "command": ["sh"], "container": "app"}
SCALE = {"apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": {"name": "shop"}, "spec": {"replicas": 3}}


@pytest.mark.parametrize(
    ("manifest", "request_"),
    [
        pytest.param(None, {"operation": "DELETE", "old": FAULTY}, id="a deletion"),
        pytest.param(EXEC_OPTIONS, {"operation": "CONNECT", "subResource": "exec"}, id="kubectl exec"),
        pytest.param(SCALE, {"operation": "UPDATE", "old": SCALE, "subResource": "scale"}, id="a scaling"),
        pytest.param(FAULTY, {"operation": "UPDATE", "old": pod(), "subResource": "status"}, id="a status"),
        pytest.param({"apiVersion": "v1", "kind": "ConfigMap", "data": {}}, {}, id="a kind without a Pod"),
        pytest.param({**FAULTY, "apiVersion": "example.com/v1"}, {}, id="another group's Pod"),
        pytest.param(FAULTY, {"operation": "OBSERVE"}, id="an operation of the future"),
    ],
)
def test_what_has_no_pod_to_judge_passes_untouched(service: Service, manifest: dict | None, request_: dict):
    response = service.review(manifest, **request_)

    assert response.keys() == {"uid", "allowed"}
    assert response["allowed"] is True


@pytest.mark.parametrize("extra", [{"dryRun": True}, {"options": None}, {"userInfo": {"username": "ada"}, "new": [1]}])
def test_fields_that_we_do_not_use_change_nothing(service: Service, extra: dict):
    assert service.review(pod(), **extra)["allowed"] is True


def test_an_answer_says_what_it_is(service: Service):
    answer = service.post(envelope(pod()))

    assert answer.headers["content-type"] == "application/json"
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert "server" not in answer.headers
    assert "connection" not in answer.headers


@pytest.mark.parametrize("name", ["Bücherregal", "店", "\u202egnp.exe", "a\u0000b", "🦉" * 300])
def test_names_in_any_script_are_answered_with_yes_or_no(service: Service, name: str):
    manifest = pod(container(name), init=[container(name)], metadata={"name": name})

    response = service.review(manifest, name=name, namespace=name)

    assert response["allowed"] is False
    assert response["status"]["message"].isprintable()
    for cause in response["status"]["details"]["causes"]:
        assert cause["message"].isprintable()
