"""Listening sockets, and uvicorn's configuration for them."""

import contextlib
import socket
import ssl

import uvicorn

from certs.reload import ServingPair
from webhook.core.errors import MisuseError
from webhook.server.connection import Connection

# client-go keeps idle connections for 90 s and does not retry a POST on one that the server closed first: the server
# has to be the more patient side.
KEEP_ALIVE_SECONDS = 150
# A review takes milliseconds and the API server waits 30 s at most.
GRACEFUL_SECONDS = 30
BACKLOG = 2048


def listen(host: str, port: int) -> socket.socket:
    """Take a port of a host and listen; 0 is any free one.

    Two sockets may be bound to one port as long as neither listens, so binding alone would prove nothing.

    Raises:
        MisuseError: the port is taken, or not ours to take.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with contextlib.ExitStack() as stack:
            sock = stack.enter_context(socket.socket(family, kind, proto))
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind(address)
            sock.listen(BACKLOG)
            stack.pop_all()
    except OSError as error:
        hint = "choose another with --port or --operations-port, or 0 for any free one"
        raise MisuseError(f"cannot listen on {host} port {port}: {error.strerror or error}; {hint}") from error
    return sock


def authority(address: tuple[object, ...]) -> str:
    """Give an address as it stands in a URL."""
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in str(host) else f"{host}:{port}"


def uvicorn_config(app: object, pair: ServingPair | None) -> uvicorn.Config:
    """Give the configuration of one port; with a pair it speaks TLS."""

    def context(_config: uvicorn.Config, _default: object) -> ssl.SSLContext:
        assert pair is not None  # noqa: S101  # given to the TLS port only
        return pair.make_context()

    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # FastAPI is an ASGI application; uvicorn spells the type more narrowly
        loop="none",
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        backlog=BACKLOG,
        ssl_context_factory=context if pair is not None else None,
    )
