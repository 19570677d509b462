"""A connection whose caller never finishes: hung up on after a while, which these tests make short."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from webhook.server import connection
from webhook.server.run import _Server
from webhook.server.sockets import listen, uvicorn_config

PATIENCE = 10.0
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def hello(_scope: Any, _receive: Any, send: Any) -> None:
    """Answer everything with one word."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


@contextlib.asynccontextmanager
async def caller(keep_alive: float = 60) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Open a connection to a server that ends with the block."""
    config = uvicorn_config(hello, None)
    config.timeout_keep_alive = keep_alive  # type: ignore[assignment]  # uvicorn passes it to call_later
    server = _Server(config)
    with listen("127.0.0.1", 0) as sock:
        address = sock.getsockname()
        running = asyncio.create_task(server.serve(sockets=[sock]))
        reader, writer = await asyncio.open_connection(*address)
        try:
            async with asyncio.timeout(PATIENCE):
                yield reader, writer
        finally:
            writer.close()
            server.should_exit = True
            await running


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    writer.write(GET)
    return await reader.readuntil(b"hello")


async def hung_up(reader: asyncio.StreamReader) -> bool:
    """Wait until the other side has gone."""
    with contextlib.suppress(ConnectionError):
        await reader.read()
    return True


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for heads a moment only."""
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.2)


def test_a_head_that_does_not_come_is_not_waited_for(hasty):
    async def story() -> bool:
        async with caller() as (reader, writer):
            writer.write(GET[:-2])
            return await hung_up(reader)

    assert asyncio.run(story())


def test_a_head_that_drips_is_not_waited_for(hasty):
    async def story() -> int:
        async with caller() as (_, writer):
            for sent, byte in enumerate(b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 10_000):
                if writer.transport.is_closing():
                    return sent
                writer.write(bytes([byte]))
                await asyncio.sleep(0.02)
        return -1

    assert 0 < asyncio.run(story()) < 100


def test_the_head_of_a_later_request_is_not_waited_for_either(hasty):
    async def story() -> bool:
        async with caller() as (reader, writer):
            await ask(reader, writer)
            writer.write(GET[:-2])
            return await hung_up(reader)

    assert asyncio.run(story())


def test_a_connection_between_two_requests_may_take_its_time(hasty):
    async def story() -> bytes:
        async with caller() as (reader, writer):
            await ask(reader, writer)
            await asyncio.sleep(0.5)
            return await ask(reader, writer)

    assert asyncio.run(story()).startswith(b"HTTP/1.1 200 OK")


def test_a_connection_held_in_reserve_is_kept_as_long_as_an_idle_one(hasty):
    async def story() -> tuple[bytes, bool]:
        async with caller(keep_alive=1) as (reader, writer):
            await asyncio.sleep(0.5)
            answer = await ask(reader, writer)
        async with caller(keep_alive=0.2) as (reader, _):
            return answer, await hung_up(reader)

    answer, gone = asyncio.run(story())

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert gone


@pytest.mark.parametrize("size", [1_000, 60_000])
def test_a_head_of_any_likely_size_is_read(size: int):
    async def story() -> bytes:
        async with caller() as (reader, writer):
            for piece in (GET[:-2], b"x: ", b"y" * (size // 2), b"y" * (size // 2), b"\r\n\r\n"):
                writer.write(piece)
                await writer.drain()
            return await reader.readuntil(b"hello")

    assert asyncio.run(story()).startswith(b"HTTP/1.1 200 OK")
