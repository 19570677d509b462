"""PEM text in, certificates and keys out; what cannot be read is told in the reader's words."""

from collections.abc import Iterator
from contextlib import contextmanager

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from certs.errors import CertificateError
from certs.secret import PrivateKey

_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"
_PRIVATE_KEY = b"PRIVATE KEY-----"
# The first byte of a DER certificate or key: an ASN.1 SEQUENCE.
_DER = b"\x30"
# What cryptography raises for bytes that are no sound certificate, at loading or when a field is first looked at.
_UNSOUND = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


@contextmanager
def reading(where: str) -> Iterator[None]:
    """Turn what the library says of unsound certificates into our error, naming `where` they came from."""
    try:
        yield
    except _UNSOUND as error:
        raise CertificateError(
            f"{where}: a certificate in it is damaged or uses what is not supported here: issue it anew"
        ) from error


def load_chain(pem: bytes, *, where: str) -> tuple[x509.Certificate, ...]:
    """Read one or more certificates, in the order in which they stand.

    Raises:
        CertificateError: there is none, or one of them is damaged or cut short.
    """
    if _CERTIFICATE not in pem:
        raise CertificateError(f"{where}: {_instead_of_certificate(pem)}")
    with reading(where):
        chain = tuple(x509.load_pem_x509_certificates(pem))
    # The library passes over a last block that has no end, as a file half written has it.
    begun = pem.count(_CERTIFICATE)
    if len(chain) != begun:
        raise CertificateError(
            f"{where}: only {len(chain)} of the {begun} certificates in it are whole: copy the file again"
        )
    return chain


def load_key(key: PrivateKey, *, where: str) -> PrivateKeyTypes:
    """Read a private key that needs no password.

    Raises:
        CertificateError: it is none, it is damaged, or it is encrypted. The key itself is in no message.
    """
    pem = key.reveal()
    if _PRIVATE_KEY not in pem:
        raise CertificateError(f"{where}: {_instead_of_key(pem)}")
    try:
        return load_pem_private_key(pem, password=None)
    except TypeError as error:
        raise CertificateError(
            f"{where}: the private key is encrypted, and a server starts with nobody to type the password: "
            "decrypt it with `openssl pkey -in FILE -out PLAIN`"
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateError(
            f"{where}: the private key is damaged or of a kind that is not supported here: copy or make it again"
        ) from error


def dump_certificate(*certificates: x509.Certificate) -> bytes:
    """Write certificates as PEM, one after the other."""
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def dump_key(key: PrivateKeyTypes) -> PrivateKey:
    """Write a key as PEM (PKCS #8, no password), wrapped so that it hides itself."""
    return PrivateKey(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _instead_of_certificate(pem: bytes) -> str:
    """What stands where a certificate should, and what to do."""
    if _PRIVATE_KEY in pem:
        return "holds a private key and no certificate: are the certificate and the key swapped?"
    if b"CERTIFICATE REQUEST-----" in pem:
        return "holds a certificate request: have a certificate authority sign it first"
    if pem.startswith(_DER):
        return "holds DER, not PEM: turn it with `openssl x509 -inform der -in FILE -out FILE.pem`"
    return "holds no certificate: expected PEM text with BEGIN CERTIFICATE"


def _instead_of_key(pem: bytes) -> str:
    """What stands where a private key should, and what to do."""
    if _CERTIFICATE in pem:
        return "holds a certificate and no private key: are the certificate and the key swapped?"
    if pem.startswith(_DER):
        return "holds DER, not PEM: turn it with `openssl pkey -inform der -in FILE -out FILE.pem`"
    return "holds no private key: expected PEM text with BEGIN PRIVATE KEY"
