"""`prologue check --format junit`: XML that a parser reads back, a case for each manifest."""

import xml.etree.ElementTree as ET

from tests.builders import pod
from webhook.manifest.writer import dump_json, dump_yaml

FINE = pod(metadata={"name": "fine"})
NIGHT = pod(metadata={"name": "night", "labels": {"night": "x"}})
BAD = pod(init=[{"name": "b"}, {"name": "c"}], metadata={"name": "bad", "namespace": "web", "labels": {"night": "x"}})


def suites(ran):
    root = ET.fromstring(ran.out)  # noqa: S314  # our own output
    assert "testsuites" == root.tag
    return root, {suite.get("name"): suite for suite in root}


def test_a_suite_for_each_file_a_case_for_each_manifest(run, file):
    files = [file("b.yaml", dump_yaml([FINE, BAD])), file("a.json", dump_json([NIGHT]))]

    root, by_file = suites(run("check", "--format", "junit", *files))

    assert ["b.yaml", "a.json"] == list(by_file)
    assert ["Pod fine", "Pod web/bad"] == [case.get("name") for case in by_file["b.yaml"]]
    assert {"b.yaml"} == {case.get("classname") for case in by_file["b.yaml"]}
    assert ("3", "1", "0") == tuple(root.get(key) for key in ("tests", "failures", "errors"))
    assert ("2", "1", "0") == tuple(by_file["b.yaml"].get(key) for key in ("tests", "failures", "errors"))


def test_a_manifest_that_would_be_refused_is_one_failure_with_all_its_reasons(run, file):
    _, by_file = suites(run("check", "--format", "junit", file("pod.yaml", dump_yaml([BAD]))))

    [case] = by_file["pod.yaml"]
    [failure] = case.findall("failure")
    first, second = (failure.text or "").splitlines()
    assert ("IC106", first) == (failure.get("type"), failure.get("message"))
    assert first.startswith("13:5 IC106 spec.initContainers[0].image: Required: ")
    assert "IC106 spec.initContainers[1].image" in second
    assert "IC399" in (case.findtext("system-out") or "")


def test_a_manifest_that_is_only_warned_of_passes_and_says_so(run, file):
    root, by_file = suites(run("check", "--format", "junit", file("pod.yaml", dump_yaml([NIGHT]))))

    [case] = by_file["pod.yaml"]
    assert "0" == root.get("failures")
    assert [] == case.findall("failure")
    assert "IC399 metadata.labels[night]: Practice: will wake someone" in (case.findtext("system-out") or "")


def test_what_cannot_be_read_is_an_error(run, file):
    root, by_file = suites(run("check", "--format", "junit", "gone.yaml", file("pod.yaml", dump_yaml([FINE]))))

    [error] = by_file["gone.yaml"].findall("testcase/error")
    assert (error.get("message") or "").startswith("gone.yaml: there is no such file")
    assert ("2", "0", "1") == tuple(root.get(key) for key in ("tests", "failures", "errors"))


def test_no_control_character_and_no_markup_breaks_the_xml(run, file):
    it = pod(init=[{"name": "a\x01\x1b]]><b>&\ufffe"}], metadata={"name": '\x00<x> & "y"'})

    _, by_file = suites(run("check", "--format", "junit", file("a&<b>.json", dump_json([it]))))

    [case] = by_file["a&<b>.json"]
    assert '\\x00<x> & "y"' in (case.get("name") or "")
    assert "]]><b>&" in (case.findtext("failure") or "")
