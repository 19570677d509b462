"""`prologue check --format github`: workflow commands, one a line, that nothing in a manifest can end."""

import re

import pytest

from tests.builders import container, pod
from webhook.cli.engine import Identity
from webhook.cli.problem import Problem
from webhook.cli.report_github import github
from webhook.cli.result import Found, Outcome, Result
from webhook.core.finding import ErrorType, Finding, Severity
from webhook.manifest.writer import dump_yaml

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def unescaped(text):
    """What the runner makes of a value; the per cent sign comes last."""
    for escape, char in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text


def parsed(line):
    """Command, properties and message, as the runner reads them."""
    command, properties, message = COMMAND.fullmatch(line).groups()
    pairs = (one.split("=", 1) for one in properties.split(","))
    return command, {key: unescaped(value) for key, value in pairs}, unescaped(message)


def outcome(message="m", *, file="a.yaml", name="shop", severity=Severity.DENY):
    finding = Finding("IC103", ErrorType.FORBIDDEN, "spec.x", message, "", severity)
    return Outcome([Result(file, 0, Identity("v1", "Pod", "", name), (Found(finding, 3, 7),), None)], [])


def test_a_finding_is_one_command_with_file_line_and_column(run, file):
    it = pod(init=[container("a", livenessProbe={"exec": {"command": ["true"]}})])

    [line] = run("check", "--format", "github", file("pod.yaml", dump_yaml([it]))).out.splitlines()

    command, properties, message = parsed(line)
    assert "error" == command
    assert {"file": "pod.yaml", "line": "12", "col": "5", "title": "IC103 Forbidden in Pod shop"} == properties
    assert message.startswith("spec.initContainers[0].livenessProbe: Forbidden: may not be set ")


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.DENY, "error"), (Severity.WARN, "warning"), (Severity.AUDIT, "notice")],
)
def test_the_command_says_how_bad_it_is(severity, command):
    assert command == parsed(github(outcome(severity=severity)).strip())[0]


@pytest.mark.parametrize("text", ["50 % of %0A", "a: b, c=d", "::error::x", "%25%3A", "x,line=9", "ä ✓"])
def test_signs_of_commands_come_through_as_what_they_are(text):
    [line] = github(outcome(text, file=text, name=text)).splitlines()

    _, properties, message = parsed(line)
    assert text == properties["file"]
    assert f"IC103 Forbidden in Pod {text}" == properties["title"]
    assert f"spec.x: Forbidden: {text}" == message


@pytest.mark.parametrize("text", ["one\ntwo", "one\r\ntwo"])
def test_a_line_break_is_kept_inside_the_command(text):
    [line] = github(outcome(text)).splitlines()

    assert parsed(line)[2].endswith("one\ntwo")


def test_other_control_characters_are_made_visible():
    assert r"\x1b[31m\r!" in github(outcome("\x1b[31m\r!"))


def test_what_cannot_be_read_is_an_error_with_its_place():
    found = Outcome([], [Problem("no YAML", "a.yaml", 3, 1), Problem("gone", "b.yaml"), Problem("lost")])

    assert ["::error file=a.yaml,line=3,col=1::no YAML", "::error file=b.yaml::gone", "::error::lost"] == (
        github(found).splitlines()
    )
