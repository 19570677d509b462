"""What `prologue check` found as JUnit XML, which every CI system shows: a test case for each manifest.

A manifest with findings at Deny is a failed case; warnings stand in its output.
"""

import xml.etree.ElementTree as ET
from itertools import groupby

from webhook.cli.report import Result, count
from webhook.cli.report_text import who_text
from webhook.cli.style import clean
from webhook.core.finding import Finding, Severity


def junit(results: list[Result]) -> str:
    """Give one suite for each file, in the order of the files."""
    root = ET.Element("testsuites", name="prologue", tests=str(len(results)), failures=str(_failures(results)))
    for file, group in groupby(results, key=lambda result: result.document.file):
        ones = list(group)
        suite = ET.SubElement(root, "testsuite", name=clean(file), tests=str(len(ones)), failures=str(_failures(ones)))
        for one in ones:
            _case(suite, one)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, result: Result) -> None:
    case = ET.SubElement(suite, "testcase", classname=clean(result.document.file), name=who_text(result.identity))
    denied = [_line(result, one) for one in result.findings if one.severity is Severity.DENY]
    told = [_line(result, one) for one in result.findings if one.severity is not Severity.DENY]
    if denied:
        codes = sorted({one.code for one in result.findings if one.severity is Severity.DENY})
        failure = ET.SubElement(case, "failure", type=" ".join(codes), message=denied[0])
        failure.text = "\n".join(denied)
    if told:
        ET.SubElement(case, "system-out").text = "\n".join(told)


def _line(result: Result, finding: Finding) -> str:
    where = result.document.position(finding.path)
    text = f"{where.line}:{where.column} {finding.code} {finding.type} {finding.path}: {finding.message}"
    # XML 1.0 knows no control characters, not even as references.
    return clean(text)


def _failures(results: list[Result]) -> int:
    return sum(count([result], Severity.DENY) > 0 for result in results)
