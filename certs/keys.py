"""What kind of key a certificate has, and whether it is strong enough to serve with."""

from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# NIST SP 800-57 part 1, table 2: 2048 bits of RSA are the least that is still acceptable.
MINIMUM_RSA_BITS = 2048
# P-256 is the smallest curve that TLS 1.3 has (RFC 8446 section 4.2.7).
MINIMUM_CURVE_BITS = 256


def describe_key(key: PublicKeyTypes) -> str:
    """The kind and size of a key, such as `ECDSA secp256r1` or `RSA 2048`."""
    match key:
        case ec.EllipticCurvePublicKey():
            return f"ECDSA {key.curve.name}"
        case rsa.RSAPublicKey():
            return f"RSA {key.key_size}"
        case ed25519.Ed25519PublicKey():
            return "Ed25519"
        case ed448.Ed448PublicKey():
            return "Ed448"
        case _:
            return type(key).__name__.removesuffix("PublicKey").lstrip("_")


def is_weak_key(key: PublicKeyTypes) -> bool:
    """Whether clients refuse this key, or ought to: too small, or of a kind that TLS no longer has."""
    match key:
        case ec.EllipticCurvePublicKey():
            return key.key_size < MINIMUM_CURVE_BITS
        case rsa.RSAPublicKey():
            return key.key_size < MINIMUM_RSA_BITS
        case ed25519.Ed25519PublicKey() | ed448.Ed448PublicKey():
            return False
        case _:
            return True


def same_key(one: PublicKeyTypes, other: PublicKeyTypes) -> bool:
    """Whether two public keys are one and the same."""
    return _encoded(one) == _encoded(other)


def _encoded(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
