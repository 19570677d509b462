"""What `prologue check` found as JUnit XML, which every CI system shows: a test case for each manifest.

A manifest with findings at Deny is a failed case, what could not be read an error; warnings stand in the output.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from webhook.cli.problem import Problem
from webhook.cli.report import count
from webhook.cli.result import Found, Outcome, Result
from webhook.cli.style import clean
from webhook.cli.words import who_text
from webhook.core.finding import Severity

_Case = Result | Problem


def junit(outcome: Outcome) -> str:
    """Give one suite for each file, in the order of the files; then those that could not be read."""
    root = ET.Element("testsuites", {"name": "prologue", **_counts([*outcome.results, *outcome.problems])})
    for file, cases in _by_file(outcome).items():
        suite = ET.SubElement(root, "testsuite", {"name": clean(file) or "prologue", **_counts(cases)})
        for one in cases:
            _add(suite, one)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _by_file(outcome: Outcome) -> dict[str, list[_Case]]:
    suites: dict[str, list[_Case]] = {}
    cases: list[_Case] = [*outcome.results, *outcome.problems]
    for one in cases:
        suites.setdefault(one.file, []).append(one)
    return suites


def _add(suite: ET.Element, one: _Case) -> None:
    """Add a case; XML 1.0 knows no control characters, not even as references, so all texts are cleaned of them."""
    file = clean(one.file)
    name = who_text(one.identity) if isinstance(one, Result) else "is read"
    case = ET.SubElement(suite, "testcase", classname=file, name=name, file=file)
    if isinstance(one, Problem):
        ET.SubElement(case, "error", type="unreadable", message=clean(str(one)))
        return
    denied = [found for found in one.found if found.finding.severity is Severity.DENY]
    told = [found for found in one.found if found.finding.severity is not Severity.DENY]
    if denied:
        codes = " ".join(sorted({found.finding.code for found in denied}))
        failure = ET.SubElement(case, "failure", type=codes, message=_line(denied[0]))
        failure.text = "\n".join(map(_line, denied))
    if told:
        ET.SubElement(case, "system-out").text = "\n".join(map(_line, told))


def _line(found: Found) -> str:
    finding = found.finding
    return clean(f"{found.line}:{found.column} {finding.code} {finding.path}: {finding.type}: {finding.message}")


def _counts(cases: Iterable[_Case]) -> dict[str, str]:
    ones = list(cases)
    results = [one for one in ones if isinstance(one, Result)]
    failures = sum(count([one], Severity.DENY) > 0 for one in results)
    return {"tests": str(len(ones)), "failures": str(failures), "errors": str(len(ones) - len(results))}
