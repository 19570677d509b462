"""What an update adds to the judgement: only what is new counts, and some things may not change at all."""

from webhook.admission.judge import judge, only_new, with_exempt, with_severity
from webhook.admission.review import Review
from webhook.admission.scope import holding
from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.job_update import job_update_findings
from webhook.core.pod import Raw
from webhook.core.pod_resize import resize_findings, resized
from webhook.core.pod_update import update_findings
from webhook.core.shape import undecodable
from webhook.core.workload import Workload
from webhook.policy.policy import Facts, Policy

RESIZE = "resize"


def is_settled(review: Review, workload: Workload) -> bool:
    """Say whether an update needs no look: it leaves the Pods alone, or the object is on its way out.

    Labels, finalizers and whatever else controllers write all the time pass here before anything is read.
    """
    old, new = review.old_object, review.object
    if old is None or new is None:
        return False
    metadata = old.get("metadata")
    if isinstance(metadata, dict) and metadata.get("deletionTimestamp") is not None:
        return True
    holder = (*workload.parents, "spec")[0]
    return bool(old.get(holder) == new.get(holder))


def judged_object(review: Review, workload: Workload, policy: Policy) -> Raw | None:
    """Give the object as the API server will judge it; None where a resize cannot be told without the old Pod.

    The new object must be one that it can decode.
    """
    if review.subresource != RESIZE or review.object is None:
        return review.object
    old = _readable_old(review, workload, policy)
    return None if old is None else resized(old, review.object, policy.minor)


def judge_update(review: Review, new: Raw, workload: Workload, policy: Policy, facts: Facts) -> list[Finding]:
    """Give what the new object is newly at fault with, by itself and compared with the old one.

    The policy is the one that holds for the new object; the old one is judged by the policies that hold for it.
    """
    findings = judge(workload.pod(new, policy.minor), policy, review.namespace, facts)
    old = _readable_old(review, workload, policy)
    if old is None:
        return findings
    if findings:
        pod = workload.pod(old, policy.minor)
        before = judge(pod, holding(policy, pod, review.namespace, facts), review.namespace, facts)
        findings = _forgiven(only_new(findings, before), before, workload)
    changes = with_exempt(_changes(review, old, new, workload, policy), policy, review.namespace, facts)
    if any(not change.path for change in changes):
        return changes
    return [*findings, *changes]


def _readable_old(review: Review, workload: Workload, policy: Policy) -> Raw | None:
    old = review.old_object
    if old is None or undecodable(old, workload.api_version, workload.kind, policy.minor) is not None:
        return None
    return old


def _forgiven(findings: list[Finding], before: list[Finding], workload: Workload) -> list[Finding]:
    """Leave the new template of a StatefulSet alone where the old one was at fault, as the API server does."""
    if workload.kind != "StatefulSet" or not any(_is_refusal(one) for one in before):
        return findings
    return [one for one in findings if not _is_refusal(one)]


def _is_refusal(finding: Finding) -> bool:
    """Say whether the API server itself refuses for it."""
    return finding.code.startswith("IC1") and finding.type is not ErrorType.WARNING


def _changes(review: Review, old: Raw, new: Raw, workload: Workload, policy: Policy) -> list[Finding]:
    match workload.kind, review.subresource:
        case "Pod", "":
            found = update_findings(old, new, policy.minor)
        case "Pod", _:
            found = resize_findings(old, new, policy.minor)
        case "Job", _:
            found = job_update_findings(old, new, policy.minor)
        case _:
            found = []
    severities = [(one, policy.severity_of(one.code)) for one in found]
    return [with_severity(one, severity) for one, severity in severities if severity is not Severity.IGNORE]
