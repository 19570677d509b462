"""The end of the service: readiness fails first, nothing that was begun is lost, and the exit code is 0."""

import signal
import socket
import time

import pytest

from tests.builders import container, envelope, pod
from tests.server.conftest import Start
from tests.server.service import JSON, PATIENCE, Answer, Service, eventually, post

BODY = envelope(pod(init=[container("migrate")]))


def assert_gone(service: Service) -> None:
    """Its ports are closed and its last word is that it has stopped."""
    assert service.log.events[-1]["event"] == "stopped"
    for address in (service.admission, service.operations):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address, PATIENCE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda one: one.name)
def test_a_signal_ends_it_in_good_order(start: Start, number: signal.Signals):
    service = start()
    # Large enough to be decided in a thread, which must not keep the program alive.
    assert service.post(BODY + b" " * 1_000_000).status == 200

    service.signal(number)

    assert service.wait() == 0
    assert_gone(service)


def test_readiness_fails_first_while_reviews_are_still_answered(start: Start):
    service = start(drain=30)
    with service.connect() as kept:
        assert "connection" not in post(kept, BODY).headers

        service.signal()
        unready = eventually(lambda: (one := service.get("/readyz")).status == 503 and one)
        on_the_kept = post(kept, BODY)
        refused = service.post(b"{")
        on_a_new_one = service.post(BODY)
        healthy = service.get("/healthz")
    service.signal()

    checks = {check["name"]: check for check in unready.json["checks"]}
    assert unready.json["ready"] is False
    assert checks["draining"] == {"name": "draining", "ok": False, "detail": "finishing what is in flight"}
    for answer in (on_the_kept, on_a_new_one):
        assert answer.response["allowed"] is True
        assert answer.headers["connection"] == "close"
    assert (refused.status, refused.headers["connection"]) == (400, "close")
    assert healthy.status == 200
    assert service.wait() == 0
    assert_gone(service)


def test_a_second_signal_shortens_the_wait(start: Start):
    service = start(drain=300)

    service.signal()
    service.log.wait("draining")
    started = time.monotonic()
    service.signal(signal.SIGINT)

    assert service.wait() == 0
    assert time.monotonic() - started < 5
    assert_gone(service)


@pytest.mark.parametrize("drain", [0.0, 1.0], ids=["without a wait", "after a wait"])
def test_a_review_in_flight_is_finished(start: Start, drain: float):
    service = start(drain=drain)
    with service.connect() as connection:
        connection.putrequest("POST", "/mutate")
        connection.putheader("Content-Type", JSON["Content-Type"])
        connection.putheader("Content-Length", str(len(BODY)))
        connection.endheaders(BODY[:50])
        # One more answer, so that the half of ours has surely arrived.
        assert service.post(BODY).status == 200

        service.signal()
        eventually(lambda: is_closed_to_new(service))
        connection.send(BODY[50:])
        answer = Answer.read(connection)

    assert answer.response["allowed"] is True
    assert answer.headers["connection"] == "close"
    assert service.wait() == 0
    assert_gone(service)


def is_closed_to_new(service: Service) -> bool:
    try:
        socket.create_connection(service.admission, PATIENCE).close()
    except ConnectionRefusedError:
        return True
    return False


def test_idle_connections_do_not_hold_it_up(start: Start):
    service = start()
    with service.connect() as idle, service.connect() as unused:
        assert post(idle, BODY).status == 200
        assert unused.sock is not None
        started = time.monotonic()

        service.signal()
        code = service.wait()

    assert code == 0
    assert time.monotonic() - started < 10
    assert_gone(service)
