"""Pods that no API server would send: they are denied or allowed with a plain answer, and never break the service."""

import copy
import threading
import time
from typing import Any

import orjson
import pytest

from tests.builders import container, envelope, pod, sidecar
from tests.server.conftest import INJECTIONS
from tests.server.service import Service, post

# With every rule at its own severity.
POLICY = INJECTIONS
PROBE = {"httpGet": {"path": "/", "port": 80}, "initialDelaySeconds": 1}


def rich() -> dict:
    """A Pod with something in every corner that rules and injections look at."""
    resources = {"requests": {"cpu": "100m", "memory": "64Mi"}, "limits": {"cpu": "1", "memory": "128Mi"}}
    mounts = [{"name": "data", "mountPath": "/data"}]
    full = {
        "command": ["sh"],
        "args": ["-c", "true"],
        "env": [{"name": "KEY", "value": "value"}],
        "envFrom": [{"configMapRef": {"name": "settings"}}],
        "resources": resources,
        "volumeMounts": mounts,
        "securityContext": {"runAsNonRoot": True},
    }
    return pod(
        container("app", livenessProbe=PROBE, ports=[{"containerPort": 80}], **full),
        init=[container("migrate", **full), sidecar("proxy", readinessProbe=PROBE, lifecycle={})],
        metadata={"labels": {"app": "web"}, "annotations": {"prologue.dev/inject": "greeting"}},
        volumes=[{"name": "data", "emptyDir": {"sizeLimit": "1Gi"}}],
        overhead={"cpu": "10m"},
        restartPolicy="Always",
        terminationGracePeriodSeconds=30,
        hostNetwork=False,
        nodeSelector={"disk": "fast"},
        tolerations=[{"key": "spot", "operator": "Exists"}],
    )


def changed(place: str, value: Any) -> dict:
    """The rich Pod with one value exchanged; steps are separated by dots."""
    manifest = copy.deepcopy(rich())
    *steps, last = (int(step) if step.isdigit() else step for step in place.split("."))
    holder: Any = manifest
    for step in steps:
        holder = holder[step]
    holder[last] = value
    return manifest


MISFITS = [
    ("metadata", []),
    ("metadata", "shop"),
    ("metadata.name", 5),
    ("metadata.labels", []),
    ("metadata.labels.app", 5),
    ("metadata.annotations", "x"),
    ("metadata.annotations.note", ["greeting"]),
    ("metadata.creationTimestamp", 5),
    ("metadata.managedFields", {}),
    ("spec", []),
    ("spec", "x"),
    ("spec", True),
    ("spec.containers", {}),
    ("spec.containers", "app"),
    ("spec.containers.0", "app"),
    ("spec.containers.0", ["app"]),
    ("spec.containers.0.name", 5),
    ("spec.containers.0.image", {}),
    ("spec.containers.0.command", "sh"),
    ("spec.containers.0.args", [1]),
    ("spec.containers.0.env", {"KEY": "value"}),
    ("spec.containers.0.env.0", "KEY=value"),
    ("spec.containers.0.env.0.value", 5),
    ("spec.containers.0.env.0.value", True),
    ("spec.containers.0.envFrom.0.configMapRef", "settings"),
    ("spec.containers.0.ports.0.containerPort", "80"),
    ("spec.containers.0.ports.0.containerPort", 80.5),
    ("spec.containers.0.ports.0.containerPort", 1 << 40),
    ("spec.containers.0.resources", []),
    ("spec.containers.0.resources.requests", "100m"),
    ("spec.containers.0.resources.requests.cpu", []),
    ("spec.containers.0.resources.requests.cpu", {}),
    ("spec.containers.0.resources.requests.cpu", True),
    ("spec.containers.0.resources.requests.cpu", ""),
    ("spec.containers.0.resources.requests.cpu", "a lot"),
    ("spec.containers.0.resources.limits.memory", "128 Mi"),
    ("spec.containers.0.livenessProbe", []),
    ("spec.containers.0.livenessProbe.initialDelaySeconds", "1"),
    ("spec.containers.0.livenessProbe.httpGet.port", 1.5),
    ("spec.containers.0.volumeMounts", "data"),
    ("spec.containers.0.volumeMounts.0.mountPath", 5),
    ("spec.containers.0.securityContext.runAsNonRoot", "true"),
    ("spec.initContainers", "migrate"),
    ("spec.initContainers", {}),
    ("spec.initContainers.0", 5),
    ("spec.initContainers.0.restartPolicy", True),
    ("spec.initContainers.1.lifecycle", "none"),
    ("spec.initContainers.1.readinessProbe", "yes"),
    ("spec.ephemeralContainers", {}),
    ("spec.volumes", {"data": {}}),
    ("spec.volumes.0", "data"),
    ("spec.volumes.0.emptyDir", "yes"),
    ("spec.volumes.0.emptyDir.sizeLimit", [1]),
    ("spec.overhead", []),
    ("spec.overhead.cpu", {"milli": 10}),
    ("spec.restartPolicy", 5),
    ("spec.terminationGracePeriodSeconds", 30.5),
    ("spec.hostNetwork", "false"),
    ("spec.nodeSelector", []),
    ("spec.nodeSelector.disk", 5),
    ("spec.tolerations", {}),
    ("spec.affinity", []),
]


def place_name(value: object) -> str:
    return str(value)[:60]


