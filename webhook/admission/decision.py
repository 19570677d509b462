"""What was decided about one review: a value, from which the answer, the log line and the metrics are made."""

from dataclasses import dataclass, field

from webhook.core.effective import Effective, effective
from webhook.core.finding import Finding, Severity
from webhook.core.pod import Pod, Raw


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
    """One policy that had no effect although somebody could expect it, and why."""

    policy: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for one object.

    `judged` says whether it has a Pod that we look at; `findings` hold what is at Deny, Warn and Audit, `exempted` what
    administrators silenced in this namespace; `operations` are the JSON patch; `result` is the object after it.
    `skipped` are InjectionPolicies that did not inject, `unasked` RulePolicies of which nobody knows whether they hold
    here. `pod` is the Pod that was judged, `changed` the same with the injections, None where there are none.
    """

    judged: bool = False
    findings: tuple[Finding, ...] = ()
    exempted: tuple[Finding, ...] = ()
    operations: list[Raw] = field(default_factory=list)
    injected: tuple[Injected, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    unasked: tuple[Skipped, ...] = ()
    pod: Pod | None = field(default=None, compare=False, repr=False)
    changed: Pod | None = field(default=None, compare=False, repr=False)
    result: Raw | None = None

    @property
    def before(self) -> Effective | None:
        """What the Pod costs without the injections; worked out when somebody asks, which most reviews do not."""
        return None if self.pod is None else self.pod.once(effective)

    @property
    def after(self) -> Effective | None:
        """What it costs with them."""
        return self.before if self.changed is None else self.changed.once(effective)

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
        return "warned" if any(finding.severity is Severity.WARN for finding in self.findings) else "allowed"


# What has no Pod that we look at passes as it is.
UNTOUCHED = Decision()
