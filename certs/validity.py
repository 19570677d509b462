"""From when until when a certificate is valid; the moment is always an argument."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from certs.errors import LifetimeError

# A certificate made now must be valid on a machine whose clock runs behind; client-go backdates its own by an hour too.
CLOCK_SKEW = timedelta(hours=1)
# RFC 5280 section 4.1.2.5: UTCTime begins in 1950.
EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Validity:
    """The span of a certificate, both ends included, in whole seconds of UTC."""

    not_before: datetime
    not_after: datetime

    @classmethod
    def starting(cls, now: datetime, lifetime: timedelta) -> Self:
        """The span that ends `lifetime` after `now` and begins a clock skew before it.

        Raises:
            LifetimeError: `now` has no time zone, `lifetime` is under a second, or an end is out of X.509's range.
        """
        moment = in_utc(now)
        if lifetime < timedelta(seconds=1):
            raise LifetimeError(f"A lifetime of {lifetime} ends before it begins: ask for a second or more")
        try:
            span = cls((moment - CLOCK_SKEW).replace(microsecond=0), (moment + lifetime).replace(microsecond=0))
        except OverflowError as error:
            raise LifetimeError(f"A lifetime of {lifetime.days} days ends after the year 9999: ask for less") from error
        if span.not_before < EARLIEST:
            raise LifetimeError(f"No certificate begins before 1950, this one would on {spell(span.not_before)}")
        return span


def in_utc(moment: datetime) -> datetime:
    """The same moment, in UTC.

    Raises:
        LifetimeError: the moment has no time zone, so it could be any of 26 hours.
    """
    if moment.tzinfo is None:
        raise LifetimeError(f"The moment {moment} has no time zone: pass an aware one, such as datetime.now(UTC)")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise LifetimeError(f"The moment {moment} is outside the years 1 to 9999 in UTC") from error


def spell(moment: datetime) -> str:
    """A moment as messages show it: `2026-11-22 02:00:17 UTC`."""
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
