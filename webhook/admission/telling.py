"""What is told besides yes and no: warnings on the client's terminal, annotations in the audit log."""

from collections.abc import Iterator

from webhook.admission.decision import Decision, Injected
from webhook.core.effective import Effective
from webhook.core.finding import ErrorType, Severity

# kubectl prints warnings whole, but one control character makes the API server drop the whole line, and long ones are
# cut when there are many (k8s.io/apiserver pkg/endpoints/filters/warning.go).
WARNING_MAX_LENGTH = 120
MAX_WARNINGS = 20

_INJECTED = "IC400"
_SKIPPED = "IC403"


def warnings(decision: Decision, kind: str) -> list[str]:
    """Give one line for each finding at Warn, each injection and each skip: code first, at most 120 characters.

    What the API server itself warns about is left out: it says so right after us, in its own words.
    """
    lines = [one_line(text) for text in _texts(decision, kind)]
    if len(lines) <= MAX_WARNINGS:
        return lines
    return [*lines[: MAX_WARNINGS - 1], f"and {len(lines) - MAX_WARNINGS + 1} more; prologue check shows all"]


def _texts(decision: Decision, kind: str) -> Iterator[str]:
    for finding in decision.findings:
        if finding.severity is Severity.WARN and finding.type is not ErrorType.WARNING:
            yield f"{finding.code} {finding.path}: {finding.message}"
    for injected in decision.injected:
        yield f"{_INJECTED} {injected.policy}: {_added(injected, kind)}; {cost(decision)}"
        for note in injected.notes:
            yield f"{_INJECTED} {injected.policy}: {note}"
    for skipped in decision.skipped:
        yield f"{_SKIPPED} {skipped.policy}: not injected: {skipped.reason}"


def _added(injected: Injected, kind: str) -> str:
    verb = "added" if kind == "Pod" else "its Pods will get"
    placed = zip(injected.containers, injected.positions, strict=True)
    parts = [f"{name} ({position})" for name, position in placed]
    if injected.volumes:
        parts.append(f"volume {', '.join(injected.volumes)}")
    return f"{verb} {', '.join(parts) or 'mounts or env'}"


def cost(decision: Decision) -> str:
    """Say how the effective requests changed."""
    before, after = decision.before, decision.after
    if before is None or after is None or before.requests == after.requests:
        return "requests unchanged"
    names = sorted(after.requests, key=lambda name: (name not in ("cpu", "memory"), name))
    changed = [
        f"{name} {before.requests.get(name, 0)}→{after.requests[name]}"
        for name in names
        if before.requests.get(name) != after.requests[name]
    ]
    return "requests " + ", ".join(changed)


def audit_annotations(decision: Decision) -> dict[str, str]:
    """Give what the audit log keeps; the same review gives the same text, whatever the order of maps."""
    notes: dict[str, str] = {}
    said = {
        "findings": (one for one in decision.findings if one.severity is not Severity.AUDIT),
        "audited": (one for one in decision.findings if one.severity is Severity.AUDIT),
        "exempted": decision.exempted,
    }
    for key, findings in said.items():
        if codes := ",".join(sorted({one.code for one in findings})):
            notes[key] = codes
    if decision.injected:
        notes["injected"] = ",".join(one.reference for one in decision.injected)
        notes["requests-before"] = _requests(decision.before)
        notes["requests-after"] = _requests(decision.after)
    return notes


def _requests(effective: Effective | None) -> str:
    return ",".join(f"{name}={value}" for name, value in sorted(effective.requests.items())) if effective else ""


def one_line(text: str, limit: int = WARNING_MAX_LENGTH) -> str:
    """Give a text without control characters, on one line, cut with an ellipsis where it is longer than the limit."""
    clean = text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
