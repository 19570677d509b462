"""All rules over one Pod, with the severity that people decided."""

from collections import Counter
from dataclasses import replace

from webhook.core.finding import Finding, Severity
from webhook.core.pod import Pod
from webhook.core.template import is_looked_into
from webhook.policy.policy import Facts, Policy


def judge(pod: Pod, policy: Policy, namespace: str, facts: Facts) -> list[Finding]:
    """Give every finding at Deny or Warn, in the order of the rules.

    Where the API server does not look into a template, the family IC1xx does not either.
    """
    hidden = pod.is_template and not is_looked_into(pod)
    findings: list[Finding] = []
    for active in policy.rules:
        rule = active.rule
        check = rule.check
        if check is None or (hidden and rule.code.startswith("IC1") and not rule.beyond_template):
            continue
        findings += [with_severity(finding, active.severity) for finding in check(pod)]
    return without_exempt(findings, policy, namespace, facts)


def only_new(findings: list[Finding], old: list[Finding]) -> list[Finding]:
    """Take away what the old object had already: on UPDATE only new violations deny.

    Faults are told apart by code, type and path, counted: the same place may have the same fault twice.
    """
    had = Counter((one.code, one.type, one.path) for one in old)
    fresh = []
    for finding in findings:
        key = (finding.code, finding.type, finding.path)
        if had[key]:
            had[key] -= 1
        else:
            fresh.append(finding)
    return fresh


def with_severity(finding: Finding, severity: Severity) -> Finding:
    """Give the finding at a severity."""
    return finding if finding.severity is severity else replace(finding, severity=severity)


def without_exempt(findings: list[Finding], policy: Policy, namespace: str, facts: Facts) -> list[Finding]:
    """Take away what administrators exempted in this namespace."""
    if not findings or not policy.exemptions:
        return findings
    return [
        finding
        for finding in findings
        if not any(one.covers(finding.code, namespace, facts.today) for one in policy.exemptions)
    ]
