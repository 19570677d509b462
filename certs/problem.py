"""What can be wrong with a certificate: a value, never an exception."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certs.facts import Facts
from certs.validity import spell


class ProblemKind(StrEnum):
    """The ways in which a certificate fails its server."""

    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    KEY_MISMATCH = "key-mismatch"
    NAME_MISSING = "name-missing"
    UNTRUSTED = "untrusted"
    NOT_A_SERVER = "not-a-server"
    WEAK_KEY = "weak-key"
    WEAK_SIGNATURE = "weak-signature"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and in `message` what to do about it."""

    kind: ProblemKind
    message: str


def date_problems(certificates: Iterable[Facts], moment: datetime) -> Iterator[Problem]:
    """What is wrong with the dates of each certificate at the moment, which is in UTC."""
    for each in certificates:
        if moment > each.not_after:
            yield Problem(ProblemKind.EXPIRED, f"{each.title} expired on {spell(each.not_after)}: issue a new one")
        if moment < each.not_before:
            yield Problem(
                ProblemKind.NOT_YET_VALID,
                f"{each.title} is valid only from {spell(each.not_before)}: wait, or check this machine's clock",
            )
