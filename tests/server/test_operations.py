"""The second, plain port: alive, ready, figures; and neither port does the other's work."""

import http.client
import re

import pytest

from tests.builders import container, envelope, pod
from tests.server.service import JSON, PATIENCE, Answer, Service

PROBE = {"exec": {"command": ["true"]}}
SAMPLE = re.compile(r'^[a-z_]+(\{([a-z]+="[^"\\\n]*",?)*\})? [0-9.e+-]+$|^[a-z_]+\{.*le="\+Inf"\} [0-9.]+$')


def test_it_says_that_it_lives(service: Service):
    answer = service.get("/healthz")

    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_it_says_that_it_is_ready_and_what_it_looked_at(service: Service):
    answer = service.get("/readyz")

    assert answer.status == 200
    assert answer.json["ready"] is True
    assert re.fullmatch("[0-9a-f]{12}", answer.json["policy"])
    assert answer.json["checks"] == [
        {"name": name, "ok": True, "detail": ""} for name in ("started", "draining", "policy", "certificate")
    ]


@pytest.mark.parametrize(
    ("path", "manifest", "outcome"),
    [
        ("/mutate", pod(), "allowed"),
        ("/validate", pod(), "allowed"),
        ("/mutate", pod(init=[container("migrate", livenessProbe=PROBE)]), "denied"),
        ("/validate", pod(init=[container("migrate", livenessProbe=PROBE)]), "denied"),
        ("/mutate", pod(metadata={"labels": {"app": "web"}}), "injected"),
        ("/mutate", pod(metadata={"annotations": {"prologue.dev/inject": "nothing-such"}}), "warned"),
        ("/mutate", {"apiVersion": "v1", "kind": "ConfigMap"}, "untouched"),
    ],
)
def test_every_review_is_counted_by_route_and_outcome(service: Service, path: str, manifest: dict, outcome: str):
    name = f'prologue_reviews_total{{outcome="{outcome}",route="{path[1:]}"}}'
    reviews, timed = name, f'prologue_review_seconds_count{{route="{path[1:]}"}}'
    before = service.metrics()

    service.review(manifest, path=path)

    after = service.metrics()
    assert after[reviews] == before[reviews] + 1
    assert after[timed] == before[timed] + 1
    others = {key for key in after if key.startswith("prologue_reviews_total") and after[key] != before[key]}
    assert others == {reviews}


@pytest.mark.parametrize(
    ("body", "headers", "status"), [(b"{", JSON, 400), (b"{}", {}, 415), (b" " * (7 << 20) + b"  ", JSON, 413)]
)
def test_every_refusal_is_counted_by_status(service: Service, body: bytes, headers: dict, status: int):
    name = f'prologue_refused_requests_total{{status="{status}"}}'
    before = service.metrics().get(name, 0)

    service.post(body, headers=headers)

    assert service.metrics()[name] == before + 1


def test_findings_are_counted_by_code(service: Service):
    before = service.metrics().get('prologue_findings_total{code="IC103"}', 0)

    service.review(pod(init=[container("a", livenessProbe=PROBE), container("b", livenessProbe=PROBE)]))

    assert service.metrics()['prologue_findings_total{code="IC103"}'] == before + 2


def test_the_figures_are_in_the_text_format_of_prometheus(service: Service):
    answer = service.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert all(SAMPLE.match(line) for line in samples)
    assert {"prologue_policy_broken 0.0", "prologue_certificate_refused 0.0"} <= set(samples)
    assert service.metrics()["prologue_certificate_not_after_seconds"] > 1.7e9


def test_what_a_request_says_never_becomes_a_label(service: Service):
    word = "zebrafish"
    names = set(service.metrics())
    manifest = pod(
        container(word, livenessProbe={word: word}, resources={"requests": {word: "1", "cpu": word}}),
        metadata={"name": word, "labels": {"app": word}, "annotations": {"prologue.dev/inject": word}},
    )

    service.post(envelope(manifest, namespace=word, name=word, operation=word, uid=word))
    service.post(envelope(manifest, namespace=word))
    service.post(word.encode(), path=f"/{word}")
    service.post(b"{}", headers={"Content-Type": word})

    assert word not in service.get("/metrics").text
    assert {name.partition("{")[0] for name in set(service.metrics()) - names} <= {
        "prologue_refused_requests_total",
        "prologue_refused_requests_created",
        "prologue_findings_total",
        "prologue_findings_created",
    }


@pytest.mark.parametrize("path", ["/mutate", "/validate"])
def test_the_plain_port_takes_no_reviews(service: Service, path: str):
    connection = http.client.HTTPConnection(*service.operations, timeout=PATIENCE)
    connection.request("POST", path, envelope(pod()), JSON)
    answer = Answer.read(connection)
    connection.close()

    assert answer.status == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_the_https_port_does_not_tell_how_the_service_is(service: Service, path: str):
    with service.connect() as connection:
        connection.request("GET", path)
        answer = Answer.read(connection)

    assert answer.status == 404


@pytest.mark.parametrize("path", ["/healthz/", "/readyz/", "/metrics/", "//metrics", "/"])
def test_the_plain_port_redirects_nowhere(service: Service, path: str):
    answer = service.get(path)

    assert answer.status == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_the_plain_port_changes_nothing(service: Service, path: str):
    connection = http.client.HTTPConnection(*service.operations, timeout=PATIENCE)
    connection.request("POST", path, b"{}", JSON)
    answer = Answer.read(connection)
    connection.close()

    assert answer.status == 405
