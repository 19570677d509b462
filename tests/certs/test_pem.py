import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import load_pem_x509_certificate

from certs.draft import new_key
from certs.errors import CertificateError
from certs.pem import dump_key, load_chain, load_key
from certs.secret import PrivateKey

REQUEST = b"-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----\n"


def test_a_chain_is_read_in_its_order(issued):
    chain = load_chain(b"a comment\n" + issued.cert_pem + issued.ca_pem, where="tls.crt")

    assert chain == (load_pem_x509_certificate(issued.cert_pem), load_pem_x509_certificate(issued.ca_pem))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(lambda _: b"", "holds no certificate", id="an empty file"),
        pytest.param(lambda _: b"\x30\x82", "holds DER", id="DER"),
        pytest.param(lambda _: REQUEST, "certificate request", id="a request"),
        pytest.param(lambda pair: pair.key.reveal(), "swapped", id="the key instead"),
        pytest.param(lambda pair: pair.cert_pem[:200], "damaged", id="cut short"),
        pytest.param(lambda pair: pair.cert_pem.replace(b"M", b"A"), "damaged", id="letters changed"),
        pytest.param(lambda pair: pair.cert_pem + pair.ca_pem[:200], "only 1 of the 2", id="the second cut short"),
    ],
)
def test_what_is_no_whole_chain_is_refused_with_the_reason(issued, spoil, message):
    with pytest.raises(CertificateError, match=f"tls.crt: .*{message}"):
        load_chain(spoil(issued), where="tls.crt")


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param(PrivateFormat.PKCS8, id="PKCS 8"),
        pytest.param(PrivateFormat.TraditionalOpenSSL, id="traditional"),
    ],
)
def test_a_key_is_read_in_either_layout(layout):
    key = new_key()

    loaded = load_key(PrivateKey(key.private_bytes(Encoding.PEM, layout, NoEncryption())), where="tls.key")

    assert dump_key(loaded) == dump_key(key)


def encrypted(_pair):
    return new_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password"))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(lambda _: b"", "holds no private key", id="an empty file"),
        pytest.param(lambda _: b"\x30\x82", "holds DER", id="DER"),
        pytest.param(lambda pair: pair.cert_pem, "swapped", id="the certificate instead"),
        pytest.param(lambda pair: pair.key.reveal()[:100], "damaged", id="cut short"),
        pytest.param(encrypted, "encrypted", id="encrypted"),
    ],
)
def test_what_is_no_usable_key_is_refused_and_not_shown(issued, spoil, message):
    with pytest.raises(CertificateError, match=f"tls.key: .*{message}") as caught:
        load_key(PrivateKey(spoil(issued)), where="tls.key")

    assert issued.key.reveal()[40:80].decode() not in repr(caught.value)
