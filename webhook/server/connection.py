"""One connection to a port: uvicorn's, with an end to what a caller may make it wait for or keep in memory."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# The API server's request line and headers are below 1 KiB and come in one piece.
HEAD_MAX_BYTES = 64 * 1024
HEAD_SECONDS = 10.0
# A caller that is there answers the end of a TLS session within a round trip. One that is gone, or does not read,
# would hold up the end of the service for the 30 s that the event loop allows.
FAREWELL_SECONDS = 2.0


class Connection(HttpToolsProtocol):
    """Hangs up on a caller who never finishes the head of a request, and on one who never says goodbye.

    The parser below keeps a head of any length, and uvicorn waits for it for ever. A connection that was opened in
    reserve and never used is left alone as long as an idle one: client-go opens such connections.
    """

    _in_head = True
    _head_bytes = 0
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn narrows it
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what was waited for."""
        self._head_is_here()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head of the request has become too long."""
        unfinished = self._in_head
        super().data_received(data)
        if not self._in_head or self.transport.is_closing():
            return
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD_SECONDS, self.transport.abort)
        if unfinished:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_MAX_BYTES:
                self.transport.abort()

    def on_message_begin(self) -> None:
        """Note that the head of a request has begun."""
        super().on_message_begin()
        self._in_head = True

    def on_headers_complete(self) -> None:
        """Note that the head of a request is here."""
        self._head_is_here()
        super().on_headers_complete()

    def _head_is_here(self) -> None:
        self._in_head = False
        self._head_bytes = 0
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def on_response_complete(self) -> None:
        """After the last answer of a connection, do not wait long for the caller's goodbye."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._part()

    def shutdown(self) -> None:
        """End the connection, now or after the request in flight."""
        super().shutdown()
        if self.transport.is_closing():
            self._part()

    def _part(self) -> None:
        self.loop.call_later(FAREWELL_SECONDS, self.transport.abort)
