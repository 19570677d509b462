"""What `prologue check` found, for people: one finding a line, the place first, a summary at the end."""

from collections.abc import Iterator

from rich.markup import escape

from webhook.cli.report import Result, count
from webhook.cli.talk import styled
from webhook.core.field_path import FieldPath
from webhook.core.finding import Finding, Severity
from webhook.core.resource_list import canonical

_STYLES = {Severity.DENY: "bold red", Severity.WARN: "yellow"}


def as_text(results: list[Result], *, to_terminal: bool) -> str:
    """Give the report; coloured only on a terminal."""
    return styled("\n".join(_lines(results)) + "\n", to_terminal=to_terminal)


def _lines(results: list[Result]) -> Iterator[str]:
    for result in results:
        for finding in result.findings:
            yield from _finding(result, finding)
    judged = [result for result in results if result.effective is not None]
    for result in judged:
        if not result.findings:
            yield f"[green]ok[/]  {_who(result)}  {_cost(result)}"
    deny, warn = count(results, Severity.DENY), count(results, Severity.WARN)
    untouched = sum(result.effective is None and not result.findings for result in results)
    passed = f", {untouched} without a Pod passed" if untouched else ""
    yield f"{len(results)} {_plural(len(results), 'document')}: {deny} denied, {warn} {_plural(warn, 'warning')}{passed}"


def _finding(result: Result, finding: Finding) -> Iterator[str]:
    where = result.document.position(FieldPath.parse(finding.path))
    style = _STYLES[finding.severity]
    place = escape(f"{result.document.file}:{where.line}:{where.column}")
    yield f"[bold]{place}[/]: [{style}]{finding.severity}[/] {finding.code} {finding.type} in {_who(result)}"
    yield f"    {escape(finding.path)}: {escape(finding.message)}"


def _who(result: Result) -> str:
    who = result.identity
    name = f"{who.namespace}/{who.name}" if who.namespace else who.name
    return escape(f"{who.kind} {name or '(no name)'}")


def _cost(result: Result) -> str:
    if result.effective is None:
        return ""
    requests = ", ".join(f"{name} {text}" for name, text in canonical(result.effective.requests).items())
    return escape(f"requests {requests or 'nothing'}; {result.effective.qos}")


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"
