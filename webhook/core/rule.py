"""A rule: one bad pattern, known by a code that never changes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from webhook.core.finding import Finding, Severity
from webhook.core.pod import Pod

Check = Callable[[Pod], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    `code` is for ever; `title` names the bad pattern; `check` gives the findings of one Pod and needs nothing but it,
    and is None where the decision itself finds the fault;
    `source` is the place in Kubernetes that says so; `text` is the docstring of the rule's module, with its Bad and
    Good manifests.
    """

    code: str
    title: str
    check: Check | None
    source: str
    text: str = ""
    severity: Severity | None = None

    @property
    def default_severity(self) -> Severity:
        """Deny for what Kubernetes itself refuses (IC1xx), Warn for the rest, unless the rule says otherwise."""
        if self.severity is not None:
            return self.severity
        return Severity.DENY if self.code.startswith("IC1") else Severity.WARN

    @property
    def slug(self) -> str:
        """The title as a file or a page is named after it."""
        return self.title.lower().replace(" ", "_").replace("-", "_")
