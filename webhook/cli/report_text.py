"""What `prologue check` found, for people: the place first, then what and where in the object, a summary at the end."""

from collections.abc import Iterator

from webhook.cli.engine import Identity
from webhook.cli.report import Result, count
from webhook.cli.style import Pen, Style, clean
from webhook.core.effective import Effective
from webhook.core.finding import Finding, Severity
from webhook.core.resource_list import ResourceList

_STYLES = {Severity.DENY: Style.DENY, Severity.WARN: Style.WARN}


def as_text(results: list[Result], pen: Pen) -> str:
    """Give the report; only the pen knows of colour."""
    return "\n".join(_lines(results, pen)) + "\n"


def who_text(who: Identity) -> str:
    """Name a manifest as kubectl does: its kind, then namespace and name."""
    name = f"{who.namespace}/{who.name}" if who.namespace else who.name
    return clean(f"{who.kind} {name or '(no name)'}")


def amounts_text(amounts: ResourceList) -> str:
    """Give amounts on one line, cpu and memory first."""
    return ", ".join(f"{clean(name)} {amounts[name]}" for name in in_order(amounts)) or "none"


def in_order(amounts: ResourceList) -> list[str]:
    """Give the names of resources as people look for them: cpu, memory, then the rest by name."""
    return sorted(amounts, key=lambda name: (name not in ("cpu", "memory"), name))


def _lines(results: list[Result], pen: Pen) -> Iterator[str]:
    for result in results:
        for finding in result.findings:
            yield from _finding(result, finding, pen)
    for result in results:
        if result.effective is not None and not result.findings:
            yield f"{pen('ok', Style.FINE)}  {clean(result.document.file)}: {_cost(result.identity, result.effective)}"
    yield _summary(results)


def _finding(result: Result, finding: Finding, pen: Pen) -> Iterator[str]:
    where = result.document.position(finding.path)
    place = pen(f"{clean(result.document.file)}:{where.line}:{where.column}", Style.STRONG)
    severity = pen(finding.severity, _STYLES[finding.severity])
    container = f", container {clean(finding.container)}" if finding.container else ""
    yield f"{place}: {severity} {finding.code} {finding.type} in {who_text(result.identity)}{container}"
    yield f"    {clean(finding.path)}: {clean(finding.message)}"


def _cost(who: Identity, effective: Effective) -> str:
    return f"{who_text(who)}: requests {amounts_text(effective.requests)}; {effective.qos}"


def _summary(results: list[Result]) -> str:
    deny, warn = count(results, Severity.DENY), count(results, Severity.WARN)
    untouched = sum(result.effective is None and not result.findings for result in results)
    passed = f"; {untouched} without a Pod passed" if untouched else ""
    documents = "document" if len(results) == 1 else "documents"
    return f"{len(results)} {documents}: {deny} at deny, {warn} at warn{passed}"
