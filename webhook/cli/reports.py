"""Where the findings go: one report on standard output or in a file, and any number of others in files."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from webhook.cli.report import report
from webhook.cli.report_text import as_text, width_for
from webhook.cli.result import Outcome
from webhook.cli.style import pen_for
from webhook.cli.talk import as_json, write
from webhook.core.errors import MisuseError


class Format(StrEnum):
    """How the findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its format, and its file, None for standard output."""

    form: Format
    file: Path | None

    @classmethod
    def parse(cls, text: str) -> "Report":
        """Read FORMAT=FILE.

        Raises:
            MisuseError: it is something else.
        """
        form, equals, file = text.partition("=")
        if form not in list(Format) or not (equals and file):
            raise MisuseError(
                f"--report takes FORMAT=FILE, for instance sarif=prologue.sarif, not {text!r}; formats are {', '.join(Format)}"
            )
        return cls(Format(form), Path(file))


def reports_of(form: Format, output: Path | None, more: Iterable[str] | None) -> list[Report]:
    """Give all reports that were asked for; the one on standard output, if any, is the last.

    Raises:
        MisuseError: one is no FORMAT=FILE, or two want the same file.
    """
    reports = [*(Report.parse(text) for text in more or ()), Report(form, output)]
    files = [one.file for one in reports if one.file is not None]
    twice = next((file for number, file in enumerate(files) if file in files[:number]), None)
    if twice is not None:
        raise MisuseError(f"{twice}: two reports cannot go to one file; give each a file of its own")
    return reports


def write_reports(reports: Iterable[Report], outcome: Outcome) -> None:
    """Write all reports.

    Raises:
        MisuseError: a file cannot be written.
    """
    for one in reports:
        write(_text(one, outcome), one.file)


def _text(one: Report, outcome: Outcome) -> str:
    # What only some formats need is imported only for them.
    match one.form:
        case Format.TEXT:
            to_terminal = one.file is None
            return as_text(outcome.results, pen_for(to_terminal=to_terminal), width_for(to_terminal=to_terminal))
        case Format.JSON:
            return as_json(report(outcome.results))
        case Format.SARIF:
            from webhook.cli.report_sarif import sarif  # noqa: PLC0415

            return as_json(sarif(outcome))
        case Format.JUNIT:
            from webhook.cli.report_junit import junit  # noqa: PLC0415

            return junit(outcome)
        case Format.GITHUB:
            from webhook.cli.report_github import github  # noqa: PLC0415

            return github(outcome)
