"""Worker processes: all cores for many files.

Ours and not a library's pool, because of three promises: Ctrl-C ends everything at once without a trace, a worker that
dies is told with the file that it had, and no worker outlives us, not even where we are killed.
"""

import multiprocessing as mp
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from webhook.cli.garbage import collect
from webhook.core.errors import PrologueError

T = TypeVar("T")
Work = Callable[[Any], T]

# How often we look up from waiting, to tell how far we are.
_LOOK_UP_SECONDS = 0.1
_LET_GO_SECONDS = 5.0


class WorkerError(PrologueError):
    """A worker failed at a piece: our fault."""


@dataclass(frozen=True, slots=True)
class _Failed:
    """An error of a worker, as it would have been shown there."""

    trace: str


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: Any  # as the context
    connection: Connection
    # Numbers of the pieces that it works on, and the pieces.
    todo: deque[tuple[int, Any]] = field(default_factory=deque)


def work_in_parallel(
    batches: Iterator[Sequence[tuple[int, Any]]],
    work: Work[T],
    *,
    jobs: int,
    tick: Callable[[], None] = lambda: None,
    context: Any = None,  # of multiprocessing; each kind has a class of its own
) -> Generator[tuple[int, T], None, None]:
    """Give number and answer of every piece as they become ready; `tick` is called while we wait.

    Raises:
        WorkerError: the work failed, or a worker died; the message names the piece.
    """
    workers: list[_Worker[T]] = []
    try:
        _start(workers, batches, work, jobs, context or _context())
        while busy := {worker.connection: worker for worker in workers if worker.todo}:
            for ready in wait(list(busy), _LOOK_UP_SECONDS):
                worker = busy[ready]  # type: ignore[index]  # what we waited for is what we gave
                yield worker.todo[0][0], _answer(worker)
                worker.todo.popleft()
                if not worker.todo:
                    _feed(worker, batches)
            tick()
    finally:
        _end(workers)


def _context() -> Any:
    """Fork where that is safe: a fresh interpreter would import for a third of a second."""
    safe = sys.platform == "linux" and threading.active_count() == 1
    return mp.get_context("fork" if safe else "spawn")


def _start(
    workers: list[_Worker[T]], batches: Iterator[Sequence[tuple[int, Any]]], work: Work[T], jobs: int, context: Any
) -> None:
    """Start as many workers as there is work for, and give each its first."""
    forked = context.get_start_method() == "fork"
    with _deaf():
        for batch in islice(batches, jobs):
            near, far = context.Pipe()
            # A forked worker holds our ends too: unless it closes them, it never learns that we are gone.
            ours = (*(worker.connection for worker in workers), near) if forked else ()
            process = context.Process(target=_serve, args=(far, work, ours), daemon=True)
            process.start()
            far.close()
            workers.append(_Worker(process, near))
            _send(workers[-1], batch)


@contextmanager
def _deaf() -> Iterator[None]:
    """Let Ctrl-C wait: a worker that is born meanwhile never hears it, we do afterwards."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover  # not on every system
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _feed(worker: _Worker[T], batches: Iterator[Sequence[tuple[int, Any]]]) -> None:
    """Give the next batch to a worker that has none: only then does it read, and nobody waits for each other."""
    batch = next(batches, None)
    if batch is not None:
        _send(worker, batch)


def _send(worker: _Worker[T], batch: Sequence[tuple[int, Any]]) -> None:
    worker.todo.extend(batch)
    try:
        worker.connection.send([piece for _, piece in batch])
    except OSError:
        raise _dead(worker) from None


def _answer(worker: _Worker[T]) -> T:
    try:
        answer = worker.connection.recv()
    except (EOFError, OSError):
        raise _dead(worker) from None
    if isinstance(answer, _Failed):
        error = WorkerError(f"{_name(worker)}: it could not be checked")
        error.add_note(answer.trace)
        raise error
    given: T = answer
    return given


def _dead(worker: _Worker[T]) -> WorkerError:
    worker.process.join(_LET_GO_SECONDS)
    code = worker.process.exitcode
    return WorkerError(f"{_name(worker)}: the worker that had it died (exit code {code}); was there memory enough?")


def _name(worker: _Worker[T]) -> str:
    return str(worker.todo[0][1])


def _end(workers: Sequence[_Worker[T]]) -> None:
    for worker in workers:
        worker.connection.close()
        worker.process.kill()
    for worker in workers:
        worker.process.join(_LET_GO_SECONDS)


def _serve(connection: Connection, work: Work[T], inherited: Sequence[Connection]) -> None:
    """Be a worker: answer every piece of every batch, until there is nobody to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for us to answer, and we end the workers
    for one in inherited:
        one.close()
    try:
        while True:
            for piece in connection.recv():
                connection.send(_tried(work, piece))
            collect()
    except (EOFError, OSError):
        return


def _tried(work: Work[T], piece: Any) -> T | _Failed:
    try:
        return work(piece)
    except Exception:  # noqa: BLE001  # it is told where our faults are told
        return _Failed(traceback.format_exc())