@pytest.mark.parametrize("path", ["/mutate", "/validate"])
@pytest.mark.parametrize(("place", "value"), MISFITS, ids=place_name)
def test_a_value_of_a_wrong_type_is_denied_as_undecodable(service: Service, path: str, place: str, value: Any):
    response = service.review(changed(place, value), path=path)

    assert response["allowed"] is False
    (cause,) = response["status"]["details"]["causes"]
    assert cause["message"].startswith("IC100 Undecodable: must be ")
    assert cause["field"].startswith(place.partition(".")[0])


def test_the_pod_that_the_others_are_made_from_is_fine(service: Service):
    response = service.review(rich())

    assert response["allowed"] is True
    assert response["patchType"] == "JSONPatch"


@pytest.mark.parametrize("place", sorted({place for place, _ in MISFITS}))
def test_null_anywhere_gets_a_plain_yes_or_no(service: Service, place: str):
    response = service.review(changed(place, None))

    assert response["allowed"] in (True, False)
    assert all(
        cause["message"][:5] != "IC100" for cause in response.get("status", {}).get("details", {"causes": []})["causes"]
    )


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param({}, id="an empty object"),
        pytest.param({"spec": {}}, id="an empty spec"),
        pytest.param({"spec": {"containers": [None], "initContainers": [None, None]}}, id="null containers"),
        pytest.param({"spec": {"containers": [{}], "initContainers": [{}], "volumes": [{}]}}, id="empty containers"),
        pytest.param(
            {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [None]}}, id="null to inject into"
        ),
        pytest.param({"metadata": {"labels": {"app": "web"}, "annotations": None}}, id="no spec to inject into"),
    ],
)
@pytest.mark.parametrize("path", ["/mutate", "/validate"])
def test_a_pod_with_hardly_anything_in_it_gets_a_plain_yes_or_no(service: Service, path: str, manifest: dict):
    response = service.review({"apiVersion": "v1", "kind": "Pod", **manifest}, path=path)

    assert response["allowed"] in (True, False)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param("1e308", 200, id="the largest float"),
        pytest.param("1e-400", 200, id="next to nothing"),
        pytest.param("-1e300", 200, id="far below zero"),
        pytest.param("123456789012345678901234567890", 200, id="thirty digits"),
        pytest.param("9" * 300, 200, id="three hundred digits"),
        pytest.param("1e999", 400, id="beyond any float"),
        pytest.param("1" + "0" * 400, 400, id="four hundred digits"),
        pytest.param("1" * 100_000, 400, id="a hundred thousand digits"),
    ],
)
@pytest.mark.parametrize("place", ["spec.containers.0.resources.requests.cpu", "spec.terminationGracePeriodSeconds"])
def test_a_number_of_any_size_gets_a_plain_answer(service: Service, place: str, number: str, status: int):
    body = envelope(changed(place, "HERE")).replace(b'"HERE"', number.encode())

    answer = service.post(body)

    assert answer.status == status


@pytest.mark.parametrize(
    "text",
    [
        "1e999999999",
        "1E-999999999",
        "1e99999999999999999999",
        "9" * 100_000,
        "0." + "0" * 100_000 + "1",
        "1" * 50_000 + "Ei",
        "\u0663",
        "1e\u0661",
        "0x10",
        "1_000",
        "+-1",
        " 1 ",
        "\0",
    ],
    ids=place_name,
)
def test_a_quantity_of_any_form_gets_a_plain_answer_soon(service: Service, text: str):
    started = time.monotonic()

    response = service.review(changed("spec.containers.0.resources.limits.cpu", text))

    assert response["allowed"] in (True, False)
    assert time.monotonic() - started < 2


def test_of_a_key_that_stands_twice_the_last_one_counts_as_in_go(service: Service):
    body = envelope(changed("spec.restartPolicy", "HERE")).replace(b'"HERE"', b'5,"restartPolicy":"Always"')
    other = envelope(changed("spec.restartPolicy", "HERE")).replace(b'"HERE"', b'"Always","restartPolicy":5')

    assert service.post(body).response["allowed"] is True
    assert service.post(other).response["allowed"] is False


def crowd(count: int, **fields: Any) -> dict:
    return pod(init=[container(f"c{number}", **fields) for number in range(count)], metadata={"labels": {"app": "web"}})


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(crowd(100_000), id="all different"),
        pytest.param(pod(init=[{"name": "twin", "image": "x"}] * 100_000), id="all the same"),
        pytest.param(pod(*[{}] * 100_000), id="all empty"),
        pytest.param(crowd(20_000, resources={"requests": {"cpu": "1"}}), id="all with requests"),
    ],
)
def test_a_hundred_thousand_containers_do_not_hold_up_the_others(service: Service, manifest: dict):
    body = envelope(manifest)
    answered: list[float] = []
    small = envelope(pod(init=[container("migrate")]))
    finished = threading.Event()

    def ask_meanwhile() -> None:
        with service.connect() as connection:
            while not finished.is_set():
                started = time.monotonic()
                assert post(connection, small).response["allowed"] is True
                answered.append(time.monotonic() - started)

    meanwhile = threading.Thread(target=ask_meanwhile)
    meanwhile.start()
    started = time.monotonic()
    response = service.post(body).response
    took = time.monotonic() - started
    finished.set()
    meanwhile.join()

    assert response["allowed"] in (True, False)
    assert len(orjson.dumps(response)) < len(body)
    # The API server waits 30 s at most; the others wait for a slice of it, however busy the machine.
    assert took < 30
    assert max(answered) < max(1, took / 3)
