"""Label selectors as Kubernetes evaluates them (apimachinery `labels.Selector`)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """One demand on one label."""

    key: str
    operator: str
    values: frozenset[str]

    def matches(self, labels: Mapping[str, str]) -> bool:
        """Say whether labels meet it; NotIn is also met where the label is absent."""
        value = labels.get(self.key)
        match self.operator:
            case "In":
                return value in self.values
            case "NotIn":
                return value not in self.values
            case "Exists":
                return value is not None
            case _:
                return value is None


@dataclass(frozen=True, slots=True)
class LabelSelector:
    """All demands together; none at all matches everything."""

    requirements: tuple[Requirement, ...] = ()

    def matches(self, labels: Mapping[str, str]) -> bool:
        """Say whether labels meet every demand."""
        return all(one.matches(labels) for one in self.requirements)

    @property
    def keys(self) -> frozenset[str]:
        """The labels that it looks at."""
        return frozenset(one.key for one in self.requirements)
