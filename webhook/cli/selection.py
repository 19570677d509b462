"""Which findings are wanted: `--select` and `--ignore`, by code, family, prefix or tier."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from webhook.cli.talk import complain
from webhook.core.finding import Finding
from webhook.core.rule import Tier
from webhook.policy.catalogue import rules


@dataclass(frozen=True, slots=True)
class Selection:
    """Prefixes of codes that are wanted and unwanted; nothing wanted means everything.

    `asked` holds what `--select` asks for beyond the default tier: tiers, families and codes.
    """

    select: tuple[str, ...] = ("",)
    ignore: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    @classmethod
    def of(cls, select: Iterable[str] | None, ignore: Iterable[str] | None) -> Self:
        """Read the options: each may hold several codes with commas between, in small letters too."""
        wanted = _parts(select)
        tiers = tuple(part.lower() for part in wanted if part.lower() in list(Tier))
        codes = _codes("--select", (part for part in wanted if part.lower() not in list(Tier)))
        # A tier alone narrows nothing: it brings more rules.
        return cls(("",) if tiers or not codes else codes, _codes("--ignore", _parts(ignore)), tiers + codes)

    def takes(self, finding: Finding) -> bool:
        """Say whether a finding is wanted; the longest prefix that fits decides, and at a tie leaving out wins."""
        return _longest(finding.code, self.select) > _longest(finding.code, self.ignore)


def _longest(code: str, prefixes: tuple[str, ...]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)


def _parts(given: Iterable[str] | None) -> list[str]:
    return [part for text in given or () for one in text.split(",") if (part := one.strip())]


def _codes(option: str, parts: Iterable[str]) -> tuple[str, ...]:
    codes = tuple(part.upper() for part in parts)
    for code in codes:
        if not any(known.startswith(code) for known in rules()):
            complain(f"{option} {code}: no rule has this code or prefix; `prologue rules` lists them")
    return codes
