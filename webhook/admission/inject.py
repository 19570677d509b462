"""The injections into one Pod, one policy after the other, each whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from webhook.admission.decision import Injected, Skipped
from webhook.admission.plan import Conflict, Plan, plan
from webhook.admission.review import Review
from webhook.admission.status import STATUS_ANNOTATION, read_status, requested_policies, write_status
from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.patch import PatchBuilder
from webhook.core.pod import Pod, Raw
from webhook.policy.policy import Facts, Injection, OnConflict, Policy, Request, unknown_labels

CONFLICT = "IC401"
UNKNOWN = "IC402"


@dataclass(slots=True)
class Outcome:
    """What the injections came to: the patch with its working copy, what was added, what was not, and what denies."""

    builder: PatchBuilder
    injected: list[tuple[Injected, Raw]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def inject(review: Review, pod: Pod, policy: Policy, facts: Facts) -> Outcome:
    """Add what the policies say to a Pod that has never been stored; `pod` is the Pod of the review's object."""
    outcome = Outcome(PatchBuilder(pod.raw))
    asked = requested_policies(pod.annotations)
    outcome.findings += _unknown(asked, policy)
    status = read_status(pod.annotations)
    for injection in policy.injections:
        reason = why_not(injection, pod, review.namespace, asked, facts)
        if reason is not None:
            if reason:
                outcome.skipped.append(Skipped(injection.name, reason))
            continue
        _apply(injection, outcome, status.get(injection.name, {}), policy.severity_of(CONFLICT))
    if outcome.injected:
        text = write_status(pod.annotations, outcome.injected)
        outcome.builder.add(("metadata", "annotations", STATUS_ANNOTATION), text)
    return outcome


def why_not(injection: Injection, pod: Pod, namespace: str, asked: list[str], facts: Facts) -> str | None:
    """Give None where a policy is for this Pod, else the reason; it is empty where nobody could expect otherwise."""
    if injection.request is Request.ANNOTATION and injection.name not in asked:
        return ""
    wanted = injection.name in asked
    if injection.pod_selector is not None and not injection.pod_selector.matches(pod.labels):
        return "the Pod's labels do not match its podSelector" if wanted else ""
    selector = injection.namespace_selector
    if selector is None:
        return None
    meets = facts.meets(selector, namespace)
    if meets is None:
        return unknown_labels(namespace)
    if meets:
        return None
    return "the namespace's labels do not match its namespaceSelector" if wanted else ""


def _unknown(asked: list[str], policy: Policy) -> Iterator[Finding]:
    severity = policy.severity_of(UNKNOWN)
    if not asked or severity is Severity.IGNORE:
        return
    known = {injection.name for injection in policy.injections}
    for name in asked:
        if name not in known:
            message = f"asks for policy {name[:80]!r}, which is not loaded"
            path = "metadata.annotations[prologue.dev/inject]"
            yield Finding(UNKNOWN, ErrorType.NOT_FOUND, path, message, severity=severity)


def _apply(injection: Injection, outcome: Outcome, claimed: Raw, severity: Severity) -> None:
    """Plan against the working copy, then carry out all of it, or say why not; a conflict has the severity given."""
    planned = plan(injection, outcome.builder.root, claimed)
    if isinstance(planned, Conflict):
        if injection.on_conflict is OnConflict.DENY and severity is not Severity.IGNORE:
            message = f"policy {injection.name}: {planned.message}"
            outcome.findings.append(Finding(CONFLICT, planned.type, planned.path, message, planned.container, severity))
        else:
            outcome.skipped.append(Skipped(injection.name, planned.message))
        return
    if not planned.steps:
        return
    _carry_out(planned, outcome)


def _carry_out(planned: Plan, outcome: Outcome) -> None:
    for place, value in planned.steps:
        outcome.builder.add(place, value)
    outcome.injected.append((planned.injected, planned.entry))
