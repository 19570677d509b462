"""Connections: kept alive for longer than the API server's, TLS 1.2 and 1.3 only, and no caller holds up another."""

import contextlib
import http.client
import socket
import ssl
import time
import warnings
from collections.abc import Callable, Iterator

import pytest

from certs.issue import Issued
from certs.reload import ServingPair
from certs.store import write_pair
from tests.builders import envelope, pod
from tests.server.service import PATIENCE, Answer, Service, eventually, post, running, trusting
from webhook.server import connection as limits
from webhook.server.sockets import uvicorn_config

# http.DefaultTransport of Go closes idle connections after this long.
GO_IDLE_SECONDS = 90
HEAD = b"POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture
def raw(service: Service) -> Iterator[Callable[[], ssl.SSLSocket]]:
    """Open TLS connections on which a test writes bytes of its own."""
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(dial(service))


@contextlib.contextmanager
def dial(service: Service) -> Iterator[ssl.SSLSocket]:
    with (
        socket.create_connection(service.admission, PATIENCE) as plain,
        service.trust.wrap_socket(plain, server_hostname="localhost") as secured,
    ):
        yield secured


def answer_on(secured: ssl.SSLSocket) -> Answer:
    """Read an answer from a connection that was written to by hand."""
    response = http.client.HTTPResponse(secured, method="POST")
    response.begin()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


def is_closed(secured: ssl.SSLSocket) -> bool:
    """Wait until the other side hangs up; what it still says is thrown away."""
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        while secured.recv(65536):
            pass
    return True


def test_an_idle_connection_outlives_the_api_servers_patience(tmp_path, issued: Issued):
    write_pair(tmp_path, issued.to_store(with_ca_key=False))
    pair = ServingPair(tmp_path / "tls.crt", tmp_path / "tls.key")

    config = uvicorn_config(object(), pair)

    assert config.timeout_keep_alive >= 120 > GO_IDLE_SECONDS


def test_many_reviews_go_over_one_connection(service: Service):
    with service.connect() as connection:
        sockets = set()
        for _ in range(50):
            assert post(connection, envelope(pod())).response["allowed"] is True
            sockets.add(connection.sock)
        time.sleep(1)
        assert post(connection, envelope(pod())).response["allowed"] is True
        sockets.add(connection.sock)

    assert len(sockets) == 1


def test_an_http_1_0_caller_is_answered(raw):
    secured = raw()
    body = envelope(pod())

    secured.sendall(HEAD.replace(b"1.1", b"1.0") + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    assert answer_on(secured).response["allowed"] is True
    assert is_closed(secured)


def test_a_caller_that_waits_to_be_told_to_go_on_is_told(raw):
    secured = raw()
    body = envelope(pod())

    secured.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body))
    told = secured.recv(1000)
    secured.sendall(body)

    assert told == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert answer_on(secured).response["allowed"] is True


def test_a_caller_that_waits_before_sending_too_much_is_spared_it(raw):
    secured = raw()

    secured.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n")

    assert answer_on(secured).status == 413


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=lambda one: one.name)
def test_modern_tls_is_spoken(service: Service, issued: Issued, version: ssl.TLSVersion):
    client = trusting(issued)
    client.minimum_version = client.maximum_version = version

    connection = http.client.HTTPSConnection(*service.admission, timeout=PATIENCE, context=client)
    with contextlib.closing(connection):
        assert post(connection, envelope(pod())).response["allowed"] is True
        assert connection.sock.version() == version.name.replace("_", ".")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1], ids=lambda one: one.name)
def test_outdated_tls_is_refused(service: Service, issued: Issued, version: ssl.TLSVersion):
    client = trusting(issued)
    with warnings.catch_warnings():
        # The library would not speak it by itself either: the server has to be the one that refuses.
        warnings.simplefilter("ignore", DeprecationWarning)
        client.minimum_version = client.maximum_version = version
    client.set_ciphers("ALL:@SECLEVEL=0")

    with socket.create_connection(service.admission, PATIENCE) as plain, pytest.raises(ssl.SSLError) as refused:
        client.wrap_socket(plain, server_hostname="localhost")

    # The event loop hangs up before the library's alert is out: the caller sees the one or the other.
    assert refused.value.reason in ("UNEXPECTED_EOF_WHILE_READING", "TLSV1_ALERT_PROTOCOL_VERSION")


def test_plain_http_on_the_https_port_does_no_harm(service: Service):
    with socket.create_connection(service.admission, PATIENCE) as plain:
        plain.sendall(HEAD + b"\r\n")
        with contextlib.suppress(ConnectionError):
            while plain.recv(65536):
                pass

    assert service.review(pod())["allowed"] is True


def test_garbage_inside_tls_is_refused_and_told_of_in_one_line(service: Service, raw):
    secured = raw()

    secured.sendall(b"\x00\x01 what is this?\r\n\r\n")

    assert answer_on(secured).status == 400
    assert is_closed(secured)
    told = service.log.wait("library", level="warning")
    assert told["message"] == "Invalid HTTP request received."


def test_a_caller_that_hangs_up_in_the_middle_does_no_harm(service: Service):
    before = service.metrics().get('prologue_refused_requests_total{status="499"}', 0)
    with dial(service) as secured:
        secured.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")

    eventually(lambda: service.metrics().get('prologue_refused_requests_total{status="499"}', 0) == before + 1)

    assert service.review(pod())["allowed"] is True


def test_a_head_without_end_is_cut_off(service: Service, raw):
    secured = raw()
    secured.sendall(HEAD + b"X-Endless: ")
    sent = 0

    with contextlib.suppress(ConnectionError, ssl.SSLError):
        while sent < 100 * limits.HEAD_MAX_BYTES:
            secured.sendall(b"x" * 16384)
            sent += 16384
            time.sleep(0.001)

    assert limits.HEAD_MAX_BYTES / 2 < sent < 20 * limits.HEAD_MAX_BYTES
    assert service.review(pod())["allowed"] is True


def test_a_pipelined_review_is_answered_in_its_turn(raw):
    secured = raw()
    bodies = [envelope(pod(), uid=uid) for uid in ("first", "second", "third")]

    secured.sendall(b"".join(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body for body in bodies))

    assert [answer_on_one(secured) for _ in bodies] == ["first", "second", "third"]


def answer_on_one(secured: ssl.SSLSocket) -> str:
    """Read exactly one answer, byte by byte up to its body, and give its uid."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += secured.recv(1)
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    body = b""
    while len(body) < length:
        body += secured.recv(length - len(body))
    return Answer(int(head[9:12]), {}, body).response["uid"]


def test_too_many_at_once_are_asked_to_come_back(tmp_path, issued: Issued):
    with running(tmp_path, issued, "--max-in-flight", "1") as service:
        body = envelope(pod())
        with dial(service) as slow:
            slow.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body[:10])
            refused = eventually(lambda: (one := service.post(body)).status == 503 and one)
            slow.sendall(body[10:])
            first = answer_on(slow)
        afterwards = service.post(body)

    assert refused.headers["retry-after"] == "1"
    assert refused.headers["connection"] == "close"
    assert "too many reviews at once" in refused.text
    assert first.response["allowed"] is True
    assert afterwards.response["allowed"] is True
