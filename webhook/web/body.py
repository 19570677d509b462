"""The body of a request, read whole and never longer than a limit."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from webhook.core.errors import ReviewError

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

# The API server caps a request at 3 MiB; object and oldObject of one UPDATE and their envelope stay below 7 MiB
# (controller-runtime does the same arithmetic in pkg/webhook/admission/http.go).
MAX_BODY_BYTES = 7 * 1024 * 1024
# The API server waits 30 s at most for the whole call.
BODY_TIMEOUT_SECONDS = 30.0


class ClientGoneError(Exception):
    """The caller hung up before its request was complete; there is nobody to answer."""


async def read_body(receive: Receive, headers: dict[bytes, bytes]) -> bytes:
    """Give the body.

    Raises:
        ReviewError: 413 where it is too long (by its header, else as soon as it is), 408 where it does not come.
        ClientGoneError: the caller hung up.
    """
    announced = headers.get(b"content-length", b"")
    # A number too long to be read is too large as well; what is no number is the server's to refuse.
    if announced.isdigit() and (len(announced) > len(str(MAX_BODY_BYTES)) + 9 or int(announced) > MAX_BODY_BYTES):
        raise _too_large()
    try:
        async with asyncio.timeout(BODY_TIMEOUT_SECONDS):
            return await _collect(receive)
    except TimeoutError as error:
        raise ReviewError(408, f"the body did not arrive within {BODY_TIMEOUT_SECONDS:.0f} s") from error


async def _collect(receive: Receive) -> bytes:
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        body: bytes = message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            raise _too_large()
        return body
    chunks: list[bytes] = []
    size = 0
    while True:
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise _too_large()
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)
        message = await receive()


def _too_large() -> ReviewError:
    return ReviewError(413, f"the body is larger than {MAX_BODY_BYTES} bytes (7 MiB)")
