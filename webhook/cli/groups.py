"""The findings of one document as people read them: by place, what is said twice said once, followers behind their cause."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from webhook.cli.result import Found
from webhook.core.finding import Severity


@dataclass(slots=True)
class Group:
    """One fault: `same` are all findings of one code at one field, `followers` those that it caused."""

    same: list[Found]
    followers: list[Found] = field(default_factory=list)

    @property
    def lead(self) -> Found:
        """The finding that is shown."""
        return self.same[0]

    @property
    def severity(self) -> Severity:
        """The strictest of the severities."""
        return max((one.finding.severity for one in self.same), key=lambda severity: severity.strictness)


def grouped(found: Sequence[Found]) -> list[Group]:
    """Give the groups in the order of their places."""
    groups: dict[tuple[str, str], Group] = {}
    for one in found:
        if _cause(found, one) is None:
            groups.setdefault(_key(one), Group([])).same.append(one)
    for one in found:
        cause = _cause(found, one)
        if cause is not None:
            groups[_key(cause)].followers.append(one)
    return sorted(groups.values(), key=lambda group: (group.lead.line, group.lead.column, group.lead.finding.code))


def _key(one: Found) -> tuple[str, str]:
    return one.finding.code, one.finding.path


def _cause(found: Sequence[Found], one: Found) -> Found | None:
    """Give the cause of a finding, which has none itself; None for a finding that stands for itself."""
    return None if one.cause is None else found[one.cause]
