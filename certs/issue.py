"""A pair ready to serve with, in one call: the authority's certificate, the server's certificate, and the keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from certs.authority import DEFAULT_LIFETIME, CertificateAuthority
from certs.errors import LifetimeError
from certs.leaf import issue_leaf
from certs.secret import PrivateKey
from certs.store import StoredPair

# What a server on the developer's own machine is called by.
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
DEVELOPMENT_AUTHORITY = "Prologue development CA"
# Long enough for a server left running over the holidays, short enough to be worthless when found.
DEVELOPMENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Issued:
    """A server's PEM chain and key, and the authority that signed it; `ca_pem` is what clients trust."""

    ca_pem: bytes
    ca_key: PrivateKey
    cert_pem: bytes
    key: PrivateKey

    def to_store(self, *, with_ca_key: bool) -> StoredPair:
        """What to write to a folder; without the authority's key nobody who reads the folder can issue more."""
        ca_key = self.ca_key if with_ca_key else None
        return StoredPair(cert_pem=self.cert_pem, key=self.key, ca_pem=self.ca_pem, ca_key=ca_key)


def issue_pair(names: Iterable[str], *, now: datetime, days: int, ca: CertificateAuthority | None = None) -> Issued:
    """Issue a server certificate for the names, valid for `days`, by the given authority or by one made for it.

    Raises:
        NamesError: there is no name, or one is neither a DNS name nor an IP address.
        LifetimeError: `now` has no time zone, `days` cannot be, or the authority ends sooner.
    """
    lifetime = _lifetime(days)
    authority = ca or CertificateAuthority.create(now=now, lifetime=max(DEFAULT_LIFETIME, lifetime))
    return _issue(authority, names, now=now, lifetime=lifetime)


def issue_development_pair(names: Iterable[str] = (), *, now: datetime) -> Issued:
    """Issue a pair for this machine only, and for the extra names, by an authority that nobody else has.

    Raises:
        NamesError: an extra name is neither a DNS name nor an IP address.
        LifetimeError: `now` has no time zone.
    """
    lifetime = _lifetime(DEVELOPMENT_DAYS)
    authority = CertificateAuthority.create(now=now, lifetime=lifetime, name=DEVELOPMENT_AUTHORITY)
    return _issue(authority, (*LOOPBACK_NAMES, *names), now=now, lifetime=lifetime)


def _issue(authority: CertificateAuthority, names: Iterable[str], *, now: datetime, lifetime: timedelta) -> Issued:
    leaf = issue_leaf(authority, names, now=now, lifetime=lifetime)
    return Issued(ca_pem=authority.pem, ca_key=authority.key, cert_pem=leaf.chain_pem, key=leaf.key)


def _lifetime(days: int) -> timedelta:
    try:
        return timedelta(days=days)
    except OverflowError as error:
        raise LifetimeError(f"{days} days end after the year 9999: ask for less") from error
