"""Authorities, pairs in folders, and a real TLS server on loopback."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256

from certs.authority import CertificateAuthority
from certs.draft import common_name, key_usage
from certs.issue import Issued, issue_pair
from certs.pem import dump_certificate, dump_key
from certs.store import write_pair

# No handshake on loopback takes this long; one that hangs fails instead of stopping the run.
PATIENCE = 10.0


@pytest.fixture(scope="session")
def now() -> datetime:
    """The real moment, because a TLS library reads the real clock."""
    return datetime.now(UTC)


@pytest.fixture(scope="session")
def authority(now) -> CertificateAuthority:
    return CertificateAuthority.create(now=now)


@pytest.fixture(scope="session")
def issued(authority, now) -> Issued:
    return issue_pair(["localhost", "127.0.0.1"], now=now, days=1, ca=authority)


@pytest.fixture(scope="session")
def other(authority, now) -> Issued:
    """A second pair for the same names, by the same authority."""
    return issue_pair(["localhost", "127.0.0.1"], now=now, days=2, ca=authority)


@pytest.fixture(scope="session")
def expired(authority, now) -> Issued:
    """A pair whose last day was yesterday."""
    young = CertificateAuthority.create(now=now - timedelta(days=9))
    return issue_pair(["localhost"], now=now - timedelta(days=8), days=7, ca=young)


@pytest.fixture(scope="session")
def rsa_issued(now) -> Issued:
    """A self-signed RSA pair, as openssl users make them."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = common_name("rsa.example")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(key_usage(signs_handshakes=True), critical=True)
        .sign(key, SHA256())
    )
    pem = dump_certificate(certificate)
    return Issued(ca_pem=pem, ca_key=dump_key(key), cert_pem=pem, key=dump_key(key))


@pytest.fixture
def put() -> Callable[[Path, Issued], tuple[Path, Path]]:
    """Write a pair to a folder, over whatever is there, and give the paths of certificate and key."""

    def write(folder: Path, issued: Issued) -> tuple[Path, Path]:
        write_pair(folder, issued.to_store(with_ca_key=False), force=True)
        return folder / "tls.crt", folder / "tls.key"

    return write


@pytest.fixture
def mount() -> Callable[[Path, Issued], tuple[Path, Path]]:
    """Mount a pair as the kubelet mounts a Secret, or exchange the one that is mounted; gives the paths to read."""

    def exchange(folder: Path, issued: Issued) -> tuple[Path, Path]:
        version = f"..{len(list(folder.iterdir()))}"
        write_pair(folder / version, issued.to_store(with_ca_key=False))
        (folder / "..data_tmp").symlink_to(version)
        (folder / "..data_tmp").rename(folder / "..data")
        for name in ("tls.crt", "tls.key", "ca.crt"):
            if not (folder / name).is_symlink():
                (folder / name).symlink_to(Path("..data") / name)
        return folder / "tls.crt", folder / "tls.key"

    return exchange


class EchoServer:
    """Sends back what each connection sends, until it is closed; `refused` holds the reasons of failed handshakes."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.refused: list[str] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if not self.port:
                connection.close()
                return
            connection.settimeout(PATIENCE)
            thread = threading.Thread(target=self._echo, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _echo(self, connection: socket.socket) -> None:
        with connection:
            try:
                with self._context.wrap_socket(connection, server_side=True) as secured:
                    while data := secured.recv(1024):
                        secured.sendall(data)
            except OSError as error:
                self.refused.append(getattr(error, "reason", None) or str(error))

    def close(self) -> None:
        """End it and wait for its connections, whose clients have to be gone; once more does nothing."""
        if not self.port:
            return
        address, self.port = ("127.0.0.1", self.port), 0
        socket.create_connection(address, PATIENCE).close()
        for thread in self._threads:
            thread.join(PATIENCE)
        self._listener.close()


@pytest.fixture
def serve() -> Iterator[Callable[[ssl.SSLContext], EchoServer]]:
    """Start echo servers that end with the test."""
    servers: list[EchoServer] = []

    def start(context: ssl.SSLContext) -> EchoServer:
        servers.append(EchoServer(context))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def trusting() -> Callable[[bytes], ssl.SSLContext]:
    """Make a client's context that trusts only the given bundle, and checks it strictly."""

    def client(ca_pem: bytes) -> ssl.SSLContext:
        context = ssl.create_default_context(cadata=ca_pem.decode())
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        return context

    return client


@pytest.fixture(scope="session")
def dial() -> Callable[..., object]:
    """Open one TLS connection over loopback; a context manager."""

    @contextmanager
    def connect(port: int, context: ssl.SSLContext, host: str = "localhost") -> Iterator[ssl.SSLSocket]:
        with (
            socket.create_connection(("127.0.0.1", port), PATIENCE) as plain,
            context.wrap_socket(plain, server_hostname=host) as secured,
        ):
            yield secured

    return connect


@pytest.fixture(scope="session")
def seen() -> Callable[[ssl.SSLSocket], str]:
    """The SHA-256 of the certificate that a connection was shown, in hex."""

    def fingerprint(secured: ssl.SSLSocket) -> str:
        shown = secured.getpeercert(binary_form=True)
        assert shown is not None
        return x509.load_der_x509_certificate(shown).fingerprint(SHA256()).hex()

    return fingerprint
