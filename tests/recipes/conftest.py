"""A place to run the scripts of recipes: nothing but the programs of busybox, an empty volume, and a kubelet."""

import datetime as dt
import ssl
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.recipes.kubelet import Kubelet


@pytest.fixture
def kubelet(busybox, tmp_path):
    for folder in ("programs", "volume", "logs"):
        (tmp_path / folder).mkdir()
    subprocess.run([busybox, "--install", "-s", tmp_path / "programs"], check=True)
    return Kubelet(tmp_path / "programs", tmp_path / "volume", tmp_path / "logs")


@pytest.fixture(scope="session")
def tls(tmp_path_factory):
    """A server context whose certificate nobody vouches for."""
    folder = tmp_path_factory.mktemp("tls")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = dt.timedelta(days=1)
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    (folder / "pair.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + certificate.public_bytes(pem)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "pair.pem")
    # busybox offers only signatures with SHA-1, which OpenSSL refuses by default.
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context
