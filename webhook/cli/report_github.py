"""What `prologue check` found as GitHub workflow commands: an annotation at the line of the file.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Iterator

from webhook.cli.problem import Problem
from webhook.cli.result import Found, Outcome, Result
from webhook.cli.style import clean
from webhook.cli.words import who_text
from webhook.core.finding import Severity

_COMMANDS = {Severity.DENY: "error", Severity.WARN: "warning"}


def github(outcome: Outcome) -> str:
    """Give one command a line for each finding and each fault of reading; nothing where there is none."""
    return "".join(f"{line}\n" for line in _lines(outcome))


def _lines(outcome: Outcome) -> Iterator[str]:
    for result in outcome.results:
        for one in result.found:
            yield _finding(result, one)
    yield from map(_problem, outcome.problems)


def _finding(result: Result, one: Found) -> str:
    finding = one.finding
    return _command(
        _COMMANDS.get(finding.severity, "notice"),
        f"{finding.path}: {finding.type}: {finding.message}",
        file=result.file,
        line=one.line,
        col=one.column,
        title=f"{finding.code} {finding.type} in {who_text(result.identity)}",
    )


def _problem(problem: Problem) -> str:
    return _command("error", problem.message, file=problem.file, line=problem.line, col=problem.column)


def _command(name: str, text: str, **properties: str | int) -> str:
    """Write one command; properties that say nothing are left out."""
    said = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value)
    return f"::{name} {said}::{_data(text)}" if said else f"::{name}::{_data(text)}"


def _data(text: str) -> str:
    """Escape what would end the command; line breaks are kept, other control characters are made visible."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "%0A".join(clean(line).replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
