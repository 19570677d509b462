"""`prologue check`: one report where people look, any number of others in files."""

import xml.etree.ElementTree as ET

import orjson
import pytest

from tests.builders import container, pod
from webhook.cli.reports import Format
from webhook.manifest.writer import dump_yaml

FORMATS = [pytest.param(str(form), id=str(form)) for form in Format]
NIGHT = pod(init=[container("a", livenessProbe={"exec": {"command": ["true"]}})], metadata={"labels": {"night": "x"}})


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_in_a_file_is_the_one_on_standard_output(run, file, tmp_path, form):
    name = file("pod.yaml", dump_yaml([NIGHT]))
    shown = run("check", "--format", form, name)

    written = run("check", "--format", form, "--output", "report", name)

    assert shown.out == (tmp_path / "report").read_text()
    assert (1, "", "") == (written.code, written.out, written.err)


def test_several_reports_are_written_in_one_run(run, file, tmp_path):
    name = file("pod.yaml", dump_yaml([NIGHT]))
    expected = {form: run("check", "--format", form, name).out for form in Format}

    options = [f"--report={form}=out.{form}" for form in Format]
    ran = run("check", *options, name)

    assert (1, expected["text"], "") == (ran.code, ran.out, ran.err)
    assert expected == {form: (tmp_path / f"out.{form}").read_text() for form in Format}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        pytest.param(["--report", "xml=a"], "--report takes FORMAT=FILE, for instance ", id="an unknown format"),
        pytest.param(["--report", "sarif"], "not 'sarif'", id="no file"),
        pytest.param(["--report", "sarif="], "not 'sarif='", id="an empty file"),
        pytest.param(["--report", "json=a", "--report", "sarif=a"], "a: two reports cannot go to one file", id="twice"),
        pytest.param(["--report", "json=a", "--output", "a"], "a: two reports cannot go to one file", id="with output"),
        pytest.param(["--report", "json=no/folder"], "no/folder: cannot be written: ", id="no such folder"),
    ],
)
def test_a_report_that_cannot_be_is_misuse(run, file, options, says):
    ran = run("check", *options, file("pod.yaml", dump_yaml([NIGHT])))

    assert (2, "") == (ran.code, ran.out)
    assert ran.err.startswith("prologue: ")
    assert says in ran.err


@pytest.mark.parametrize("form", FORMATS)
def test_warnings_as_errors_are_errors_in_every_report(run, file, form):
    warned = pod(metadata={"labels": {"night": "x"}})
    name = file("pod.yaml", dump_yaml([warned]))

    before = run("check", "--format", form, name)
    after = run("check", "--format", form, "--warn-as-error", name)

    assert (1, 1) == (before.code, after.code)
    assert ([0, 1], [1, 0]) == (denied_and_warned(before.out, form), denied_and_warned(after.out, form))


def denied_and_warned(out, form):
    """How many findings a report tells as errors and as warnings."""
    match form:
        case "text":
            return [out.count(": deny IC"), out.count(": warn IC")]
        case "json":
            return [orjson.loads(out)["summary"][key] for key in ("deny", "warn")]
        case "sarif":
            levels = [one["level"] for one in orjson.loads(out)["runs"][0]["results"]]
            return [levels.count("error"), levels.count("warning")]
        case "junit":
            root = ET.fromstring(out)  # noqa: S314  # our own output
            return [len(root.findall(".//failure")), len(root.findall(".//system-out"))]
        case _:
            return [out.count("::error "), out.count("::warning ")]


@pytest.mark.parametrize("form", FORMATS)
def test_what_cannot_be_read_leaves_every_report_whole(run, file, form):
    ran = run("check", "--format", form, "gone.yaml", file("bad.yaml", "a: ["), file("pod.yaml", dump_yaml([NIGHT])))

    assert 2 == ran.code
    assert [1, 1] == denied_and_warned(ran.out.replace("::error file=gone", "").replace("::error file=bad", ""), form)


@pytest.mark.parametrize("form", FORMATS)
def test_no_document_is_a_report_too(run, file, form):
    ran = run("check", "--format", form, file("empty.yaml", ""))

    assert (0, "") == (ran.code, ran.err)
    assert [0, 0] == denied_and_warned(ran.out, form)
