"""What was decided about one review: a value, from which the answer, the log line and the metrics are made."""

from dataclasses import dataclass, field

from webhook.core.effective import Effective
from webhook.core.finding import Finding, Severity
from webhook.core.pod import Raw


@dataclass(frozen=True, slots=True)
class Injected:
    """One policy's injection into one Pod: the names of what was added, and where."""

    policy: str
    reference: str
    containers: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """One policy that did not inject although somebody could expect it, and why."""

    policy: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for one object.

    `judged` says whether it has a Pod that we look at; `findings` hold what is at Deny and at Warn; `operations` are
    the JSON patch; `result` is the object after it. `before` and `after` are the effective resources without and with
    the injections.
    """

    judged: bool = False
    findings: tuple[Finding, ...] = ()
    operations: list[Raw] = field(default_factory=list)
    injected: tuple[Injected, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    before: Effective | None = None
    after: Effective | None = None
    result: Raw | None = None

    @property
    def allowed(self) -> bool:
        """Whether no finding is at Deny."""
        return all(finding.severity is not Severity.DENY for finding in self.findings)

    @property
    def outcome(self) -> str:
        """One word for log and metrics: denied, injected, warned, allowed or untouched."""
        if not self.judged:
            return "untouched"
        if not self.allowed:
            return "denied"
        if self.injected:
            return "injected"
        return "warned" if self.findings else "allowed"


# What has no Pod that we look at passes as it is.
UNTOUCHED = Decision()
