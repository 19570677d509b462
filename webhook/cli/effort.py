"""How the work is done: one piece after the other, or on all cores where there is enough of it."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import TypeVar

from webhook.cli.garbage import collect
from webhook.cli.piece import PIECE_BYTES, Piece, pieces_of
from webhook.cli.progress import Progress
from webhook.cli.source import Source
from webhook.cli.style import clean

T = TypeVar("T")
Numbered = Sequence[tuple[int, Source]]

# Below this a second process costs more than it gives.
_MANY_FILES = 50
_MANY_BYTES = 1024 * 1024
# A batch is sent at once; the last ones should be small enough that nobody waits long for them.
_BATCH_FILES = 64
_BATCHES_PER_WORKER = 4


def cores() -> int:
    """Give how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # pragma: no cover  # not on every system
        return os.cpu_count() or 1


def work_through(sources: Numbered, work: Callable[[Piece], T], *, jobs: int) -> list[tuple[int, T]]:
    """Give the number of the source and the answer for every piece, in order; shows progress on a terminal.

    Raises:
        WorkerError: the work failed in a worker, which is our fault.
    """
    total = sum(source.size for _, source in sources)
    progress = Progress(_what(sources), total)
    try:
        if jobs > 1 and (len(sources) > _MANY_FILES or total > _MANY_BYTES):
            return _on_all_cores(sources, work, jobs, progress)
        return _alone(sources, work, progress)
    finally:
        progress.erase()


def _alone(sources: Numbered, work: Callable[[Piece], T], progress: Progress) -> list[tuple[int, T]]:
    answers = []
    held = 0
    for piece in pieces_of(sources):
        try:
            answers.append((piece.number, work(piece)))
        except Exception as error:
            error.add_note(f"{piece}: it could not be checked")
            raise
        progress.add(piece.size)
        held += piece.size
        if held >= PIECE_BYTES:
            collect()
            held = 0
    return answers


def _on_all_cores(sources: Numbered, work: Callable[[Piece], T], jobs: int, progress: Progress) -> list[tuple[int, T]]:
    from webhook.cli.pool import work_in_parallel  # noqa: PLC0415  # most runs need no processes

    answers: dict[int, T] = {}
    meta: list[tuple[int, int]] = []  # of each piece the number of its source, and its size
    most = max(1, min(_BATCH_FILES, len(sources) // (jobs * _BATCHES_PER_WORKER)))
    batches = _batches(pieces_of(sources), most, meta)
    with closing(work_in_parallel(batches, work, jobs=jobs, tick=progress.tick)) as ready:
        for number, answer in ready:
            answers[number] = answer
            progress.add(meta[number][1])
    return [(source, answers[number]) for number, (source, _) in enumerate(meta)]


def _batches(pieces: Iterator[Piece], most: int, meta: list[tuple[int, int]]) -> Iterator[list[tuple[int, Piece]]]:
    """Give pieces by the batch, numbered; none is made before somebody has time for it."""
    batch: list[tuple[int, Piece]] = []
    held = 0
    for piece in pieces:
        batch.append((len(meta), piece))
        meta.append((piece.number, piece.size))
        held += piece.size
        if held >= PIECE_BYTES or len(batch) >= most:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _what(sources: Numbered) -> str:
    return f"{len(sources)} files" if len(sources) != 1 else clean(sources[0][1].name)
