"""The webhook configurations under deploy/, in a real API server, bring exactly the requests that matter to a real service."""

import base64
import copy
import json
import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cluster.api_server import ApiServer, collection_path
from tests.deploy.manifests import WEBHOOK_KINDS, resource

READY_SECONDS = 60.0
# The API server looks for new configurations about once a second.
SEEN_SECONDS = 30.0
POD_SPEC = {"containers": [{"name": "web", "image": "example.test/web:1"}]}
TEMPLATE = {"metadata": {"labels": {"app": "shop"}}, "spec": POD_SPEC}
POD = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "shop"}, "spec": POD_SPEC}
DEPLOYMENT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "shop"},
    "spec": {"selector": {"matchLabels": {"app": "shop"}}, "template": TEMPLATE},
}
POD_TEMPLATE = {"apiVersion": "v1", "kind": "PodTemplate", "metadata": {"name": "shop"}, "template": TEMPLATE}
CRON_JOB = {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {"name": "shop"},
    "spec": {
        "schedule": "0 3 * * *",
        "jobTemplate": {"spec": {"template": {"spec": {**POD_SPEC, "restartPolicy": "Never"}}}},
    },
}
# Where each kind keeps the image of its container.
IMAGE = {
    "Deployment": "/spec/template/spec/containers/0/image",
    "PodTemplate": "/template/spec/containers/0/image",
    "CronJob": "/spec/jobTemplate/spec/template/spec/containers/0/image",
}
BOTH, NONE, VALIDATED = {"mutate": 1, "validate": 1}, {}, {"validate": 1}


