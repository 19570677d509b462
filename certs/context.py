"""The TLS settings of a server, on a context made from PEM text in memory."""

import os
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from certs.errors import CertificateError
from certs.secret import PrivateKey

# For TLS 1.2 only forward secrecy with authenticated encryption (RFC 9325 section 4.2); TLS 1.3 has nothing else.
CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
# The API server speaks HTTP/1.1 to webhooks, and so does the server that this context is for.
PROTOCOLS = ["http/1.1"]


def server_context(cert_pem: bytes, key: PrivateKey, *, where: str) -> ssl.SSLContext:
    """A context that serves the chain with the key: TLS 1.2 or newer, HTTP/1.1, no compression, no renegotiation.

    Raises:
        CertificateError: the TLS library takes the two not, or not together.
    """
    context = bare_context()
    with _as_file(cert_pem + b"\n" + key.reveal()) as path:
        try:
            context.load_cert_chain(path)
        except ssl.SSLError as error:
            raise CertificateError(f"{where}: the TLS library refuses the pair ({error.reason})") from error
    return context


def bare_context() -> ssl.SSLContext:
    """The same settings with no certificate yet."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
    context.set_ciphers(CIPHERS)
    context.set_alpn_protocols(PROTOCOLS)
    return context


@contextmanager
def _as_file(content: bytes) -> Iterator[str]:
    """A path to the content, for as long as the block lasts: the library reads certificates from files only.

    Where the system has them, the file is one in memory, so that the key reaches no disk and a container needs no
    writable folder.
    """
    if hasattr(os, "memfd_create"):
        with os.fdopen(os.memfd_create("certs"), "wb") as memory:
            memory.write(content)
            memory.flush()
            yield f"/proc/self/fd/{memory.fileno()}"
    else:
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            yield file.name
