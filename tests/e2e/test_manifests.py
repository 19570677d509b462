"""Every use of init containers that people begin with, applied with kubectl: as they write it, and as policies add it.

The Pod that the API server keeps is compared whole: with what it makes, where nobody is asked, of the output of
`prologue inject`, and of the manifest as it was written.
"""

import json
import subprocess
from dataclasses import dataclass
from typing import Any

import pytest

from tests.cluster.api_server import ApiServer
from tests.e2e.objects import LAST_APPLIED, comparable, init_names, injections, uninjected
from tests.e2e.place import MANIFESTS, Place, manifest_in, new_place
from tests.e2e.registration import Registration
from tests.e2e.service import COMMAND, POLICIES, Service

INJECT_SECONDS = 60


@dataclass(frozen=True)
class Foretold:
    """What `prologue inject` says will come of the manifests: the Pods by name, and the lines that it tells."""

    pods: dict[str, dict[str, Any]]
    told: list[str]


@pytest.fixture(scope="module")
def foretold() -> Foretold:
    command = [COMMAND, "inject", "--policy", POLICIES, "--format", "json", "."]
    ran = subprocess.run(command, cwd=MANIFESTS, capture_output=True, text=True, check=False, timeout=INJECT_SECONDS)
    assert ran.returncode == 0, ran.stderr
    pods = {pod["metadata"]["name"]: pod for pod in values(ran.stdout)}
    # file.yaml:2: Pod shop: IC400 …
    return Foretold(pods, [line.split(": ", 2)[2] for line in ran.stderr.splitlines()])


def values(text: str) -> list[Any]:
    """Read several JSON values, one after the other."""
    found, at = [], 0
    while at < len(text.rstrip()):
        value, end = json.JSONDecoder().raw_decode(text, at)
        found.append(value)
        at = end + 1
    return found


# What each Pod's init containers are called in the end, and which policies had a part in it.
CASES = {
    "waits-for-two-services": (["init-myservice", "init-mydb"], set()),
    "asks-to-wait": (["wait-for-myservice", "wait-for-mydb"], {"wait-for-services"}),
    "fills-a-page": (["install"], set()),
    "asks-for-a-page": (["fetch-page"], {"fetch-page"}),
    "shows-its-address": (["write-ip", "create-html"], set()),
    "asks-for-its-address": (["pod-ip-page"], {"pod-ip-page"}),
    "unpacks-a-dataset": (["download-dataset", "unzip-dataset"], set()),
    "asks-for-a-dataset": (["migrate", "dataset"], {"dataset"}),
    "has-a-log-agent": (["logging-agent"], set()),
    "gets-a-log-agent": (["logging-agent"], {"log-agent"}),
    "gets-everything": (
        ["wait-for-myservice", "wait-for-mydb", "logging-agent", "proxy", "migrate", "dataset"],
        {"dataset", "log-agent", "wait-for-services"},
    ),
    "asks-for-what-is-spelled-out": (["agent"], {"spelled-out"}),
    "has-the-name-already": (["prepare", "prepare-2", "migrate"], {"another-name"}),
    "every-field": (["prepare"], set()),
    "every-field-of-a-sidecar": (["proxy"], set()),
}
EVERY = pytest.mark.parametrize("name", CASES)
INJECTED = pytest.mark.parametrize("name", [name for name, (_, policies) in CASES.items() if policies])
AS_WRITTEN = pytest.mark.parametrize("name", [name for name, (_, policies) in CASES.items() if not policies])


def test_no_manifest_is_left_out():
    assert set(CASES) == {path.stem for path in MANIFESTS.glob("*.yaml")}


@dataclass(frozen=True)
class Applied:
    """What came of `kubectl apply` of all manifests."""

    kubectl: subprocess.CompletedProcess[str]
    pods: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def applied(api_server: ApiServer, webhook: Registration) -> Applied:
    place = new_place(api_server, webhook.labels)
    return Applied(place.kubectl("apply", "--filename", str(MANIFESTS)), place.pods())


@pytest.fixture(scope="module")
def nobody_asked(api_server: ApiServer) -> Place:
    """A namespace for what the API server makes of a manifest by itself."""
    return new_place(api_server, {})


def test_kubectl_applies_them_all(applied: Applied):
    assert set(applied.kubectl.stdout.splitlines()) == {f"pod/{name} created" for name in CASES}
    assert applied.kubectl.returncode == 0, applied.kubectl.stderr


@EVERY
def test_the_init_containers_stand_in_their_order(applied: Applied, name: str):
    names, policies = CASES[name]

    pod = applied.pods[name]

    assert init_names(pod) == names
    assert set(injections(pod)) == policies


@EVERY
def test_the_whole_pod_is_what_prologue_inject_foretold(
    applied: Applied, foretold: Foretold, unwatched: Place, name: str
):
    expected = unwatched.create(foretold.pods[name])

    assert comparable(applied.pods[name]) == comparable(expected)


@INJECTED
def test_without_what_the_annotation_lists_it_is_the_pod_as_written(applied: Applied, nobody_asked: Place, name: str):
    expected = comparable(nobody_asked.create(manifest_in(f"{name}.yaml")))

    pod = comparable(uninjected(applied.pods[name]))

    assert pod["spec"] == expected["spec"]
    assert pod["metadata"] == expected["metadata"]


@AS_WRITTEN
def test_what_no_policy_is_for_is_not_touched(applied: Applied, nobody_asked: Place, name: str):
    expected = nobody_asked.create(manifest_in(f"{name}.yaml"))

    assert comparable(applied.pods[name]) == comparable(expected)


def test_kubectl_shows_the_warnings_that_prologue_inject_shows(applied: Applied, foretold: Foretold):
    told = applied.kubectl.stderr.splitlines()

    # kubectl shows a line once, however many Pods it is about.
    assert told == list(dict.fromkeys(f"Warning: {text}" for text in foretold.told))
    # What was added, and what good practice has to say of what was written.
    assert all(line.startswith(("Warning: IC400 ", "Warning: IC3")) for line in told)


def test_kubectl_notes_the_manifest_as_it_was_written(watched: Place):
    watched.apply("asks-to-wait.yaml")

    pod = watched.pod("asks-to-wait")

    noted = json.loads(pod["metadata"]["annotations"][LAST_APPLIED])
    assert noted["spec"] == manifest_in("asks-to-wait.yaml")["spec"]


def test_an_injected_pod_is_judged_once_more(watched: Place, service: Service):
    watched.apply("asks-to-wait.yaml")

    reviews = service.reviews(namespace=watched.namespace)

    assert [(one["route"], one["outcome"]) for one in reviews] == [("mutate", "injected"), ("validate", "allowed")]


def test_nobody_is_asked_about_another_namespace(watched: Place, unwatched: Place, service: Service):
    unwatched.apply("asks-to-wait.yaml")

    pod = unwatched.pod("asks-to-wait")

    assert init_names(pod) == []
    assert service.reviews(namespace=unwatched.namespace) == []
