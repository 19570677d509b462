"""What `prologue check` found as GitHub workflow commands: an annotation at the line of the file.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Iterator

from webhook.cli.report import Result
from webhook.cli.report_text import who_text
from webhook.cli.style import clean
from webhook.core.finding import Finding, Severity

_COMMANDS = {Severity.DENY: "error", Severity.WARN: "warning"}


def github(results: list[Result]) -> str:
    """Give one command a line for each finding; nothing where there is none."""
    return "".join(f"{line}\n" for line in _lines(results))


def _lines(results: list[Result]) -> Iterator[str]:
    for result in results:
        for finding in result.findings:
            yield _command(result, finding)


def _command(result: Result, finding: Finding) -> str:
    where = result.document.position(finding.path)
    properties = {
        "file": result.document.file,
        "line": where.line,
        "col": where.column,
        "title": f"{finding.code} {finding.type} in {who_text(result.identity)}",
    }
    said = ",".join(f"{name}={_property(clean(str(value)))}" for name, value in properties.items())
    command = _COMMANDS.get(finding.severity, "notice")
    return f"::{command} {said}::{_data(clean(f'{finding.path}: {finding.message}'))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
