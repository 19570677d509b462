"""The answers of all pieces, put together as if one had read everything in order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from webhook.cli.checking import Answer
from webhook.cli.problem import Problem
from webhook.cli.result import Outcome
from webhook.cli.source import Source


def merged(listed: Sequence[Source | Problem], answers: Iterable[tuple[int, Answer]]) -> tuple[Outcome, list[str]]:
    """Give what was found and what is to be told; `answers` come in order, each with the number of its source.

    A file that cannot be read to its end counts for nothing, as kubectl refuses it.
    """
    by_source: dict[int, list[Answer]] = {}
    for number, answer in answers:
        by_source.setdefault(number, []).append(answer)
    outcome = Outcome([], [])
    warnings: dict[str, None] = {}
    asides: dict[str, None] = {}
    for number, source in enumerate(listed):
        if isinstance(source, Problem):
            outcome.problems.append(source)
            continue
        parts = by_source.get(number, [])
        fault = next((part.fault for part in parts if part.fault is not None), None)
        if fault is not None:
            outcome.problems.append(fault)
            continue
        before = 0
        for part in parts:
            outcome.results.extend(replace(one, index=one.index + before) if before else one for one in part.results)
            outcome.problems.extend(part.problems)
            warnings.update(dict.fromkeys(part.warnings))
            asides.update(dict.fromkeys(part.asides))
            before += part.documents
    return outcome, [*warnings, *asides]
