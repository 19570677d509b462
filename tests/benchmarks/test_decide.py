"""How long a decision takes: validation, arithmetic and injection, for Pods of 1, 3, 10 and 100 containers."""

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

CONTAINERS = (1, 3, 10, 100)
ROUNDS = 25


def compared(work: Callable[[], object], reference: Callable[[], object], times: int) -> tuple[float, float]:
    """Give the least µs of some rounds for one call, and the median of how many times the reference that was.

    Each round times both, one after the other: on a machine that others use only the ratio stays the same.
    """
    least, ratios = float("inf"), []
    for _ in range(ROUNDS):
        took, other = (_per_call(one, times) for one in (work, reference))
        least = min(least, took)
        ratios.append(took / other)
    return least, statistics.median(ratios)


def _per_call(work: Callable[[], object], times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - started) / times * 1e6


def test_decide():
    inject, check_only = example_policy(), compile_policy([])
    print(
        "\nµs for one call, the least of some rounds; in brackets how many times json.loads of the same body. The Pod is of"
        "\napp: web, so the log agent is injected; review is the whole of a request: read, decide and respond"
    )
    heads = ("read", "check", "check+inject", "review /validate", "review /mutate")
    print(f"{'containers':>10} {'body':>7} {' '.join(f'{head:>16}' for head in heads)}")
    for count in CONTAINERS:
        _row(count, inject, check_only)


def _row(count: int, inject: Policy, check_only: Policy) -> None:
    body = review_body(count)
    review = read_review(body, mutating=True)
    work = {
        "read": lambda: read_review(body, mutating=True),
        "check": lambda: decide(review, check_only),
        "check+inject": lambda: decide(review, inject),
        "validate": lambda: _whole(body, check_only, mutating=False),
        "mutate": lambda: _whole(body, inject, mutating=True),
    }
    times = max(4, 200 // count)
    told = [compared(one, lambda: json.loads(body), times) for one in work.values()]
    cells = " ".join(f"{f'{took:.0f} ({ratio:.1f})':>16}" for took, ratio in told)
    print(f"{count:>10} {len(body):>7} {cells}")
    assert decide(review, inject).injected


def _whole(body: bytes, policy: Policy, *, mutating: bool) -> bytes:
    review = read_review(body, mutating=mutating)
    return respond(decide(review, policy), review)
