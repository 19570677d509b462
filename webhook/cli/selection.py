"""Which findings are wanted: `--select` and `--ignore`, by code, family or prefix."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from webhook.cli.talk import complain
from webhook.core.finding import Finding
from webhook.policy.catalogue import rules


@dataclass(frozen=True, slots=True)
class Selection:
    """Prefixes of codes that are wanted and unwanted; nothing wanted means everything."""

    select: tuple[str, ...] = ("",)
    ignore: tuple[str, ...] = ()

    @classmethod
    def of(cls, select: Iterable[str] | None, ignore: Iterable[str] | None) -> Self:
        """Read the options: each may hold several codes with commas between, in small letters too."""
        return cls(_codes("--select", select) or ("",), _codes("--ignore", ignore))

    def takes(self, finding: Finding) -> bool:
        """Say whether a finding is wanted; the longest prefix that fits decides, and at a tie leaving out wins."""
        return _longest(finding.code, self.select) > _longest(finding.code, self.ignore)


def _longest(code: str, prefixes: tuple[str, ...]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)


def _codes(option: str, given: Iterable[str] | None) -> tuple[str, ...]:
    codes = tuple(code for text in given or () for part in text.split(",") if (code := part.strip().upper()))
    for code in codes:
        if not any(known.startswith(code) for known in rules()):
            complain(f"{option} {code}: no rule has this code or prefix; `prologue rules` lists them")
    return codes
