"""What is no review is refused with the HTTP status that says so, over real TLS; the service serves on afterwards."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest

from tests.builders import container, envelope, pod
from tests.server.service import Answer, Service, post

MAX_BYTES = 7 * 1024 * 1024
JSON = "application/json"


def review(**request) -> bytes:
    """An AdmissionReview with whatever request."""
    given = {"uid": "1", "operation": "CREATE", "object": pod(), **request}
    kept = {name: value for name, value in given.items() if value != "left out"}
    return orjson.dumps({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": kept})


def nested(levels: int) -> bytes:
    """A review whose Pod has an unknown field that many lists deep."""
    deep = b"[" * levels + b"]" * levels
    return envelope({**pod(), "future": "HERE"}).replace(b'"HERE"', deep)


def padded(size: int) -> bytes:
    """A good review of exactly this many bytes."""
    body = envelope(pod())
    return body + b" " * (size - len(body))


def pieces(body: bytes) -> Iterator[bytes]:
    """The body bit by bit, so that it is sent in chunks and without a Content-Length."""
    return (body[i : i + 100_000] for i in range(0, len(body), 100_000))


def assert_refused(answer: Answer, status: int) -> None:
    assert answer.status == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("prologue: ")
    assert answer.text.endswith("\n")
    assert len(answer.text) < 300


@pytest.mark.parametrize("path", ["/mutate", "/validate"])
@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(b"", "not JSON", id="nothing"),
        pytest.param(b"{", "not JSON", id="half a document"),
        pytest.param(b"apiVersion: v1", "not JSON", id="YAML"),
        pytest.param(b'\xff\xfe{"kind"', "not JSON", id="no UTF-8"),
        pytest.param('{"kind": "AdmissionReview"}'.encode("utf-16"), "not JSON", id="UTF-16"),
        pytest.param(b'{"kind": "\\ud800"}', "not JSON", id="half a surrogate pair"),
        pytest.param(b"NaN", "not JSON", id="not a number"),
        pytest.param(b"null", "no AdmissionReview", id="null"),
        pytest.param(b"42", "no AdmissionReview", id="a number"),
        pytest.param(b'"AdmissionReview"', "no AdmissionReview", id="text"),
        pytest.param(b"[]", "no AdmissionReview", id="a list"),
        pytest.param(b"{}", "no AdmissionReview", id="an empty object"),
        pytest.param(json.dumps(pod()).encode(), "no AdmissionReview", id="a bare Pod"),
        pytest.param(envelope(pod()).replace(b"k8s.io/v1", b"k8s.io/v1beta1"), "v1beta1", id="v1beta1"),
        pytest.param(b'{"kind":"AdmissionReview"}', "apiVersion", id="no version"),
        pytest.param(
            b'{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}', "has no request", id="no request"
        ),
        pytest.param(envelope(pod()).replace(b'"request":{', b'"response":{'), "has no request", id="a response"),
        pytest.param(
            b'{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":["x"]}',
            "has no request",
            id="a request that is a list",
        ),
        pytest.param(review(uid="left out"), "uid is missing", id="no uid"),
        pytest.param(review(uid=""), "uid is missing", id="an empty uid"),
        pytest.param(review(uid=None), "uid is missing", id="a null uid"),
        pytest.param(review(uid=7), "uid must be text", id="a uid that is a number"),
        pytest.param(review(kind="Pod"), "request.kind must be an object", id="a kind that is text"),
        pytest.param(review(object=[pod()]), "request.object must be an object", id="an object that is a list"),
        pytest.param(review(oldObject="x"), "request.oldObject must be an object", id="an old object that is text"),
        pytest.param(review(namespace={}), "namespace must be text", id="a namespace that is an object"),
        pytest.param(review(operation=1), "operation must be text", id="an operation that is a number"),
        pytest.param(nested(1_000), "levels deep", id="a thousand levels"),
        pytest.param(nested(5_000), "not JSON", id="five thousand levels"),
        pytest.param(nested(1_000_000), "not JSON", id="a million levels"),
        pytest.param(review(object="HERE").replace(b'"HERE"', b"1e999"), "not JSON", id="a number beyond any float"),
    ],
)
def test_what_is_no_review_is_refused_with_400(service: Service, path: str, body: bytes, says: str):
    answer = service.post(body, path=path)

    assert_refused(answer, 400)
    assert says in answer.text


def test_a_review_within_the_depth_limit_is_answered(service: Service):
    assert service.post(nested(200)).response["allowed"] is True


@pytest.mark.parametrize(
    "media",
    [
        pytest.param(None, id="none"),
        pytest.param("", id="an empty one"),
        pytest.param("text/plain", id="text"),
        pytest.param("application/yaml", id="YAML"),
        pytest.param("application/json-patch+json", id="a patch"),
        pytest.param("application/x-www-form-urlencoded", id="what curl sends unless told"),
        pytest.param("x" * 10_000, id="an endless one"),
    ],
)
def test_another_media_type_is_refused_with_415(service: Service, media: str | None):
    answer = service.post(envelope(pod()), headers={} if media is None else {"Content-Type": media})

    assert_refused(answer, 415)
    assert JSON in answer.text


@pytest.mark.parametrize("media", [JSON, f"{JSON}; charset=utf-8", f"{JSON};charset=UTF-8", "Application/JSON"])
def test_json_is_json_whatever_its_parameters(service: Service, media: str):
    assert service.post(envelope(pod()), headers={"Content-Type": media}).response["allowed"] is True


@pytest.mark.parametrize("extra", [1, 1_000_000], ids=["by a byte", "by a megabyte"])
@pytest.mark.parametrize("send", [bytes, pieces], ids=["announced", "in chunks"])
def test_a_body_that_is_too_large_is_refused_with_413(service: Service, extra: int, send: Callable[[bytes], Any]):
    body = padded(MAX_BYTES + extra)

    answer = service.post(send(body))

    assert_refused(answer, 413)
    assert "7 MiB" in answer.text
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("send", [bytes, pieces], ids=["announced", "in chunks"])
def test_a_body_just_small_enough_is_answered(service: Service, send: Callable[[bytes], Any]):
    body = padded(MAX_BYTES)

    answer = service.post(send(body))

    assert answer.response["allowed"] is True


@pytest.mark.parametrize("announced", ["99999999999", "9" * 5_000], ids=["eleven digits", "five thousand digits"])
def test_a_length_beyond_reason_is_refused_before_anything_is_sent(service: Service, announced: str):
    answer = service.post(b"", headers={"Content-Type": JSON, "Content-Length": announced})

    assert answer.status in (400, 413)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/mutate", "/validate"])
def test_another_method_is_refused_with_405(service: Service, path: str, method: str):
    with service.connect() as connection:
        connection.request(method, path)
        answer = Answer.read(connection)

    assert answer.status == 405
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/mutate/",
        "//mutate",
        "/mutate//",
        "/Mutate",
        "/mutate/pods",
        "/validate/",
        "/mutate%2F",
        "/../mutate",
        "/admit",
        "/docs",
        "/openapi.json",
        "/healthz",
        "/readyz",
        "/metrics",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_path_is_not_found_and_never_redirected(service: Service, path: str, method: str):
    with service.connect() as connection:
        connection.request(method, path, envelope(pod()), {"Content-Type": JSON})
        answer = Answer.read(connection)

    assert answer.status == 404
    assert "location" not in answer.headers


def test_the_timeout_that_the_api_server_adds_is_accepted(service: Service):
    assert service.post(envelope(pod()), path="/mutate?timeout=3s").response["allowed"] is True


def test_a_refusal_does_not_spoil_the_connection(service: Service):
    with service.connect() as connection:
        refused = [post(connection, body).status for body in (b"", b"{", nested(1_000), b"[]")]
        answer = post(connection, envelope(pod(init=[container("migrate")])))

    assert refused == [400] * 4
    assert answer.response["allowed"] is True
