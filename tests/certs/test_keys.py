import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa

from certs.keys import describe_key, is_weak_key, same_key

P256 = ec.generate_private_key(ec.SECP256R1()).public_key()


@pytest.mark.parametrize(
    ("key", "text", "weak"),
    [
        pytest.param(P256, "ECDSA secp256r1", False, id="P-256"),
        pytest.param(ec.generate_private_key(ec.SECP192R1()).public_key(), "ECDSA secp192r1", True, id="P-192"),
        pytest.param(rsa.generate_private_key(65537, 2048).public_key(), "RSA 2048", False, id="RSA 2048"),
        pytest.param(rsa.generate_private_key(65537, 1024).public_key(), "RSA 1024", True, id="RSA 1024"),  # noqa: S505 -- a weak key is the case
        pytest.param(ed25519.Ed25519PrivateKey.generate().public_key(), "Ed25519", False, id="Ed25519"),
        pytest.param(ed448.Ed448PrivateKey.generate().public_key(), "Ed448", False, id="Ed448"),
        pytest.param(dsa.generate_private_key(1024).public_key(), "DSA", True, id="DSA"),  # noqa: S505 -- a weak key is the case
    ],
)
def test_a_key_is_described_and_weighed(key, text, weak):
    assert (describe_key(key), is_weak_key(key)) == (text, weak)


def test_keys_are_the_same_only_if_they_are():
    assert same_key(P256, P256)
    assert not same_key(P256, ec.generate_private_key(ec.SECP256R1()).public_key())
