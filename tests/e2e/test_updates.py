"""What is there already goes on: labels, finalizers, scaling and deletion never wait for an injection or a fault of old.

The Pod here was made before the service was asked about its namespace. It wants a policy that does not exist, which the
administrator refuses, and it fits a policy whose injection it never got.
"""

import time

import pytest

from tests.cluster.api_server import ApiServer
from tests.e2e.objects import init_names
from tests.e2e.place import Place, label_namespace, new_place
from tests.e2e.registration import EFFECT_SECONDS, POLL_SECONDS, Registration
from tests.e2e.samples import deployment, pod
from tests.e2e.service import Service

METADATA = {
    "name": "veteran",
    "labels": {"logs": "collected"},
    "annotations": {"prologue.dev/inject": "no-such-policy"},
    "finalizers": ["example.com/held"],
}
POD = pod(metadata=METADATA)
RECRUIT = pod(metadata={**METADATA, "name": "recruit"})
DEPLOYMENT = deployment(POD)


@pytest.fixture(params=["as deployed", "asked about everything"])
def place(request: pytest.FixtureRequest, api_server: ApiServer) -> Place:
    """A namespace with the Pod and a Deployment, about which the service is asked only since they are there.

    As deployed it is asked nothing that a test here does; so each test is made as well where it is asked about everything.
    """
    registration: Registration = request.getfixturevalue(
        "webhook" if request.param == "as deployed" else "wide_webhook"
    )
    one = new_place(api_server, {})
    one.create(POD)
    one.create(DEPLOYMENT)
    label_namespace(one, registration.labels)
    _wait_until_refused(one)
    return one


def _wait_until_refused(place: Place) -> None:
    deadline = time.monotonic() + EFFECT_SECONDS
    while place.dry_run(RECRUIT).status != 422:
        assert time.monotonic() < deadline, "the API server does not see the namespace's label"
        time.sleep(POLL_SECONDS)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("label", "pod", "veteran", "rank=old"), id="a label"),
        pytest.param(("annotate", "pod", "veteran", "seen=yes"), id="an annotation"),
        pytest.param(
            ("patch", "pod", "veteran", "--type=json", '--patch=[{"op": "remove", "path": "/metadata/finalizers"}]'),
            id="a finalizer",
        ),
        pytest.param(("set", "image", "pod/veteran", "app=registry.example/shop:2"), id="an image"),
        pytest.param(
            ("patch", "pod", "veteran", "--subresource=status", '--patch={"status": {"phase": "Running"}}'),
            id="its status",
        ),
        pytest.param(
            (
                "debug",
                "veteran",
                "--image=registry.example/tools:1",
                "--container=tools",
                "--profile=general",
                "--quiet",
            ),
            id="a container to debug with",
        ),
    ],
)
def test_a_pod_of_old_can_be_changed_and_gets_no_injection(place: Place, command: tuple[str, ...]):
    before = place.pod("veteran")

    changed = place.kubectl(*command)

    after = place.pod("veteran")
    assert changed.returncode == 0, changed.stderr
    assert changed.stderr == ""
    assert after["metadata"]["resourceVersion"] != before["metadata"]["resourceVersion"]
    assert init_names(after) == []


def test_a_pod_of_old_can_be_bound_to_a_node(place: Place):
    target = {"apiVersion": "v1", "kind": "Node", "name": "worker"}
    binding = {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "veteran"}, "target": target}

    answer = place.server.request("POST", f"/api/v1/namespaces/{place.namespace}/pods/veteran/binding", binding)

    assert answer.status == 201, answer.body
    assert answer.warnings == ()
    assert place.pod("veteran")["spec"]["nodeName"] == "worker"


def test_a_new_pod_like_it_is_refused(place: Place):
    applied = place.apply(RECRUIT)

    assert applied.returncode == 1
    assert "IC402" in applied.stderr


def test_a_pod_of_old_can_be_deleted(place: Place):
    place.kubectl("patch", "pod", "veteran", '--patch={"metadata": {"finalizers": null}}')

    deleted = place.kubectl("delete", "pod", "veteran", "--wait=false")

    assert deleted.returncode == 0, deleted.stderr
    assert place.pods() == {}


def test_a_deployment_of_old_can_be_scaled(place: Place):
    scaled = place.kubectl("scale", "deployment", "shop", "--replicas=3")

    assert scaled.returncode == 0, scaled.stderr
    assert scaled.stderr == ""
    assert place.read(DEPLOYMENT)["spec"]["replicas"] == 3


@pytest.mark.parametrize("command", [("exec", "veteran", "--", "true"), ("attach", "veteran")], ids=["exec", "attach"])
def test_the_way_into_a_running_pod_is_open(place: Place, command: tuple[str, ...]):
    tried = place.kubectl(*command)

    # Only the node is missing that would take us there.
    assert "does not have a host assigned" in tried.stderr


def test_as_deployed_nothing_of_this_is_asked(webhook: Registration, service: Service, api_server: ApiServer):
    place = new_place(api_server, webhook.labels)
    place.create(pod(metadata={"name": "veteran"}))
    place.create(DEPLOYMENT)
    before = service.reviews(namespace=place.namespace)

    place.kubectl("label", "pod", "veteran", "rank=old")
    place.kubectl("exec", "veteran", "--", "true")
    place.kubectl("scale", "deployment", "shop", "--replicas=3")
    place.kubectl("label", "deployment", "shop", "rank=old")
    place.kubectl("delete", "pod", "veteran", "--wait=false")

    assert [(one["kind"], one["route"]) for one in before] == [
        ("Pod", "mutate"),
        ("Pod", "validate"),
        ("Deployment", "mutate"),
        ("Deployment", "validate"),
    ]
    assert service.reviews(namespace=place.namespace) == before


def test_asked_about_everything_it_lets_pass_what_is_not_its_own(
    wide_webhook: Registration, service: Service, api_server: ApiServer
):
    place = new_place(api_server, wide_webhook.labels)
    place.create(pod(metadata={"name": "veteran"}))
    place.create(DEPLOYMENT)

    place.kubectl("exec", "veteran", "--", "true")
    place.kubectl("scale", "deployment", "shop", "--replicas=3")
    place.kubectl("delete", "pod", "veteran", "--wait=false")

    answers = {(one["operation"], one["kind"], one["outcome"]) for one in service.reviews(namespace=place.namespace)}
    assert answers >= {
        ("CONNECT", "PodExecOptions", "untouched"),
        ("UPDATE", "Scale", "untouched"),
        ("DELETE", "Pod", "untouched"),
    }


def test_a_changed_template_is_asked_about(watched: Place, service: Service):
    watched.create(DEPLOYMENT)

    watched.kubectl("set", "image", "deployment/shop", "app=registry.example/shop:2")

    last = service.reviews(namespace=watched.namespace)[-1]
    assert (last["kind"], last["route"], last["operation"]) == ("Deployment", "validate", "UPDATE")
