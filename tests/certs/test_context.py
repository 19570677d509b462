import os
import socket
import ssl
import warnings
from contextlib import suppress

import pytest

from certs.context import server_context
from certs.errors import CertificateError


def test_a_client_that_trusts_the_authority_connects_by_name_and_by_address(issued, serve, trusting, dial):
    server = serve(server_context(issued.cert_pem, issued.key, where="tls.crt"))

    for host in ("localhost", "127.0.0.1"):
        with dial(server.port, trusting(issued.ca_pem), host) as connection:
            connection.sendall(b"hello")
            assert connection.recv(16) == b"hello"


def test_a_client_that_calls_another_name_turns_away(issued, serve, trusting, dial):
    server = serve(server_context(issued.cert_pem, issued.key, where="tls.crt"))

    with (
        pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"),
        dial(server.port, trusting(issued.ca_pem), "elsewhere"),
    ):
        pass


def test_a_client_that_trusts_another_authority_turns_away(issued, rsa_issued, serve, trusting, dial):
    server = serve(server_context(issued.cert_pem, issued.key, where="tls.crt"))

    with pytest.raises(ssl.SSLCertVerificationError), dial(server.port, trusting(rsa_issued.ca_pem)):
        pass


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=lambda each: each.name)
def test_current_versions_are_spoken_with_forward_secrecy(issued, serve, trusting, dial, version):
    server = serve(server_context(issued.cert_pem, issued.key, where="tls.crt"))
    client = trusting(issued.ca_pem)
    client.minimum_version = client.maximum_version = version

    with dial(server.port, client) as connection:
        assert connection.version() == version.name.replace("_", ".")
        assert connection.cipher()[0].startswith(("TLS_AES", "TLS_CHACHA20", "ECDHE"))
        assert connection.compression() is None


def test_tls_1_1_is_refused(issued, serve, dial):
    server = serve(server_context(issued.cert_pem, issued.key, where="tls.crt"))
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.load_verify_locations(cadata=issued.ca_pem.decode())
    # The client must be willing, else it would be the one who refuses.
    client.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        client.minimum_version = client.maximum_version = ssl.TLSVersion.TLSv1_1

    with pytest.raises(ssl.SSLError, match="TLSV1_ALERT_PROTOCOL_VERSION"), dial(server.port, client):
        pass


def test_http_1_1_is_agreed_on(issued, serve, trusting, dial):
    server = serve(server_context(issued.cert_pem, issued.key, where="tls.crt"))
    client = trusting(issued.ca_pem)
    client.set_alpn_protocols(["h2", "http/1.1"])

    with dial(server.port, client) as connection:
        assert connection.selected_alpn_protocol() == "http/1.1"


def test_plain_text_is_refused_and_the_server_goes_on(issued, serve, trusting, dial):
    server = serve(server_context(issued.cert_pem, issued.key, where="tls.crt"))

    with socket.create_connection(("127.0.0.1", server.port), 5) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with suppress(ConnectionResetError):
            plain.recv(64)
    with dial(server.port, trusting(issued.ca_pem)) as connection:
        connection.sendall(b"hello")
        assert connection.recv(16) == b"hello"

    server.close()
    assert server.refused == ["HTTP_REQUEST"]


def test_a_pair_that_does_not_fit_is_refused_with_the_librarys_reason(issued, other):
    with pytest.raises(CertificateError, match=r"tls\.crt: the TLS library refuses the pair \(KEY_VALUES_MISMATCH\)"):
        server_context(issued.cert_pem, other.key, where="tls.crt")


def test_a_system_without_files_in_memory_does_as_well(issued, monkeypatch, tmp_path):
    monkeypatch.delattr(os, "memfd_create")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    context = server_context(issued.cert_pem, issued.key, where="tls.crt")

    assert context.cert_store_stats() == {"x509": 0, "crl": 0, "x509_ca": 0}
    assert list(tmp_path.iterdir()) == []
