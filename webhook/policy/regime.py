"""Which rules speak about one Pod and what their findings lead to, where RulePolicies hold for some Pods only."""

from collections.abc import Iterable
from dataclasses import dataclass

from webhook.core.finding import Severity
from webhook.core.rule import Rule
from webhook.policy.precedence import Row, pooled, settled
from webhook.policy.selector import LabelSelector

# Pods choose their labels, and so which RulePolicies meet; more sets of them than this are not kept in memory.
MAX_KEPT = 256


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule and what its findings lead to."""

    rule: Rule
    severity: Severity


@dataclass(frozen=True, slots=True)
class Scope:
    """One RulePolicy with a match: whom it is for, and what it says there.

    `only_raises` says that Pods choose it by labels of their own, so that it may make rules stricter and never more
    lenient.
    """

    name: str
    namespace_selector: LabelSelector | None
    pod_selector: LabelSelector | None
    only_raises: bool
    row: Row


@dataclass(frozen=True, slots=True)
class Regime:
    """The rules that speak, in the order of their codes, and the severity of every rule by code."""

    rules: tuple[ActiveRule, ...]
    severities: dict[str, Severity]


class Regimes:
    """Gives the regime for a set of scopes; worked out once for each set and kept, which is all the state it has.

    `base` is what holds everywhere: the defaults, and what RulePolicies without a match say.
    """

    __slots__ = ("_base", "_catalogue", "_kept", "scopes")

    def __init__(self, catalogue: Iterable[Rule], base: Row, scopes: Iterable[Scope] = ()) -> None:
        self._catalogue = tuple(catalogue)
        self._base = base
        self._kept: dict[tuple[str, ...], Regime] = {}
        self.scopes = tuple(scopes)
        for matching in ((), *((scope,) for scope in self.scopes)):
            self.where(matching)

    def where(self, matching: tuple[Scope, ...]) -> Regime:
        """Give what holds where just these scopes match, which stand in the order of `scopes`."""
        key = tuple([scope.name for scope in matching])
        regime = self._kept.get(key)
        if regime is None:
            regime = self._worked_out(matching)
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            self._kept[key] = regime
        return regime

    def _worked_out(self, matching: tuple[Scope, ...]) -> Regime:
        floor = pooled([self._base, *(scope.row for scope in matching if not scope.only_raises)])
        severities = settled(floor, [scope.row for scope in matching if scope.only_raises])
        pairs = list(zip(self._catalogue, severities, strict=True))
        return Regime(
            rules=tuple(
                ActiveRule(rule, severity)
                for rule, severity in pairs
                if rule.check is not None and severity is not Severity.IGNORE
            ),
            severities={rule.code: severity for rule, severity in pairs},
        )
