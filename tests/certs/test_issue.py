from datetime import UTC, datetime, timedelta

import pytest

from certs.authority import CertificateAuthority
from certs.errors import LifetimeError
from certs.examine import examine
from certs.issue import DEVELOPMENT_DAYS, issue_development_pair, issue_pair

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def problems(issued, names, *, at=MOMENT):
    return examine(issued.cert_pem, now=at, key=issued.key, ca_pem=issued.ca_pem, names=names).problems


def test_a_pair_is_issued_with_an_authority_of_its_own():
    issued = issue_pair(["localhost", "::1"], now=MOMENT, days=30)

    assert problems(issued, ["localhost", "::1"], at=MOMENT + 30 * DAY) == ()
    assert CertificateAuthority.load(issued.ca_pem, issued.ca_key).name == "CN=Prologue CA"


def test_a_pair_is_issued_by_the_authority_that_is_given():
    authority = CertificateAuthority.create(now=MOMENT, name="Shop CA")

    issued = issue_pair(["localhost"], now=MOMENT, days=30, ca=authority)

    assert (issued.ca_pem, issued.ca_key) == (authority.pem, authority.key)
    assert problems(issued, ["localhost"]) == ()


def test_a_pair_that_lives_longer_than_authorities_do_gets_one_that_lives_as_long():
    issued = issue_pair(["localhost"], now=MOMENT, days=7300)

    assert problems(issued, ["localhost"], at=MOMENT + 7300 * DAY) == ()


@pytest.mark.parametrize("days", [pytest.param(0, id="none"), pytest.param(10**12, id="more than there are")])
def test_days_that_cannot_be_are_refused(days):
    with pytest.raises(LifetimeError):
        issue_pair(["localhost"], now=MOMENT, days=days)


def test_a_development_pair_speaks_for_this_machine():
    issued = issue_development_pair(["prologue.test"], now=MOMENT)

    names = ["localhost", "127.0.0.1", "::1", "prologue.test"]
    assert problems(issued, names, at=MOMENT + DEVELOPMENT_DAYS * DAY) == ()


def test_an_issued_pair_hides_its_keys():
    assert "PRIVATE" not in repr(issue_development_pair(now=MOMENT))
