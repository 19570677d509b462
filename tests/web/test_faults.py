"""What goes wrong on our side: HTTP 500, told in the log, and never a denial."""

import json
from typing import Any

import pytest

from tests.builders import container, envelope, pod
from tests.web.asgi import Caller, state
from webhook.policy.policy import Policy
from webhook.policy.store import PolicyStore
from webhook.web.body import MAX_BODY_BYTES
from webhook.web.metrics import Metrics
from webhook.web.state import State

SECRET = "hunter2"  # noqa: S105 - the bait of these tests


class BrokenStore(PolicyStore):
    """A store that cannot give its policy, and whose complaint repeats what nobody may read."""

    def __init__(self) -> None:
        """Hold nothing."""

    @property
    def current(self) -> Policy:  # type: ignore[override]  # the fault under test
        """Fail."""
        raise RuntimeError(f"cannot cope with {SECRET}")


@pytest.fixture
def broken(call) -> Caller:
    return call(State(BrokenStore(), Metrics()))


@pytest.mark.parametrize("path", ["/mutate", "/validate"])
@pytest.mark.parametrize("padding", [0, 1_000_000], ids=["decided at once", "decided in a thread"])
def test_our_fault_is_a_500_and_never_a_denial(broken: Caller, path: str, padding: int):
    told = broken.post(envelope(pod(), uid="fault-1") + b" " * padding, path=path)

    assert told.status == 500
    assert told.headers[b"content-type"].startswith(b"text/plain")
    assert told.body == b"prologue: internal error while reviewing fault-1; see the log\n"
    with pytest.raises(json.JSONDecodeError):
        json.loads(told.body)


def test_our_fault_is_logged_with_uid_and_place_but_without_what_it_says(broken: Caller, log_lines):
    broken.post(envelope(pod(), uid="fault-2", namespace="market"))

    (line,) = [line for line in log_lines() if line["event"] == "fault"]
    assert (line["uid"], line["namespace"], line["kind"]) == ("fault-2", "market", "Pod")
    assert (line["level"], line["error"]) == ("error", "RuntimeError")
    assert line["frames"][-1].endswith(" current")
    assert SECRET not in json.dumps(log_lines())


def test_our_fault_is_counted_and_leaves_the_service_free_for_the_next(broken: Caller):
    for _ in range(3):
        broken.post(envelope(pod()))

    assert broken.state.in_flight == 0
    assert b'prologue_refused_requests_total{status="500"} 3.0' in broken.state.metrics.text()


def test_a_caller_who_hangs_up_is_not_answered(call):
    caller = call(state())

    told = caller.post()

    assert told.messages == []
    assert caller.state.in_flight == 0
    assert b'prologue_refused_requests_total{status="499"} 1.0' in caller.state.metrics.text()


def test_one_too_many_is_turned_away_before_it_is_read(call):
    caller = call(state(max_in_flight=2))
    caller.state.in_flight = 2

    told = caller.post(envelope(pod()))

    assert told.status == 503
    assert told.headers[b"retry-after"] == b"1"
    assert told.headers[b"connection"] == b"close"
    assert caller.state.in_flight == 2


@pytest.mark.parametrize("chunks", [1, 3], ids=["in one piece", "in three"])
@pytest.mark.parametrize(("extra", "status"), [(0, 200), (1, 413)], ids=["just below", "a byte more"])
def test_the_limit_counts_what_really_comes(call, chunks: int, extra: int, status: int):
    body = envelope(pod())
    body += b" " * (MAX_BODY_BYTES + extra - len(body))
    size = len(body) // chunks + 1

    told = call(state()).post(*(body[i : i + size] for i in range(0, len(body), size)))

    assert told.status == status


def test_a_small_announcement_does_not_let_a_large_body_in(call):
    headers = [(b"content-type", b"application/json"), (b"content-length", b"10")]

    told = call(state()).post(b" " * (MAX_BODY_BYTES + 1), headers=headers)

    assert told.status == 413


def test_while_it_drains_every_answer_asks_for_another_connection(call):
    caller = call(state(draining=True))

    answers: list[Any] = [caller.post(envelope(pod(container()))), caller.post(b"{"), caller.post(method="GET")]

    assert [told.status for told in answers] == [200, 400, 405]
    assert all(told.headers[b"connection"] == b"close" for told in answers)
