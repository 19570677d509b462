"""The service from its first log line to its last."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Iterator

import uvicorn

from webhook.core.errors import MisuseError
from webhook.policy.example import example_policy
from webhook.policy.store import PolicyStore
from webhook.server.pair import serving_pair
from webhook.server.settings import Settings
from webhook.server.sockets import authority, listen, uvicorn_config
from webhook.server.watch import background, tell_certificate, utc_now, watch
from webhook.web.app import admission_app
from webhook.web.log import Logger, logger
from webhook.web.metrics import Metrics
from webhook.web.operations import operations_app
from webhook.web.state import State


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: ours fail readiness first."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then drain and return.

    Raises:
        MisuseError: a port is taken, a policy is broken, a certificate does not fit.
    """
    with contextlib.ExitStack() as stack:
        pair = serving_pair(settings, stack, utc_now())
        state = _state(settings)
        tell_certificate(state, pair, "")
        sockets = [stack.enter_context(listen(settings.host, p)) for p in (settings.port, settings.operations_port)]
        admission = _Server(uvicorn_config(admission_app(state), pair))
        operations = _Server(uvicorn_config(operations_app(state), None))
        log = logger()
        async with background(watch(settings, state, pair, log)):
            await _run(state, admission, operations, sockets, settings, log)


async def _run(
    state: State,
    admission: uvicorn.Server,
    operations: uvicorn.Server,
    sockets: list[socket.socket],
    settings: Settings,
    log: Logger,
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    running = [
        asyncio.create_task(server.serve(sockets=[sock])) for server, sock in zip((admission, operations), sockets, strict=True)
    ]
    while not (admission.started and operations.started):
        if any(task.done() for task in running):
            await asyncio.gather(*running)
            raise MisuseError("the server did not start; its own log says why")
        await asyncio.sleep(0.01)
    state.started = True
    https, plain = (sock.getsockname() for sock in sockets)
    log.info(
        "serving",
        admission=f"https://{authority(https)}",
        operations=f"http://{authority(plain)}",
        policies=[str(path) for path in state.store.paths],
        injections=[one.name for one in state.store.current.injections],
    )
    await stop.wait()
    stop.clear()
    state.draining = True
    log.info("draining", seconds=settings.drain_seconds)
    with contextlib.suppress(TimeoutError):
        # A second signal ends the waiting, not the requests in flight.
        await asyncio.wait_for(stop.wait(), settings.drain_seconds)
    admission.should_exit = True
    await running[0]
    operations.should_exit = True
    await running[1]
    log.info("stopped")


def _state(settings: Settings) -> State:
    store = PolicyStore(settings.policies, minor=settings.minor)
    if settings.dev and not settings.policies:
        store.current = example_policy(minor=settings.minor)
    state = State(store, Metrics(), max_in_flight=settings.max_in_flight)
    state.set_today(utc_now())
    state.metrics.policy_looked_at(changed=True, newly_broken=False, broken=False)
    return state


def run(settings: Settings) -> None:
    """Serve in an event loop of our own: uvloop where it is to be had."""
    try:
        import uvloop  # noqa: PLC0415  # not on Windows

        factory = uvloop.new_event_loop
    except ImportError:
        factory = None
    # A policy folder may be a mounted ConfigMap, written by root for a group: nothing that we write is for others.
    os.umask(0o077)
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(serve(settings))
