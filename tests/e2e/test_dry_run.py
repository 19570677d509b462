"""Asked for a trial the service answers the same, and fields that it sets get in nobody's way."""

import json

import pytest

from tests.e2e.objects import comparable, init_names
from tests.e2e.place import MANIFESTS, Place
from tests.e2e.samples import PROBE, init, pod
from tests.e2e.service import Service

SERVER_SIDE = "--server-side"


@pytest.mark.parametrize("name", ["asks-to-wait", "gets-everything"])
def test_a_dry_run_shows_the_pod_that_the_real_run_makes(watched: Place, service: Service, name: str):
    tried = watched.apply(f"{name}.yaml", "--dry-run=server", "--output=json")
    real = watched.apply(f"{name}.yaml")

    made = watched.pod(name)
    assert comparable(json.loads(tried.stdout)) == comparable(made)
    assert tried.stderr == real.stderr
    assert [one["dry_run"] for one in service.reviews(namespace=watched.namespace)] == [True, True, False, False]


def test_a_dry_run_refuses_what_the_real_run_refuses(watched: Place):
    faulty = pod(init(readinessProbe=PROBE))

    tried = watched.apply(faulty, "--dry-run=server")
    real = watched.apply(faulty)

    assert tried.returncode == real.returncode == 1
    assert tried.stderr == real.stderr


def test_a_dry_run_keeps_nothing(watched: Place):
    watched.apply("asks-to-wait.yaml", "--dry-run=server")

    assert watched.pods() == {}


def test_server_side_apply_makes_the_same_pod(watched: Place, elsewhere: Place):
    watched.apply("gets-everything.yaml", SERVER_SIDE)
    elsewhere.apply("gets-everything.yaml")

    assert comparable(watched.pod("gets-everything")) == comparable(elsewhere.pod("gets-everything"))


@pytest.mark.parametrize("first", [(), (SERVER_SIDE,)], ids=["applied by kubectl", "applied by the server"])
def test_a_second_field_manager_has_no_conflict(watched: Place, first: tuple[str, ...]):
    watched.apply("gets-everything.yaml", *first)
    before = comparable(watched.pod("gets-everything"))

    second = watched.apply("gets-everything.yaml", SERVER_SIDE, "--field-manager=delivery")

    assert second.stdout == "pod/gets-everything serverside-applied\n", second.stderr
    assert second.stderr == ""
    assert comparable(watched.pod("gets-everything")) == before


def test_the_manager_who_applied_does_not_own_what_was_injected(watched: Place):
    watched.apply("asks-to-wait.yaml", SERVER_SIDE, "--field-manager=delivery")

    found = watched.kubectl("get", "pod", "asks-to-wait", "--show-managed-fields", "--output=json")

    it = json.loads(found.stdout)
    [applied] = [one for one in it["metadata"]["managedFields"] if one["manager"] == "delivery"]
    assert init_names(it) == ["wait-for-myservice", "wait-for-mydb"]
    assert applied["operation"] == "Apply"
    assert "f:initContainers" not in applied["fieldsV1"]["f:spec"]


def test_deleting_by_the_manifest_deletes_the_injected_pod(watched: Place):
    watched.apply("asks-to-wait.yaml")

    deleted = watched.kubectl("delete", "--filename", str(MANIFESTS / "asks-to-wait.yaml"), "--wait=false")

    assert deleted.returncode == 0, deleted.stderr
    assert watched.pods() == {}