@dataclass(frozen=True)
class Service:
    """A running `prologue serve --dev`."""

    log: Path
    told: dict

    def counts(self):
        """How many reviews each route has answered."""
        with urllib.request.urlopen(f"{self.told['serving']['operations']}/metrics", timeout=10) as answer:
            lines = [line for line in answer.read().decode().splitlines() if line.startswith("prologue_reviews_total{")]
        totals = {"mutate": 0, "validate": 0}
        for line in lines:
            labels, _, value = line.partition("} ")
            totals[labels.partition('route="')[2].partition('"')[0]] += int(float(value))
        return totals


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The service on its embedded policies, as its own log tells of it."""
    folder = tmp_path_factory.mktemp("service")
    log = folder / "log"
    command = [sys.executable, "-m", "webhook.cli.main", "serve", "--dev", "--port=0", "--operations-port=0"]
    with (
        log.open("wb") as stream,
        subprocess.Popen(
            [*command, "--drain-seconds=0", "--log-format=json"],
            stderr=stream,
            env={**os.environ, "TMPDIR": str(folder)},
        ) as process,
    ):
        try:
            yield Service(log, wait_until_serving(process, log))
        finally:
            process.terminate()
            assert process.wait(40) == 0


def wait_until_serving(process, log):
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        told = {line["event"]: line for line in map(json.loads, log.read_text().split("\n")[:-1])}
        if "serving" in told:
            return told
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def registered(api_server: ApiServer, service):
    """The two configurations, with the address of the service on this machine in place of its Service."""
    bundle = base64.b64encode(Path(service.told["development certificate"]["ca"]).read_bytes()).decode()
    names = []
    try:
        for kind in WEBHOOK_KINDS:
            configuration = copy.deepcopy(resource(kind))
            configuration["metadata"]["name"] = "prologue-rules"
            (webhook,) = configuration["webhooks"]
            path = webhook["clientConfig"]["service"]["path"]
            webhook["clientConfig"] = {"url": service.told["serving"]["admission"] + path, "caBundle": bundle}
            webhook["failurePolicy"] = "Fail"
            api_server.kubectl("create", "-f", "-", stdin=json.dumps(configuration), check=True)
            names.append(f"{kind.lower()}/prologue-rules")
        wait_until_called(api_server, service)
        yield service
    finally:
        api_server.kubectl("delete", "--ignore-not-found", *names)


def wait_until_called(api_server, service):
    deadline = time.monotonic() + SEEN_SECONDS
    while not all(service.counts().values()):
        assert time.monotonic() < deadline, service.log.read_text()
        assert api_server.dry_run(POD).status == 201
        time.sleep(0.2)


@pytest.fixture
def calls(registered):
    """The reviews of each route since the test began."""
    before = registered.counts()
    return lambda: {
        route: count - before[route] for route, count in registered.counts().items() if count != before[route]
    }


def path_of(manifest, namespace):
    return f"{collection_path(manifest, namespace)}/shop"


def patch(api_server, manifest, namespace, operations, subresource=""):
    path = path_of(manifest, namespace) + subresource
    answer = api_server.request("PATCH", path, operations, content_type="application/json-patch+json")
    assert answer.status == 200, answer.body


def create(api_server, manifest, namespace):
    answer = api_server.request("POST", collection_path(manifest, namespace), manifest)
    assert answer.status == 201, answer.body


@pytest.mark.parametrize(
    "manifest", [pytest.param(one, id=one["kind"]) for one in (POD, DEPLOYMENT, POD_TEMPLATE, CRON_JOB)]
)
def test_what_is_created_is_asked_of_both(api_server: ApiServer, namespace, calls, manifest):
    create(api_server, manifest, namespace)

    assert calls() == BOTH


@pytest.mark.parametrize(
    "manifest", [pytest.param(one, id=one["kind"]) for one in (DEPLOYMENT, POD_TEMPLATE, CRON_JOB)]
)
def test_a_template_that_changes_is_judged_again(api_server: ApiServer, namespace, calls, manifest):
    create(api_server, manifest, namespace)

    patch(
        api_server,
        manifest,
        namespace,
        [{"op": "replace", "path": IMAGE[manifest["kind"]], "value": "example.test/web:2"}],
    )

    assert calls() == {"mutate": 1, "validate": 2}


@pytest.mark.parametrize(
    ("manifest", "operation", "subresource"),
    [
        pytest.param(DEPLOYMENT, {"path": "/metadata/labels", "value": {"team": "shop"}}, "", id="a label"),
        pytest.param(DEPLOYMENT, {"path": "/metadata/finalizers", "value": ["example.test/x"]}, "", id="a finalizer"),
        pytest.param(DEPLOYMENT, {"path": "/spec/replicas", "value": 7}, "", id="the number of replicas"),
        pytest.param(DEPLOYMENT, {"path": "/spec/replicas", "value": 7}, "/scale", id="a scale"),
        pytest.param(CRON_JOB, {"path": "/spec/suspend", "value": True}, "", id="a suspension"),
        pytest.param(
            POD_TEMPLATE, {"path": "/metadata/labels", "value": {"team": "shop"}}, "", id="a template's label"
        ),
        pytest.param(POD, {"path": "/metadata/labels", "value": {"team": "shop"}}, "", id="a Pod's label"),
        pytest.param(POD, {"path": "/status/phase", "value": "Running"}, "/status", id="a Pod's status"),
    ],
)
def test_what_leaves_the_template_alone_is_not_asked(
    api_server: ApiServer, namespace, calls, manifest, operation, subresource
):
    create(api_server, manifest, namespace)

    patch(api_server, manifest, namespace, [{"op": "add", **operation}], subresource)

    assert calls() == BOTH


def test_mirror_pods_are_not_asked(api_server: ApiServer, namespace, calls):
    mirror = copy.deepcopy(POD)
    mirror["metadata"]["annotations"] = {"kubernetes.io/config.mirror": "0123"}
    mirror["spec"]["nodeName"] = "node"

    create(api_server, mirror, namespace)

    assert calls() == NONE


def test_a_namespace_with_the_label_is_left_alone(api_server: ApiServer, namespace, calls):
    api_server.kubectl("label", "namespace", namespace, "prologue.dev/admission=disabled", check=True)

    deadline = time.monotonic() + SEEN_SECONDS
    before = None
    while before != calls():
        assert time.monotonic() < deadline
        before = calls()
        assert api_server.dry_run(POD, namespace=namespace).status == 201

    create(api_server, POD, namespace)

    assert calls() == before


def test_the_namespaces_of_the_system_are_left_alone(api_server: ApiServer, calls):
    answers = [api_server.dry_run(POD, namespace=name) for name in ("kube-system", "kube-public", "kube-node-lease")]

    assert [answer.status for answer in answers] == [201] * 3
    assert calls() == NONE


def test_a_fault_is_refused_at_apply_time_with_its_code(api_server: ApiServer, namespace, registered):
    broken = copy.deepcopy(CRON_JOB)
    pod_spec = broken["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    pod_spec["initContainers"] = [{"name": "wait", "image": "busybox", "lifecycle": {}}]

    applied = api_server.kubectl("apply", "-n", namespace, "-f", "-", stdin=json.dumps(broken))

    assert applied.returncode == 1
    assert "spec.jobTemplate.spec.template.spec.initContainers[0].lifecycle: IC104 Forbidden" in applied.stderr


def test_a_web_server_comes_out_with_its_log_agent(api_server: ApiServer, namespace, registered):
    web = copy.deepcopy(POD)
    web["metadata"]["labels"] = {"app": "web"}

    applied = api_server.kubectl("apply", "-n", namespace, "-f", "-", stdin=json.dumps(web))

    assert "Warning: IC400 log-agent: added log-agent (first), volume web-logs" in applied.stderr
    created = json.loads(api_server.kubectl("get", "pod", "shop", "-n", namespace, "-o=json").stdout)
    (agent,) = created["spec"]["initContainers"]
    assert (agent["name"], agent["restartPolicy"]) == ("log-agent", "Always")
