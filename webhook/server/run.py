"""The service from its first log line to its last."""

import asyncio
import contextlib
import gc
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
from webhook.server.watch import background, tell_certificate, tell_ended, utc_now, watch
from webhook.web.app import admission_app
from webhook.web.log import logger
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
        servers = [
            _Server(uvicorn_config(admission_app(state), pair)),
            _Server(uvicorn_config(operations_app(state), None)),
        ]
        stop = _stop_signals()
        async with background(watch(settings, state, pair, logger())):
            running = await _start(servers, sockets)
            _settle_garbage()
            _tell_start(state, sockets)
            tell_ended(state, logger())
            await stop.wait()
            await _end(state, settings, stop, servers, running)


def _stop_signals() -> asyncio.Event:
    """Give an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    return stop


async def _start(servers: list[_Server], sockets: list[socket.socket]) -> list[asyncio.Task[None]]:
    running = [asyncio.create_task(server.serve(sockets=[sock])) for server, sock in zip(servers, sockets, strict=True)]
    while not all(server.started for server in servers):
        if any(task.done() for task in running):
            await asyncio.gather(*running)
            raise MisuseError("the server did not start; its own log says why")
        await asyncio.sleep(0.01)
    return running


def _settle_garbage() -> None:
    """Look for garbage once and never again in what is there by now: modules, rules, policies.

    Going through all that takes 50 ms, in which reviews would wait; through what reviews leave behind, 1 ms (measured).
    """
    gc.collect()
    gc.freeze()


def _tell_start(state: State, sockets: list[socket.socket]) -> None:
    state.started = True
    https, plain = (authority(sock.getsockname()) for sock in sockets)
    logger().info(
        "serving",
        admission=f"https://{https}",
        operations=f"http://{plain}",
        policies=[str(path) for path in state.store.paths],
        injections=[one.name for one in state.store.current.injections],
    )


async def _end(
    state: State, settings: Settings, stop: asyncio.Event, servers: list[_Server], running: list[asyncio.Task[None]]
) -> None:
    """Fail readiness, serve on for a while, finish what is in flight; the operations port goes last."""
    stop.clear()
    state.draining = True
    logger().info("draining", seconds=settings.drain_seconds)
    with contextlib.suppress(TimeoutError):
        # A second signal ends the waiting, not the requests in flight.
        await asyncio.wait_for(stop.wait(), settings.drain_seconds)
    for server, task in zip(servers, running, strict=True):
        server.should_exit = True
        await task
    logger().info("stopped")


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
