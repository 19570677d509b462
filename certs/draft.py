"""What every certificate made here has in common, before it is signed."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from certs.validity import Validity

# RFC 5280 appendix A.1, ub-common-name.
MAX_COMMON_NAME = 64


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh ECDSA key on P-256: what every TLS client has, and the cheapest handshake for the server."""
    return ec.generate_private_key(ec.SECP256R1())


def common_name(text: str) -> x509.Name:
    """A subject that is one common name; empty if the text is."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)] if text else [])


def draft(subject: x509.Name, key: ec.EllipticCurvePublicKey, validity: Validity) -> x509.CertificateBuilder:
    """A certificate that wants only an issuer and its own extensions.

    The serial number is random, 159 bits: RFC 5280 section 4.1.2.2 allows 20 octets and no negative number, and a
    random one never meets another, even when two authorities of one name follow each other.
    """
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(validity.not_before)
        .not_valid_after(validity.not_after)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def key_usage(*, signs_handshakes: bool = False, signs_certificates: bool = False) -> x509.KeyUsage:
    """What a key may be used for: a server signs handshakes, an authority signs certificates and revocation lists."""
    return x509.KeyUsage(
        digital_signature=signs_handshakes,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
