"""The log: one line of JSON for each review, and never what stands in a Pod."""

import base64
import os

import pytest

from tests.builders import container, envelope, pod
from tests.server.conftest import Start
from tests.server.service import Service

PROBE = {"exec": {"command": ["true"]}}
SECRET = "hunter2-correct-horse-battery-staple"  # noqa: S105 - the bait of these tests


def test_a_review_leaves_one_line_with_who_what_and_how_long(service: Service):
    service.review(pod(init=[container("migrate", livenessProbe=PROBE)]), uid="log-1", name="shop", namespace="market")

    line = service.log.wait("review", uid="log-1")
    assert 0 < line.pop("ms") < 5_000
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "review",
        "level": "info",
        "route": "mutate",
        "uid": "log-1",
        "operation": "CREATE",
        "kind": "Pod",
        "namespace": "market",
        "name": "shop",
        "dry_run": False,
        "outcome": "denied",
        "codes": ["IC103"],
        "injected": [],
        "skipped": [],
    }
    assert len(service.log.all("review", uid="log-1")) == 1


@pytest.mark.parametrize(
    ("manifest", "outcome"),
    [
        (pod(), "allowed"),
        (pod(metadata={"labels": {"app": "web"}}), "injected"),
        (pod(metadata={"annotations": {"prologue.dev/inject": "nothing-such"}}), "warned"),
        ({"apiVersion": "v1", "kind": "ConfigMap"}, "untouched"),
    ],
)
def test_the_line_says_how_it_went_out(service: Service, manifest: dict, outcome: str):
    service.review(manifest, uid=f"log-{outcome}", path="/mutate", dryRun=True)

    line = service.log.wait("review", uid=f"log-{outcome}")
    assert (line["outcome"], line["dry_run"]) == (outcome, True)
    assert [one.partition("@")[0] for one in line["injected"]] == (["warm-up"] if outcome == "injected" else [])


def test_a_refusal_leaves_one_line_with_its_reason(service: Service):
    before = len(service.log.all("refused"))

    answer = service.post(b"{", path="/validate")

    line = service.log.wait("refused", count=before + 1)
    assert (line["level"], line["route"], line["status"]) == ("warning", "validate", 400)
    assert answer.text == f"prologue: {line['reason']}\n"


def spread(secret: str) -> dict:
    """A Pod that holds a secret wherever people put one, with faults of all sorts beside it."""
    env = [{"name": "PASSWORD", "value": secret}]
    return pod(
        container("app", env=env, args=["--password", secret], livenessProbe=PROBE),
        init=[
            container("migrate", env=env, command=["migrate", secret], livenessProbe={"exec": {"command": [secret]}}),
            container("migrate", lifecycle={"preStop": {"exec": {"command": [secret]}}}),
        ],
        metadata={"labels": {"app": "web"}, "annotations": {"note": secret}},
        volumes=[{"name": "data", "secret": {"secretName": secret}}],
    )


def of_wrong_type(secret: str) -> dict:
    return pod(container("app", env=[{"name": "PASSWORD", "value": {"plain": secret}}]))


def in_a_command(secret: str) -> dict:
    return pod(container("app", command=f"login --password {secret}"))


def in_a_place_of_a_container(secret: str) -> dict:
    return pod(init=[secret])


def in_a_time(secret: str) -> dict:
    return pod(metadata={"creationTimestamp": secret})


def injected_into(secret: str) -> dict:
    return pod(container("app", env=[{"name": "PASSWORD", "value": secret}]), metadata={"labels": {"app": "web"}})


@pytest.mark.parametrize(
    "make", [spread, of_wrong_type, in_a_command, in_a_place_of_a_container, in_a_time, injected_into]
)
@pytest.mark.parametrize("path", ["/mutate", "/validate"])
def test_what_stands_in_a_pod_is_never_told(service: Service, path: str, make):
    answer = service.post(envelope(make(SECRET), uid=f"secret-{make.__name__}"), path=path)

    service.log.wait("review", uid=f"secret-{make.__name__}")
    patch = base64.b64decode(answer.response.get("patch", ""))
    assert SECRET[:8] not in answer.text + patch.decode()
    assert SECRET[:8] not in "\n".join(service.log.lines)


def test_what_stands_in_a_half_review_is_never_told(service: Service):
    before = len(service.log.all("refused"))
    bodies = [envelope(spread(SECRET))[:-5], SECRET.encode(), b'"%s"' % SECRET.encode()]

    answers = [service.post(body) for body in bodies]

    service.log.wait("refused", count=before + 3)
    assert [answer.status for answer in answers] == [400] * 3
    assert all(SECRET[:8] not in answer.text for answer in answers)
    assert SECRET[:8] not in "\n".join(service.log.lines)


def test_of_a_malformed_quantity_the_client_alone_sees_the_first_forty_characters(service: Service):
    # Whoever wrote 1,5 for 1.5 has to see it; the log has no need to.
    manifest = pod(container(resources={"limits": {"cpu": SECRET + "x" * 40}}))

    answer = service.post(envelope(manifest, uid="quantity"))

    service.log.wait("review", uid="quantity")
    (cause,) = answer.response["status"]["details"]["causes"]
    assert (SECRET + "x" * 40)[:40] in cause["message"]
    assert (SECRET + "x" * 40)[:41] not in answer.text
    assert SECRET[:8] not in "\n".join(service.log.lines)


def test_an_endless_name_is_cut_in_the_log_and_whole_in_the_answer(service: Service):
    name = "long-" * 100_000

    response = service.review(pod(), uid=name, name=name, namespace=name + "\n")

    assert response["uid"] == name
    line = service.log.wait("review", uid=name[:252] + "…")
    assert len(line["name"]) == len(line["namespace"]) == 253


def test_every_line_is_json(service: Service):
    assert all(event["event"] for event in service.log.events)


def test_a_log_that_nobody_reads_any_more_stops_no_review(start: Start):
    service = start()
    assert service.process.stderr is not None
    reader = service.process.stderr.fileno()
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a descriptor takes the place of another
        os.dup2(nothing.fileno(), reader)

    answers = [service.review(pod()) for _ in range(3)]

    assert all(answer["allowed"] is True for answer in answers)
    service.signal()
    assert service.wait() == 0
