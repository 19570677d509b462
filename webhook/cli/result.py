"""What was found in one document, with places: small values that travel between processes."""

from dataclasses import dataclass

from webhook.cli.engine import Identity
from webhook.cli.excerpt import Excerpt
from webhook.cli.problem import Problem
from webhook.core.finding import Finding
from webhook.core.pod import Raw


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and where it stands; `cause` is the index of the finding of the same document that it follows from."""

    finding: Finding
    line: int
    column: int
    cause: int | None = None
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One document: who it is, what was found, what its Pod costs in the form for scripts (None where there is no Pod).

    `exempted` counts what administrators silenced.
    """

    file: str
    index: int
    identity: Identity
    found: tuple[Found, ...]
    effective: Raw | None
    exempted: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that was found, and all that could not be read, in the order of the arguments."""

    results: list[Result]
    problems: list[Problem]
