"""A certificate authority: the one whom clients trust, and who signs what servers show."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256

from certs.draft import MAX_COMMON_NAME, common_name, draft, key_usage, new_key
from certs.errors import CertificateError, LifetimeError, NamesError
from certs.extensions import extension, may_sign_certificates
from certs.keys import same_key
from certs.pem import dump_certificate, dump_key, load_chain, load_key, reading
from certs.secret import PrivateKey
from certs.validity import Validity, in_utc, spell

DEFAULT_NAME = "Prologue CA"
# Ten years: replacing an authority means telling every client, replacing what it signed means telling nobody.
DEFAULT_LIFETIME = timedelta(days=3650)
_ISSUER_KEYS = (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey, ed25519.Ed25519PrivateKey, ed448.Ed448PrivateKey)


@dataclass(frozen=True, slots=True, eq=False)
class CertificateAuthority:
    """A certificate that may sign others, and the key that fits it; every way to get one proves both."""

    certificate: x509.Certificate
    _key: CertificateIssuerPrivateKeyTypes = field(repr=False)

    def __post_init__(self) -> None:
        if not may_sign_certificates(self.certificate):
            raise CertificateError(
                f"The certificate {self.name!r} is no certificate authority: "
                "give one with basicConstraints CA:TRUE and the key usage keyCertSign"
            )
        if not same_key(self.certificate.public_key(), self._key.public_key()):
            raise CertificateError(
                f"The private key does not fit the certificate authority {self.name!r}: give the key it was made with"
            )

    @classmethod
    def create(cls, *, now: datetime, lifetime: timedelta = DEFAULT_LIFETIME, name: str = DEFAULT_NAME) -> Self:
        """Make a self-signed authority that signs servers directly and no other authority (path length 0).

        Raises:
            NamesError: the name is empty or longer than 64 characters.
            LifetimeError: `now` has no time zone, or the lifetime cannot be.
        """
        if not 0 < len(name) <= MAX_COMMON_NAME:
            raise NamesError(f"A certificate authority's name has 1 to {MAX_COMMON_NAME} characters, not {len(name)}")
        subject, key = common_name(name), new_key()
        certificate = (
            draft(subject, key.public_key(), Validity.starting(now, lifetime))
            .issuer_name(subject)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(key_usage(signs_certificates=True), critical=True)
            .sign(key, SHA256())
        )
        return cls(certificate, key)

    @classmethod
    def load(cls, cert_pem: bytes, key: PrivateKey, *, where: str = "the certificate authority") -> Self:
        """Take up an authority that exists; of several certificates in `cert_pem` the first is meant.

        Raises:
            CertificateError: one of the two cannot be read, they do not fit, or it is no authority.
        """
        certificate = load_chain(cert_pem, where=where)[0]
        loaded = load_key(key, where=where)
        if not isinstance(loaded, _ISSUER_KEYS):
            raise CertificateError(
                f"{where}: the private key is of a kind that signs no certificates here: use ECDSA, RSA or Ed25519"
            )
        with reading(where):
            return cls(certificate, loaded)

    @property
    def name(self) -> str:
        """The subject, as RFC 4514 writes it."""
        return self.certificate.subject.rfc4514_string()

    @property
    def pem(self) -> bytes:
        """The certificate that clients trust: a caBundle."""
        return dump_certificate(self.certificate)

    @property
    def key(self) -> PrivateKey:
        """The private key, hidden."""
        return dump_key(self._key)

    @property
    def issuing_chain(self) -> tuple[x509.Certificate, ...]:
        """What a server sends after its own certificate: nothing for a root, which clients hold already."""
        is_root = self.certificate.issuer == self.certificate.subject
        return () if is_root else (self.certificate,)

    def sign(self, builder: x509.CertificateBuilder, *, validity: Validity, now: datetime) -> x509.Certificate:
        """Sign a drafted certificate as this authority.

        Raises:
            LifetimeError: the authority is not valid at `now`, or the certificate would outlive it.
        """
        self._check_dates(validity, now)
        key = self._key
        edwards = isinstance(key, ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey)
        return (
            builder.issuer_name(self.certificate.subject)
            .add_extension(self._identifier(), critical=False)
            .sign(key, None if edwards else SHA256())
        )

    def _check_dates(self, validity: Validity, now: datetime) -> None:
        begins, ends = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        moment = in_utc(now)
        if moment < begins:
            raise LifetimeError(f"The certificate authority {self.name!r} is valid only from {spell(begins)}")
        if moment > ends:
            raise LifetimeError(f"The certificate authority {self.name!r} expired on {spell(ends)}: make a new one")
        if validity.not_after > ends:
            raise LifetimeError(
                f"The certificate would be valid until {spell(validity.not_after)}, but its certificate authority "
                f"{self.name!r} ends on {spell(ends)}: ask for at most {(ends - moment).days} days, or make a new one"
            )

    def _identifier(self) -> x509.AuthorityKeyIdentifier:
        own = extension(self.certificate, x509.SubjectKeyIdentifier)
        if own is None:
            return x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)
