"""What wins where several RulePolicies speak of one rule: whatever is said becomes a number, and the greatest wins.

The longer prefix is the greater number, whatever the severities are. Any prefix beats any tier, the nearer tier the
farther one, and all of them the default. Among equals the stricter severity is greater. So it does not matter in which
order policies are read, nor whether one of them says a thing twice.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from webhook.core.finding import Severity
from webhook.core.rule import Rule, Tier

# For each rule of the catalogue, in its order, the greatest number that is said of it; 0 where nothing is said.
Row = tuple[int, ...]

# The severity is the last digit of a number, so to speak.
_BASE = len(Severity)
_BY_STRICTNESS = tuple(sorted(Severity, key=lambda severity: severity.strictness))
# The family of what the API server itself refuses, or warns about.
_KUBERNETES = "IC1"
# What every code begins with.
_EVERYTHING = "IC"


def default_row(catalogue: Iterable[Rule], asked: Collection[str] = ()) -> Row:
    """Give what holds where no policy speaks; `asked` are tiers, codes and prefixes beyond the default tier."""
    severities = (
        rule.asked_severity if any(_asks_for(one, rule) for one in asked) else rule.default_severity
        for rule in catalogue
    )
    return tuple(severity.strictness for severity in severities)


def row_of(said: Mapping[str, Severity], catalogue: Iterable[Rule]) -> Row:
    """Give what one policy says, by code, family, prefix or tier."""
    return tuple(max((_number(word, said[word], rule) for word in said), default=0) for rule in catalogue)


def pooled(rows: Iterable[Row]) -> Row:
    """Give what wins where several speak; at least one row."""
    return tuple(max(column) for column in zip(*rows, strict=True))


def settled(floor: Row, raising: Sequence[Row]) -> tuple[Severity, ...]:
    """Give the severity of each rule.

    What stands in `floor` competes; each row of `raising` competes with the floor too, but alone, and counts only where
    it makes a rule stricter: adding such a row never makes any rule more lenient, whatever the others are.
    """
    rows = [floor, *(pooled((floor, row)) for row in raising)]
    return tuple(_BY_STRICTNESS[max(number % _BASE for number in column)] for column in zip(*rows, strict=True))


def _number(word: str, severity: Severity, rule: Rule) -> int:
    rank = _rank(word, severity, rule)
    return rank * _BASE + severity.strictness if rank else 0


def _rank(word: str, severity: Severity, rule: Rule) -> int:
    """Give how near a word is to a rule, 0 where it does not mean it."""
    if word in list(Tier):
        # The default tier speaks by itself: `strict: Warn` is not to make a warning of what Kubernetes refuses.
        means = rule.tier is not Tier.DEFAULT and Tier(word).includes(rule.tier)
        return len(Tier) - list(Tier).index(Tier(word)) if means else 0
    means = rule.code.startswith(word) and not _reaches_too_far(word, severity, rule)
    return len(Tier) + len(word) if means else 0


def _reaches_too_far(prefix: str, severity: Severity, rule: Rule) -> bool:
    """Say whether a broad prefix means a rule only by accident.

    `IC` stands for every rule that speaks, and wakes none that has to be asked for. A whole family at Deny does not
    refuse what Kubernetes itself only warns about: that takes its own code.
    """
    if len(prefix) <= len(_EVERYTHING) and rule.tier is not Tier.DEFAULT:
        return True
    only_warns = rule.code.startswith(_KUBERNETES) and rule.default_severity is Severity.WARN
    return only_warns and len(prefix) <= len(_KUBERNETES) and severity is Severity.DENY


def _asks_for(wish: str, rule: Rule) -> bool:
    """A tier asks for its rules and those below; a family or code for all that begins so; `IC` alone for nothing more."""
    if wish in list(Tier):
        return Tier(wish).includes(rule.tier)
    return len(wish) > len(_EVERYTHING) and rule.code.startswith(wish)
