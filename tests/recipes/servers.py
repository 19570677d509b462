"""Small servers on loopback for the scripts to talk to."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOPBACK = "127.0.0.1"


@dataclass
class Page:
    """What is answered: `length` is what the header says where it lies; the first `misses` times it is a 503."""

    body: bytes = b""
    status: int = 200
    length: int | None = None
    misses: int = 0
    delay: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """A web server that runs."""

    scheme: str
    port: int
    asked: list[str] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)

    def url(self, path: str, *, user: str = "") -> str:
        """Give the address of a page."""
        return f"{self.scheme}://{user}{LOOPBACK}:{self.port}{path}"


@contextmanager
def site(pages: dict[str, Page], *, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server_site.asked.append(self.path)
            self.server_site.authorizations.append(self.headers.get("Authorization", ""))
            page = pages.get(self.path.partition("?")[0], Page(status=404))
            time.sleep(page.delay)
            missed, page.misses = page.misses > 0, page.misses - 1
            self.send_response(503 if missed else page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(page.body) if page.length is None else page.length))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing of clients that go away."""

    server = Server((LOOPBACK, 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    Handler.server_site = running = Site("https" if tls else "http", server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def has_ipv6() -> bool:
    """Say whether the loopback of this machine has an IPv6 address."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@contextmanager
def port(*, opens_after: float | None = 0.0, family: socket.AddressFamily = socket.AF_INET) -> Iterator[int]:
    """Hold a port that accepts connections after some seconds, or never, and says nothing to whoever comes."""
    with socket.socket(family) as server:
        server.bind(("::1" if family == socket.AF_INET6 else LOOPBACK, 0))
        timer = threading.Timer(opens_after or 0.0, server.listen)
        if opens_after == 0.0:
            server.listen()
        elif opens_after is not None:
            timer.start()
        yield server.getsockname()[1]
        timer.cancel()
