"""How long a decision takes: validation, arithmetic and injection, for Pods of 1, 10 and 100 containers."""

import json
import statistics
import time
from collections.abc import Callable

import pytest

from tests.benchmarks.samples import review_body
from webhook.admission.decide import decide
from webhook.admission.respond import respond
from webhook.admission.review import read_review
from webhook.policy.compiler import compile_policy
from webhook.policy.example import example_policy
from webhook.policy.policy import Policy

pytestmark = pytest.mark.bench

CONTAINERS = (1, 10, 100)
ROUNDS = 15


def microseconds(work: Callable[[], object], times: int) -> tuple[float, float]:
    """Give the least and the median of some rounds, for one call."""
    rounds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for _ in range(times):
            work()
        rounds.append((time.perf_counter() - started) / times * 1e6)
    return min(rounds), statistics.median(rounds)


def test_decide():
    inject, check_only = example_policy(), compile_policy([])
    print(
        "\ndecide(), µs for one call: least and median of rounds; the Pod is of app: web, so the log agent is injected"
    )
    print(
        f"{'containers':>10} {'body':>8} {'read':>8} {'check':>8} {'check+inject':>13} {'median':>8} {'respond':>8} {'/json.loads':>12}"
    )
    for count in CONTAINERS:
        _row(count, inject, check_only)


def _row(count: int, inject: Policy, check_only: Policy) -> None:
    body = review_body(count)
    review = read_review(body, mutating=True)
    decision = decide(review, inject)
    times = max(10, 400 // count)
    read, _ = microseconds(lambda: read_review(body, mutating=True), times)
    check, _ = microseconds(lambda: decide(review, check_only), times)
    least, median = microseconds(lambda: decide(review, inject), times)
    answer, _ = microseconds(lambda: respond(decision, review), times)
    reference, _ = microseconds(lambda: json.loads(body), times)
    print(
        f"{count:>10} {len(body):>8} {read:>8.0f} {check:>8.0f} {least:>13.0f} {median:>8.0f} {answer:>8.0f}"
        f" {least / reference:>12.2f}"
    )
    assert decision.injected
