"""Exemptions that have ended are told once, where the log is read; what others silence stands in every line."""

import datetime as dt

import pytest

from tests.builders import pod
from tests.server.conftest import Start
from tests.web.asgi import state
from webhook.server.watch import tell_ended

EXEMPT = """
apiVersion: prologue.dev/v1alpha1
kind: RulePolicy
metadata: {name: legacy}
spec:
  rules: {IC402: Deny}
  exempt:
  - {namespaces: [attic, cellar], rules: [IC402], reason: moving out, until: 2027-01-31}
  - {namespaces: [shop], rules: [IC4], reason: for good}
  - {namespaces: [roof], rules: [IC4], reason: long gone, until: 2020-02-29}
"""
ROOF = "RulePolicy legacy: IC4 in roof until 2020-02-29: long gone"
ATTIC = "RulePolicy legacy: IC402 in attic, cellar until 2027-01-31: moving out"
CURIOUS = pod(metadata={"annotations": {"prologue.dev/inject": "nobody"}})


class Heard:
    """A log that remembers what it was warned of."""

    def __init__(self):
        self.lines = []

    def warning(self, event, **fields):
        self.lines.append((event, fields["policy"], fields["exemption"]))


@pytest.mark.parametrize(
    ("today", "told", "expected"),
    [
        pytest.param(dt.date(2027, 1, 31), "", [ROOF], id="on the last day of another"),
        pytest.param(dt.date(2027, 2, 1), "", [ATTIC, ROOF], id="the day after"),
        pytest.param(dt.date(2027, 2, 1), "2027-01-31", [ATTIC], id="only what ended over night"),
        pytest.param(dt.date(2027, 2, 2), "2027-02-01", [], id="nothing twice"),
    ],
)
def test_what_has_ended_is_told(today, told, expected):
    held, log = state(EXEMPT), Heard()
    held.set_today(dt.datetime.combine(today, dt.time(12), dt.UTC))

    tell_ended(held, log, told)

    assert [("exemption ended", "legacy", text) for text in expected] == log.lines


def test_a_service_tells_when_it_starts(start: Start):
    service = start(policy=EXEMPT)

    assert ROOF == service.log.wait("exemption ended")["exemption"]
    service.review(CURIOUS, namespace="shop", uid="log-exempt")
    line = service.log.wait("review", uid="log-exempt")
    assert ("allowed", [], ["IC402"]) == (line["outcome"], line["codes"], line["exempted"])
    assert 1 == len(service.log.all("exemption ended"))
