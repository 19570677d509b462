"""The whole decision about one object as one pure function: review, policy and facts in, decision out."""

from dataclasses import replace

from webhook.admission.additions import is_refused_anew
from webhook.admission.decision import UNTOUCHED, Decision, Skipped
from webhook.admission.inject import CONFLICT, Outcome, inject
from webhook.admission.judge import judge, only_new, with_exempt
from webhook.admission.review import Review
from webhook.admission.scope import holding, unasked
from webhook.admission.status import REQUEST_ANNOTATION
from webhook.admission.update import RESIZE, is_settled, judge_update, judged_object
from webhook.core.finding import ErrorType, Finding, Severity
from webhook.core.pod import Pod, Raw
from webhook.core.shape import undecodable
from webhook.core.workload import Workload, workload_of
from webhook.policy.policy import Facts, OnConflict, Policy

UNDECODABLE = "IC100"
_NO_FACTS = Facts()


def decide(review: Review, policy: Policy, facts: Facts = _NO_FACTS) -> Decision:
    """Judge the object, work out what it costs and, for a Pod that is created, what is injected.

    Pure: no clock, network or disk. Objects without a pod template, subresources but that which resizes a Pod,
    deletions and connections pass untouched, and so do updates that leave the Pods alone. A Pod that is refused is not
    injected into.
    """
    workload = workload_of(review.api_version, review.kind)
    if workload is None or review.object is None or not _is_for_us(review):
        return UNTOUCHED
    if review.operation == "UPDATE" and is_settled(review, workload):
        return UNTOUCHED
    misfit = _undecodable(review.object, workload, policy)
    if misfit is not None:
        return Decision(judged=True, findings=(misfit,))
    if review.operation == "UPDATE":
        decision = _updated(review, workload, policy, facts)
    else:
        decision = _created(review, workload.pod(review.object, policy.minor), policy, facts)
    return _with_exempted_apart(decision) if policy.exemptions else decision


def _with_exempted_apart(decision: Decision) -> Decision:
    exempted = tuple(one for one in decision.findings if one.severity is Severity.IGNORE)
    if not exempted:
        return decision
    findings = tuple(one for one in decision.findings if one.severity is not Severity.IGNORE)
    return replace(decision, findings=findings, exempted=exempted)


def _created(review: Review, pod: Pod, loaded: Policy, facts: Facts) -> Decision:
    policy = holding(loaded, pod, review.namespace, facts)
    findings = judge(pod, policy, review.namespace, facts)
    decision = Decision(
        judged=True,
        findings=tuple(findings),
        unasked=unasked(loaded, pod, review.namespace, facts),
        pod=pod,
    )
    if not review.mutating or not decision.allowed:
        return decision
    if not policy.injections and REQUEST_ANNOTATION not in pod.annotations:
        return decision
    return _injected(review, pod, policy, facts, decision)


def _is_for_us(review: Review) -> bool:
    if review.subresource:
        return (review.operation, review.kind, review.subresource) == ("UPDATE", "Pod", RESIZE)
    return review.operation in ("CREATE", "UPDATE")


def _updated(review: Review, workload: Workload, loaded: Policy, facts: Facts) -> Decision:
    new = judged_object(review, workload, loaded)
    if new is None:
        return UNTOUCHED
    pod = workload.pod(new, loaded.minor)
    policy = holding(loaded, pod, review.namespace, facts)
    findings = judge_update(review, new, workload, policy, facts)
    return Decision(
        judged=True,
        findings=tuple(findings),
        unasked=unasked(loaded, pod, review.namespace, facts),
        pod=pod,
    )


def _undecodable(manifest: Raw, workload: Workload, policy: Policy) -> Finding | None:
    misfit = undecodable(manifest, workload.api_version, workload.kind, policy.minor)
    if misfit is None:
        return None
    return Finding(UNDECODABLE, ErrorType.UNDECODABLE, str(misfit.path), misfit.message)


def _injected(review: Review, pod: Pod, policy: Policy, facts: Facts, decision: Decision) -> Decision:
    """Inject into a Pod; of a template only tell what its Pods will get."""
    outcome = inject(review, pod, policy, facts)
    fresh = with_exempt(outcome.findings, policy, review.namespace, facts)
    findings = (*decision.findings, *fresh)
    skipped = tuple(outcome.skipped)
    if not outcome.injected or any(finding.severity is Severity.DENY for finding in fresh):
        return replace(decision, findings=findings, skipped=skipped)
    made = outcome.builder.root
    after = Pod(
        made, path=pod.path, kind=pod.kind, minor=pod.minor, claim_templates=pod.claim_templates, owner=pod.owner
    )
    made_worse = _made_worse(after, review, policy, facts, decision)
    if made_worse:
        return _refused(replace(decision, findings=findings, skipped=skipped), outcome, policy, made_worse[0])
    return replace(
        decision,
        findings=findings,
        operations=[] if pod.is_template else outcome.builder.operations,
        injected=tuple([one for one, _ in outcome.injected]),
        skipped=skipped,
        changed=after,
        result=None if pod.is_template else made,
    )


def _made_worse(after: Pod, review: Review, policy: Policy, facts: Facts, decision: Decision) -> list[Finding]:
    """Judge what was made: the violations at Deny that only the injection brought."""
    if decision.pod is not None and not is_refused_anew(after, decision.pod, policy):
        return []
    found = judge(after, policy, review.namespace, facts)
    return [one for one in only_new(found, list(decision.findings)) if one.severity is Severity.DENY]


def _refused(decision: Decision, outcome: Outcome, policy: Policy, fault: Finding) -> Decision:
    """Take all injections back where the Pod would come out invalid; a policy at Deny makes a conflict of it."""
    names = [one.policy for one, _ in outcome.injected]
    message = f"injecting {', '.join(names)} would make the Pod invalid: {fault.path}: {fault.message} ({fault.code})"
    strict = any(one.name in names and one.on_conflict is OnConflict.DENY for one in policy.injections)
    severity = policy.severity_of(CONFLICT)
    if strict and severity is not Severity.IGNORE:
        finding = Finding(CONFLICT, ErrorType.INVALID, fault.path, message, fault.container, severity)
        return replace(decision, findings=(*decision.findings, finding))
    return replace(decision, skipped=(*decision.skipped, *(Skipped(name, message) for name in names)))
