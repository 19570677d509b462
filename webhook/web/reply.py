"""Answers written straight to ASGI: a status, a body, the few headers that matter."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Header = tuple[bytes, bytes]

_JSON: Header = (b"content-type", b"application/json")
_TEXT: Header = (b"content-type", b"text/plain; charset=utf-8")
_CLOSE: Header = (b"connection", b"close")


async def reply(send: Send, status: int, body: bytes, *, close: bool = False) -> None:
    """Send JSON; `close` asks the caller to open a new connection next time, elsewhere."""
    await _send(send, status, body, [_JSON, *([_CLOSE] if close else [])])


async def reply_text(send: Send, status: int, text: str, *, extra: Header | None = None, close: bool = False) -> None:
    """Send plain text: the API server shows it to the person who was waiting."""
    headers = [_TEXT, *([extra] if extra else []), *([_CLOSE] if close else [])]
    await _send(send, status, text.encode("utf-8", "replace"), headers)


async def _send(send: Send, status: int, body: bytes, headers: list[Header]) -> None:
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
