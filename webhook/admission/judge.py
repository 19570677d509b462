"""All rules over one Pod, with the severity that people decided."""

from collections import Counter
from dataclasses import replace

from webhook.core.field_names import field_names
from webhook.core.finding import Finding, Severity
from webhook.core.pod import Pod
from webhook.core.rule import Rule
from webhook.core.template import is_looked_into
from webhook.policy.policy import Facts, Policy


def judge(pod: Pod, policy: Policy, namespace: str, facts: Facts) -> list[Finding]:
    """Give every finding that is not ignored, in the order of the rules; those that are exempt stand at Ignore.

    The policy is the one that holds for this Pod (`admission.scope`). Where the API server does not look into a template,
    the family IC1xx does not either. A rule is asked only where the Pod has a field that it needs.
    """
    hidden = pod.is_template and not is_looked_into(pod)
    names = pod.once(field_names)
    findings: list[Finding] = []
    for active in policy.rules:
        rule = active.rule
        if rule.check is None or (rule.needs and names.isdisjoint(rule.needs)) or (hidden and is_hidden(rule)):
            continue
        for finding in rule.check(pod):
            findings.append(with_severity(finding, active.severity))  # noqa: PERF401  # mostly there is none
    return with_exempt(findings, policy, namespace, facts)


def is_hidden(rule: Rule) -> bool:
    """Say whether a rule is silent where the API server does not look into a template."""
    return rule.code.startswith("IC1") and not rule.beyond_template


def only_new(findings: list[Finding], old: list[Finding]) -> list[Finding]:
    """Take away what the old object had already: on UPDATE only new violations deny.

    Faults are told apart by code, type and path, counted: the same place may have the same fault twice. What the old
    object was only warned of is new where it leads to a denial now, because the object came under a stricter policy.
    """
    had = Counter((one.code, one.type, one.path) for one in old)
    was = {one.code: one.severity.strictness for one in old}
    fresh = []
    for finding in findings:
        key = (finding.code, finding.type, finding.path)
        if had[key] and finding.severity.strictness <= was[finding.code]:
            had[key] -= 1
        else:
            fresh.append(finding)
    return fresh


def with_severity(finding: Finding, severity: Severity) -> Finding:
    """Give the finding at a severity."""
    return finding if finding.severity is severity else replace(finding, severity=severity)


def with_exempt(findings: list[Finding], policy: Policy, namespace: str, facts: Facts) -> list[Finding]:
    """Put at Ignore what administrators exempted in this namespace: it leads to nothing, and is not forgotten."""
    if not findings or not policy.exemptions:
        return findings
    return [
        with_severity(finding, Severity.IGNORE)
        if any(one.covers(finding.code, namespace, facts.today) for one in policy.exemptions)
        else finding
        for finding in findings
    ]
