from datetime import UTC, datetime, timedelta, timezone

import pytest

from certs.errors import LifetimeError
from certs.validity import CLOCK_SKEW, Validity, in_utc

MOMENT = datetime(2026, 3, 1, 12, 0, 0, 500, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_span_begins_a_clock_skew_ago_and_ends_a_lifetime_from_now():
    span = Validity.starting(MOMENT, DAY)

    whole = MOMENT.replace(microsecond=0)
    assert span == Validity(whole - CLOCK_SKEW, whole + DAY)


def test_a_span_is_told_in_utc():
    span = Validity.starting(MOMENT.astimezone(timezone(timedelta(hours=5))), DAY)

    assert span == Validity.starting(MOMENT, DAY)


@pytest.mark.parametrize(
    ("moment", "lifetime", "message"),
    [
        pytest.param(MOMENT.replace(tzinfo=None), DAY, "has no time zone", id="a moment without a time zone"),
        pytest.param(MOMENT, timedelta(0), "ends before it begins", id="no lifetime"),
        pytest.param(MOMENT, -DAY, "ends before it begins", id="a lifetime backwards"),
        pytest.param(MOMENT, timedelta(days=3_000_000), "after the year 9999", id="a lifetime without end"),
        pytest.param(datetime(1949, 1, 1, tzinfo=UTC), DAY, "before 1950", id="a moment before X.509"),
        pytest.param(
            datetime(1, 1, 1, tzinfo=UTC), DAY, "after the year 9999|before 1950|outside", id="the first year"
        ),
    ],
)
def test_a_span_that_no_certificate_can_have_is_refused(moment, lifetime, message):
    with pytest.raises(LifetimeError, match=message):
        Validity.starting(moment, lifetime)


def test_a_moment_outside_the_calendar_is_refused():
    with pytest.raises(LifetimeError, match="outside the years"):
        in_utc(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))))
