"""The extensions of a certificate: each by its type, and what they allow."""

from typing import TypeVar

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

_E = TypeVar("_E", bound=x509.ExtensionType)


def extension(certificate: x509.Certificate, kind: type[_E]) -> _E | None:
    """The extension of that type, or None where the certificate has none."""
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether the certificate calls itself a certificate authority (basicConstraints)."""
    constraints = extension(certificate, x509.BasicConstraints)
    return constraints is not None and constraints.ca


def may_sign_certificates(certificate: x509.Certificate) -> bool:
    """Whether it is an authority whose key usage, if it states one, lets it sign certificates."""
    usage = extension(certificate, x509.KeyUsage)
    return is_authority(certificate) and (usage is None or usage.key_cert_sign)


def may_serve(certificate: x509.Certificate) -> bool:
    """Whether it is a server's: no authority, and its usages, if it states any, include a TLS server's.

    `keyEncipherment` alone will not do: it serves a key exchange that TLS 1.3 no longer has.
    """
    usage = extension(certificate, x509.KeyUsage)
    purposes = extension(certificate, x509.ExtendedKeyUsage)
    signs = usage is None or usage.digital_signature
    serves = purposes is None or bool(
        {ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE} & set(purposes)
    )
    return signs and serves and not is_authority(certificate)


def alternatives(certificate: x509.Certificate, kind: type[x509.DNSName] | type[x509.IPAddress]) -> tuple[str, ...]:
    """The subject alternative names of that kind, as text, in the certificate's order."""
    names = extension(certificate, x509.SubjectAlternativeName)
    return () if names is None else tuple(str(value) for value in names.get_values_for_type(kind))
