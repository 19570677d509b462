"""The ground that every other e2e test stands on: a real Kubernetes answers, and judges."""

import dataclasses
import json

import pytest

from tests.cluster.api_server import ApiServer
from tests.cluster.binaries import KUBERNETES


def pod(*init_containers: dict, name: str = "shop") -> dict:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name},
        "spec": {
            "initContainers": list(init_containers),
            "containers": [{"name": "web", "image": "example.test/web:1"}],
        },
    }


def init(**fields) -> dict:
    return {"name": "migrate", "image": "example.test/migrate:1", **fields}


PROBE = {"exec": {"command": ["true"]}}


def test_it_is_the_minor_that_we_speak_for(api_server: ApiServer):
    answer = api_server.request("GET", "/version")

    assert answer.status == 200
    assert answer.body["gitVersion"] == f"v{api_server.version}"
    assert api_server.version.rpartition(".")[0] == KUBERNETES.rpartition(".")[0]


def test_kubectl_is_of_the_same_minor_as_the_server(api_server: ApiServer):
    versions = json.loads(api_server.kubectl("version", "--output=json", check=True).stdout)

    assert versions["clientVersion"]["minor"] == versions["serverVersion"]["minor"]


def test_a_pod_that_kubectl_applied_can_be_read_back(api_server: ApiServer, namespace: str):
    manifest = json.dumps(pod(init(command=["true"])))

    applied = api_server.kubectl("apply", "--namespace", namespace, "--filename", "-", stdin=manifest)
    read = api_server.kubectl("get", "pod", "shop", "--namespace", namespace, "--output=json")

    assert applied.stdout == "pod/shop created\n"
    assert applied.stderr == ""
    (migrate,) = json.loads(read.stdout)["spec"]["initContainers"]
    assert migrate["command"] == ["true"]


@pytest.mark.parametrize("probe", ["livenessProbe", "readinessProbe", "startupProbe"])
def test_kubernetes_forbids_a_probe_on_a_plain_init_container(api_server: ApiServer, probe: str):
    answer = api_server.dry_run(pod(init(**{probe: PROBE})))

    assert answer.status == 422
    assert answer.causes == [("Forbidden", f"spec.initContainers[0].{probe}")]


def test_kubernetes_allows_a_probe_on_a_sidecar(api_server: ApiServer):
    answer = api_server.dry_run(pod(init(restartPolicy="Always", readinessProbe=PROBE)))

    assert answer.status == 201
    assert answer.causes == []


def test_a_dry_run_of_a_template_speaks_of_the_template(api_server: ApiServer):
    job = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": "nightly"},
        "spec": {"template": {"spec": pod(init(lifecycle={}))["spec"] | {"restartPolicy": "Never"}}},
    }

    answer = api_server.dry_run(job)

    assert answer.causes == [("Forbidden", "spec.template.spec.initContainers[0].lifecycle")]


def test_kubectl_shows_the_refusal_of_the_server(api_server: ApiServer, namespace: str):
    manifest = json.dumps(pod(init(readinessProbe=PROBE)))

    applied = api_server.kubectl("apply", "--namespace", namespace, "--filename", "-", stdin=manifest)

    assert applied.returncode == 1
    assert "spec.initContainers[0].readinessProbe: Forbidden" in applied.stderr


def test_nobody_gets_in_without_the_token(api_server: ApiServer):
    stranger = dataclasses.replace(api_server, token=api_server.token[::-1])

    answer = stranger.request("GET", "/api/v1/namespaces")

    assert answer.status == 401
