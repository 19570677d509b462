"""A leaf: the certificate that a server shows, with its private key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from certs.authority import CertificateAuthority
from certs.draft import MAX_COMMON_NAME, common_name, draft, key_usage, new_key
from certs.names import parse_names
from certs.pem import dump_certificate, dump_key
from certs.secret import PrivateKey
from certs.validity import Validity


@dataclass(frozen=True, slots=True)
class Leaf:
    """A server's certificate, the PEM chain that the server sends (itself first), and its key."""

    certificate: x509.Certificate
    chain_pem: bytes
    key: PrivateKey


def issue_leaf(authority: CertificateAuthority, names: Iterable[str], *, now: datetime, lifetime: timedelta) -> Leaf:
    """Make a key, and have the authority sign a server certificate that speaks for the names.

    Raises:
        NamesError: there is no name, or one is neither a DNS name nor an IP address.
        LifetimeError: `now` has no time zone, the lifetime cannot be, or it is longer than the authority's.
    """
    alternatives = parse_names(names)
    validity = Validity.starting(now, lifetime)
    key = new_key()
    # Clients read only the alternative names; the common name is for people, and stays away where it does not fit.
    title = str(alternatives[0].value)
    subject = common_name(title if len(title) <= MAX_COMMON_NAME else "")
    builder = (
        draft(subject, key.public_key(), validity)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(signs_handshakes=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        # RFC 5280 section 4.2.1.6: critical where the subject is empty.
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=not list(subject))
    )
    certificate = authority.sign(builder, validity=validity, now=now)
    return Leaf(certificate, dump_certificate(certificate, *authority.issuing_chain), dump_key(key))
