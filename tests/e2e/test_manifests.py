"""Every use of init containers that people begin with, applied with kubectl: as they write it, and as policies add it.

The Pod that the API server keeps is compared whole: with what it makes, where nobody is asked, of the output of
`prologue inject`, and of the manifest as it was written.
"""

import json
import subprocess
from dataclasses import dataclass
from typing import Any

import pytest

from tests.e2e.objects import LAST_APPLIED, comparable, init_names, injections, uninjected
from tests.e2e.place import MANIFESTS, Place, manifest_in
from tests.e2e.service import COMMAND, POLICIES, Service

INJECT_SECONDS = 60


@dataclass(frozen=True)
class Foretold:
    """What `prologue inject` says will come of the manifests, by the name of the Pod."""

    pods: dict[str, dict[str, Any]]
    told: dict[str, list[str]]


@pytest.fixture(scope="session")
def foretold() -> Foretold:
    command = [COMMAND, "inject", "--policy", POLICIES, "--format", "json", "."]
    ran = subprocess.run(command, cwd=MANIFESTS, capture_output=True, text=True, check=True, timeout=INJECT_SECONDS)
    pods = {pod["metadata"]["name"]: pod for pod in values(ran.stdout)}
    told: dict[str, list[str]] = {name: [] for name in pods}
    for line in ran.stderr.splitlines():
        place, text = line.split(": ", 2)[1:]
        told[place.removeprefix("Pod ")].append(text)
    return Foretold(pods, told)


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
    "every-field": (["prepare"], set()),
    "every-field-of-a-sidecar": (["proxy"], set()),
}
EVERY = pytest.mark.parametrize("name", CASES)
INJECTED = pytest.mark.parametrize("name", [name for name, (_, policies) in CASES.items() if policies])
AS_WRITTEN = pytest.mark.parametrize("name", [name for name, (_, policies) in CASES.items() if not policies])


def test_no_manifest_is_left_out():
    assert set(CASES) == {path.stem for path in MANIFESTS.glob("*.yaml")}


@EVERY
def test_kubectl_applies_it_and_the_init_containers_stand_in_their_order(watched: Place, name: str):
    names, policies = CASES[name]

    applied = watched.apply(f"{name}.yaml")
    pod = watched.read("pod", name)

    assert applied.stdout == f"pod/{name} created\n", applied.stderr
    assert init_names(pod) == names
    assert set(injections(pod)) == policies


@EVERY
def test_the_whole_pod_is_what_prologue_inject_foretold(
    watched: Place, unwatched: Place, foretold: Foretold, name: str
):
    watched.apply(f"{name}.yaml")
    expected = unwatched.create(foretold.pods[name])

    pod = watched.read("pod", name)

    assert comparable(pod) == comparable(expected)


@INJECTED
def test_without_what_the_annotation_lists_it_is_the_pod_as_written(watched: Place, unwatched: Place, name: str):
    watched.apply(f"{name}.yaml")
    expected = comparable(unwatched.create(manifest_in(f"{name}.yaml")))

    pod = comparable(uninjected(watched.read("pod", name)))

    assert pod["spec"] == expected["spec"]
    assert pod["metadata"] == expected["metadata"]


@AS_WRITTEN
def test_what_no_policy_is_for_is_not_touched(watched: Place, unwatched: Place, name: str):
    applied = watched.apply(f"{name}.yaml")
    expected = unwatched.create(manifest_in(f"{name}.yaml"))

    pod = watched.read("pod", name)

    assert applied.stderr == ""
    assert comparable(pod) == comparable(expected)


@INJECTED
def test_kubectl_shows_the_warnings_that_prologue_inject_shows(watched: Place, foretold: Foretold, name: str):
    applied = watched.apply(f"{name}.yaml")

    lines = applied.stderr.splitlines()
    assert lines == [f"Warning: {text}" for text in foretold.told[name]]
    assert all(line.startswith("Warning: IC400 ") for line in lines)


def test_kubectl_notes_the_manifest_as_it_was_written(watched: Place):
    watched.apply("asks-to-wait.yaml")

    pod = watched.read("pod", "asks-to-wait")

    noted = json.loads(pod["metadata"]["annotations"][LAST_APPLIED])
    assert noted["spec"] == manifest_in("asks-to-wait.yaml")["spec"]


def test_an_injected_pod_is_judged_once_more(watched: Place, service: Service):
    watched.apply("asks-to-wait.yaml")

    reviews = service.reviews(namespace=watched.namespace)

    assert [(one["route"], one["outcome"]) for one in reviews] == [("mutate", "injected"), ("validate", "allowed")]


def test_nobody_is_asked_about_another_namespace(watched: Place, unwatched: Place, service: Service):
    unwatched.apply("asks-to-wait.yaml")

    pod = unwatched.read("pod", "asks-to-wait")

    assert init_names(pod) == []
    assert service.reviews(namespace=unwatched.namespace) == []
