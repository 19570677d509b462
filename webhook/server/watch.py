"""Policies and certificates that change while the service runs: looked at, proven, exchanged, and told of."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import watchfiles

from certs.reload import ServingPair, Verdict
from webhook.server.settings import Settings
from webhook.web.log import Logger
from webhook.web.state import State

# Mounted Secrets and ConfigMaps change without reliable events: the files are looked at this often, events or not.
LOOK_SECONDS = 2.0


def utc_now() -> dt.datetime:
    """Read the clock: the only place where the service does."""
    return dt.datetime.now(dt.UTC)


@contextlib.asynccontextmanager
async def background(work: AsyncIterator[None]) -> AsyncIterator[None]:
    """Work beside a `with` block, and end with it."""

    async def drive() -> None:
        async for _ in work:
            pass

    task = asyncio.create_task(drive())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def watch(settings: Settings, state: State, pair: ServingPair, log: Logger) -> AsyncIterator[None]:
    """Look at the policy files and the certificate files now and then, and whenever something near them changes."""
    files = [*settings.policies, *(path for path in (settings.tls_cert, settings.tls_key) if path is not None)]
    async for _ in _ticks({path if path.is_dir() else path.parent for path in files}):
        try:
            await asyncio.to_thread(_look, state, pair, log)
        except Exception:
            # A watcher that dies in silence would serve yesterday's policy for ever.
            log.exception("fault", while_doing="looking at the files")
        yield


async def _ticks(folders: set[Path]) -> AsyncIterator[None]:
    """Tick when a folder changes and at least every `LOOK_SECONDS`; without events the clock alone must do."""
    milliseconds = int(LOOK_SECONDS * 1000)
    while True:
        with contextlib.suppress(OSError, RuntimeError):
            if folders:
                async for _ in watchfiles.awatch(
                    *folders, recursive=False, yield_on_timeout=True, rust_timeout=milliseconds, debounce=100, step=50
                ):
                    yield
        await asyncio.sleep(LOOK_SECONDS)
        yield


def _look(state: State, pair: ServingPair, log: Logger) -> None:
    now, yesterday = utc_now(), state.facts.today
    state.set_today(now)
    changed = bool(state.store.paths) and _look_at_policies(state, log)
    if changed or state.facts.today != yesterday:
        tell_ended(state, log, told="" if changed else yesterday)
    outcome = pair.refresh(now)
    problem = outcome.reason or outcome.warning
    if outcome.verdict is Verdict.RELOADED:
        log.info("certificate loaded", fingerprint=pair.fingerprint, not_after=pair.not_after.isoformat())
    if problem and problem != state.certificate_problem:
        log.error("certificate refused" if outcome.reason else "certificate doubtful", problem=problem)
    tell_certificate(state, pair, problem, refused=outcome.verdict is Verdict.REFUSED)


def _look_at_policies(state: State, log: Logger) -> bool:
    """Read the policy files again if they changed; say whether another policy is in force."""
    before = state.store.problems
    reload = state.store.refresh()
    broken = bool(reload.problems)
    newly = broken and reload.problems != before
    state.metrics.policy_looked_at(changed=reload.changed, newly_broken=newly, broken=broken)
    if reload.changed:
        log.info("policy loaded", digest=state.store.current.digest)
    elif newly:
        log.error("policy broken", problems=reload.problems, serving=state.store.current.digest)
    elif before and not broken:
        log.info("policy mended", digest=state.store.current.digest)
    return reload.changed


def tell_ended(state: State, log: Logger, told: str = "") -> None:
    """Log the exemptions whose last day is over, but for those of which it was told on an earlier day."""
    policy = state.store.current
    known = policy.ended(told)
    for one in policy.ended(state.facts.today):
        if one not in known:
            log.warning("exemption ended", policy=one.policy, exemption=str(one))


def tell_certificate(state: State, pair: ServingPair, problem: str, *, refused: bool = False) -> None:
    """Let readiness and metrics know of the certificate that is shown."""
    state.certificate_problem = problem
    state.certificate_not_after = pair.not_after
    state.metrics.certificate(pair.not_after.timestamp(), refused=refused)
