"""Other webhooks and plugins change the Pod as well; the API server then asks us once more, and all stands there once."""

from typing import Any

import pytest

from tests.e2e.objects import STATUS, comparable, init_names, injections
from tests.e2e.other_webhook import Operations, other_webhook
from tests.e2e.place import MANIFESTS, Place
from tests.e2e.service import Service

OURS = ["wait-for-myservice", "wait-for-mydb"]
# Configurations are asked in the order of their names, and ours begins with a p.
BEFORE_OURS, AFTER_OURS = "a-webhook-before", "z-webhook-after"


def adds_a_label(pod: dict[str, Any]) -> Operations:
    labels = {**pod["metadata"].get("labels", {}), "touched": "yes"}
    return [{"op": "add", "path": "/metadata/labels", "value": labels}]


def puts_its_own_first(pod: dict[str, Any]) -> Operations:
    if "theirs" in init_names(pod):
        return []
    theirs = {"name": "theirs", "image": "registry.example/theirs:1"}
    return [{"op": "add", "path": "/spec/initContainers", "value": [theirs, *pod["spec"].get("initContainers", [])]}]


def puts_its_own_last(pod: dict[str, Any]) -> Operations:
    if "theirs" in init_names(pod):
        return []
    theirs = {"name": "theirs", "image": "registry.example/theirs:1"}
    return [{"op": "add", "path": "/spec/initContainers", "value": [*pod["spec"].get("initContainers", []), theirs]}]


def changes_every_container(pod: dict[str, Any]) -> Operations:
    return [
        {"op": "add", "path": f"/spec/{field}/{i}/image", "value": f"mirror.example/{container['image']}"}
        for field in ("initContainers", "containers")
        for i, container in enumerate(pod["spec"].get(field, []))
        if not container["image"].startswith("mirror.example/")
    ]


# Between them: containers, volumes, mounts, variables, other names, and other spellings than the API server's.
SOME = pytest.mark.parametrize(
    "name", ["gets-a-log-agent", "gets-everything", "asks-for-what-is-spelled-out", "has-the-name-already"]
)
CHANGES = pytest.mark.parametrize(
    ("change", "order"),
    [
        pytest.param(adds_a_label, OURS, id="a label"),
        pytest.param(puts_its_own_first, ["theirs", *OURS], id="an init container before ours"),
        pytest.param(puts_its_own_last, [*OURS, "theirs"], id="an init container after ours"),
        pytest.param(changes_every_container, OURS, id="the image of ours"),
    ],
)


@CHANGES
def test_asked_a_second_time_we_add_nothing_twice(watched: Place, service: Service, change, order):
    with other_webhook(watched, AFTER_OURS, change):
        applied = watched.apply("asks-to-wait.yaml")

    assert applied.returncode == 0, applied.stderr
    pod = watched.pod("asks-to-wait")
    reviews = service.reviews(namespace=watched.namespace, name="asks-to-wait")
    assert [(one["route"], one["outcome"]) for one in reviews] == [
        ("mutate", "injected"),
        ("mutate", "allowed"),
        ("validate", "allowed"),
    ]
    assert init_names(pod) == order
    assert injections(pod)["wait-for-services"]["initContainers"] == OURS


@SOME
def test_asked_a_second_time_we_recognise_everything_of_ours(watched: Place, elsewhere: Place, name: str):
    elsewhere.apply(f"{name}.yaml")
    with other_webhook(watched, AFTER_OURS, adds_a_label):
        applied = watched.apply(f"{name}.yaml")

    assert applied.returncode == 0, applied.stderr
    pod = comparable(watched.pod(name))
    assert pod["metadata"]["labels"].pop("touched") == "yes"
    assert pod["spec"] == elsewhere.pod(name)["spec"]


def test_a_webhook_before_ours_is_asked_again_and_we_are_not(watched: Place, service: Service):
    with other_webhook(watched, BEFORE_OURS, puts_its_own_first) as other:
        watched.apply("asks-to-wait.yaml")

    pod = watched.pod("asks-to-wait")
    reviews = service.reviews(namespace=watched.namespace, name="asks-to-wait")
    assert other.asked == ["asks-to-wait", "asks-to-wait"]
    assert [one["route"] for one in reviews] == ["mutate", "validate"]
    assert init_names(pod) == [*OURS, "theirs"]


def test_what_a_limit_range_adds_to_our_containers_leaves_them_ours(watched: Place):
    defaults = {"type": "Container", "default": {"cpu": "200m"}, "defaultRequest": {"cpu": "20m"}}
    body = {"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "defaults"}, "spec": {"limits": [defaults]}}
    watched.apply(body)

    applied = watched.apply("gets-a-log-agent.yaml")

    assert applied.returncode == 0, applied.stderr
    [agent] = watched.pod("gets-a-log-agent")["spec"]["initContainers"]
    assert agent["name"] == "logging-agent"
    assert agent["resources"] == {"requests": {"cpu": "20m"}, "limits": {"cpu": "200m"}}


def test_kubectl_calls_the_same_manifest_applied_again_unchanged(watched: Place):
    watched.apply("asks-to-wait.yaml")

    again = watched.apply("asks-to-wait.yaml")

    assert again.stdout == "pod/asks-to-wait unchanged\n"
    assert again.stderr == ""


@SOME
def test_applying_the_same_manifest_again_changes_nothing(watched: Place, name: str):
    watched.apply(f"{name}.yaml")
    before = watched.pod(name)

    again = watched.apply(f"{name}.yaml")

    # kubectl says configured where a list of the manifest has grown: it always sends the order of the elements it knows.
    assert again.returncode == 0, again.stderr
    assert watched.pod(name) == before


@SOME
def test_kubectl_sees_no_difference_to_the_manifest(watched: Place, name: str):
    watched.apply(f"{name}.yaml")

    compared = watched.kubectl("diff", "--filename", str(MANIFESTS / f"{name}.yaml"))

    assert (compared.returncode, compared.stdout, compared.stderr) == (0, "", "")


@SOME
@pytest.mark.parametrize("annotated", [True, False], ids=["with its annotation", "without its annotation"])
def test_a_pod_read_back_and_applied_elsewhere_gets_nothing_twice(
    watched: Place, elsewhere: Place, name: str, annotated
):
    watched.apply(f"{name}.yaml")
    kept = watched.pod(name)
    del kept["status"]
    if not annotated:
        del kept["metadata"]["annotations"][STATUS]
    manifest = comparable(kept)

    applied = elsewhere.apply(manifest)

    assert applied.stdout == f"pod/{name} created\n", applied.stderr
    assert applied.stderr == ""
    again = comparable(elsewhere.pod(name))
    del again["status"]
    assert again == manifest
