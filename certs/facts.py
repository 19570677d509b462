"""What a certificate says of itself, as plain values to print or compare."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from certs.extensions import alternatives, is_authority
from certs.keys import describe_key


@dataclass(frozen=True, slots=True)
class Facts:
    """One certificate; moments are in UTC, `serial` and `fingerprint` (SHA-256) are lower-case hex."""

    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    dns_names: tuple[str, ...]
    ip_addresses: tuple[str, ...]
    key_type: str
    fingerprint: str
    is_authority: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Whom the certificate speaks for: its DNS names, then its IP addresses."""
        return self.dns_names + self.ip_addresses

    @property
    def title(self) -> str:
        """How messages call the certificate: its subject, or its serial number where the subject is empty."""
        return self.subject or f"serial {self.serial}"


def facts_of(certificate: x509.Certificate) -> Facts:
    """What the certificate says; the caller minds that an unsound one raises the library's errors."""
    return Facts(
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        dns_names=alternatives(certificate, x509.DNSName),
        ip_addresses=alternatives(certificate, x509.IPAddress),
        key_type=describe_key(certificate.public_key()),
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        is_authority=is_authority(certificate),
    )
