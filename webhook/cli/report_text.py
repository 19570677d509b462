"""What `prologue check` found, for people: document by document, each fault with the line of the manifest it speaks of."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from webhook.cli.groups import Group, grouped
from webhook.cli.report import count
from webhook.cli.result import Found, Result
from webhook.cli.style import Pen, Style, clean
from webhook.cli.words import amounts_text, counted, who_text
from webhook.core.finding import Severity
from webhook.policy.catalogue import rules

_STYLES = {Severity.DENY: Style.DENY, Severity.WARN: Style.WARN, Severity.AUDIT: Style.QUIET}
# As wide as a page where nobody knows better; narrower than this no line can be told.
_WIDTH = 100
_NARROWEST = 40
_TIMES = "\N{MULTIPLICATION SIGN}"
# Of many followers the first few lines are named.
_NAMED = 5


def width_for(*, to_terminal: bool) -> int:
    """Give how many columns a line of a manifest may take: those of the terminal, on a terminal."""
    if to_terminal and sys.stdout.isatty():
        return max(_NARROWEST, shutil.get_terminal_size((_WIDTH, 0)).columns)
    return _WIDTH


def as_text(results: list[Result], pen: Pen, width: int = _WIDTH) -> str:
    """Give the report; only the pen knows of colour."""
    return "\n".join(_lines(results, pen, width)) + "\n"


def _lines(results: list[Result], pen: Pen, width: int) -> Iterator[str]:
    for result in results:
        if result.found:
            yield pen(f"{clean(result.file)}: {who_text(result.identity)}", Style.STRONG)
            for group in grouped(result.found):
                yield from _group(result.file, group, pen, width)
                yield ""
    for result in results:
        if result.effective is not None and not result.found:
            yield f"{pen('ok', Style.FINE)}  {clean(result.file)}: {_cost(result)}"
    yield from _more(results)
    yield _summary(results)


def _group(file: str, group: Group, pen: Pen, width: int) -> Iterator[str]:
    """Give the place and the rule, the line of the manifest, what is wrong, and what follows from it."""
    one = group.lead
    finding = one.finding
    severity = pen(group.severity, _STYLES[group.severity])
    container = f", container {clean(finding.container)}" if finding.container else ""
    times = f" {_TIMES}{len(group.same)}" if len(group.same) > 1 else ""
    yield f"  {clean(file)}:{one.line}:{one.column}: {severity} {finding.code} {_title(finding.code)}{container}{times}"
    number = str(one.line)
    gutter = " " * len(number)
    if one.excerpt is not None and one.excerpt.text:
        line = one.excerpt.fitted(max(1, width - len(number) - len("   | ")))
        yield f"  {pen(f'{number} |', Style.QUIET)} {line.text}"
        yield f"  {pen(f'{gutter} |', Style.QUIET)} {_mark(line.mark, pen, group.severity)}"
    said = Counter(
        f"{clean(same.finding.path)}: {same.finding.type}: {clean(same.finding.message)}" for same in group.same
    )
    yield from (f"  {gutter}   {text}" for text in said)
    yield from (f"  {gutter}   {text}" for text in _followers(group.followers))


def _mark(mark: str, pen: Pen, severity: Severity) -> str:
    """Give the carets in the colour of the severity; blanks need none."""
    carets = mark.lstrip(" ")
    return mark[: len(mark) - len(carets)] + pen(carets, _STYLES[severity])


def _followers(followers: list[Found]) -> Iterator[str]:
    """Give one line for each code that follows."""
    by_code = sorted(followers, key=lambda one: (one.finding.code, one.line))
    for code, group in groupby(by_code, key=lambda one: one.finding.code):
        lines = [str(one.line) for one in group]
        unique = list(dict.fromkeys(lines))
        named = ", ".join(unique[:_NAMED]) + (", …" if len(unique) > _NAMED else "")
        where = "line" if len(unique) == 1 else "lines"
        yield f"from it follows {len(lines)} {_TIMES} {code} {_title(code)}, {where} {named}"


def _title(code: str) -> str:
    return rules()[code].title if code in rules() else ""


def _cost(result: Result) -> str:
    effective = result.effective or {}
    return f"{who_text(result.identity)}: requests {amounts_text(effective['requests'])}; {effective['qos']}"


def _more(results: list[Result]) -> Iterator[str]:
    """Name the command that knows more, for the first code that is shown."""
    first = next((result for result in results if result.found), None)
    if first is not None:
        code = grouped(first.found)[0].lead.finding.code
        yield f"What is bad, what is good, and where it says so: prologue rules {code}"


def _summary(results: list[Result]) -> str:
    parts = [f"{count(results, Severity.DENY)} at deny, {count(results, Severity.WARN)} at warn"]
    if audited := count(results, Severity.AUDIT):
        parts[0] += f", {audited} at audit"
    if exempted := sum(result.exempted for result in results):
        parts.append(f"{exempted} exempted")
    if untouched := sum(result.effective is None and not result.found for result in results):
        parts.append(f"{untouched} without a Pod passed")
    return f"{counted(len(results), 'document')}: {'; '.join(parts)}"
