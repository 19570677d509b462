"""A load of POSTs over a fixed number of kept-alive TLS connections, for a fixed time; prints one JSON line.

Run as a program of its own, so that it has a processor of its own: load.py PORT CA_FILE BODY_FILE PATH SECONDS CONNECTIONS
"""

import asyncio
import json
import os
import ssl
import sys
import time
from pathlib import Path

import uvloop

WARM_UP_SECONDS = 0.5


class Caller(asyncio.Protocol):
    """One connection: a request after the answer to the one before, each latency noted."""

    def __init__(self, request: bytes, latencies: list[float], until: float) -> None:
        self.request, self.latencies, self.until = request, latencies, until
        self.done = asyncio.get_running_loop().create_future()
        self.wanted, self.buffer = 0, b""

    def connection_made(self, transport):
        self.transport = transport
        self.send()

    def send(self):
        self.started = time.perf_counter()
        self.transport.write(self.request)

    def data_received(self, data):
        self.buffer += data
        if not self.wanted:
            head, gap, _ = self.buffer.partition(b"\r\n\r\n")
            if not gap:
                return
            assert head.startswith(b"HTTP/1.1 200"), head
            length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
            self.wanted = len(head) + 4 + int(length)
        if len(self.buffer) < self.wanted:
            return
        now = time.perf_counter()
        self.latencies.append(now - self.started)
        self.buffer, self.wanted = b"", 0
        if now < self.until:
            self.send()
        else:
            self.transport.close()
            self.done.set_result(None)

    def connection_lost(self, _error):
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server closed the connection"))


async def load(port, context, request, seconds, connections):
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    started = time.perf_counter()
    callers = []
    for _ in range(connections):
        _, caller = await loop.create_connection(
            lambda: Caller(request, latencies, started + seconds), "127.0.0.1", port, ssl=context
        )
        callers.append(caller.done)
    await asyncio.gather(*callers)
    return len(latencies) / (time.perf_counter() - started), sorted(latencies)


def main():
    port, ca, body_file, path, seconds, connections = sys.argv[1:]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    body = Path(body_file).read_bytes()
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    context = ssl.create_default_context(cafile=ca)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(load(int(port), context, head.encode() + body, WARM_UP_SECONDS, int(connections)))
        rate, latencies = runner.run(load(int(port), context, head.encode() + body, float(seconds), int(connections)))
    p99 = latencies[int(len(latencies) * 0.99)]
    print(json.dumps({"rate": rate, "p50": latencies[len(latencies) // 2], "p99": p99, "requests": len(latencies)}))


if __name__ == "__main__":
    main()
