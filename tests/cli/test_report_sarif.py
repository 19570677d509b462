"""`prologue check --format sarif`: what SARIF 2.1.0 asks for, what code hosts show."""

import re

import pytest

from tests.builders import container, pod
from webhook.cli.problem import Problem
from webhook.cli.report_sarif import sarif
from webhook.cli.result import Outcome
from webhook.manifest.writer import dump_yaml
from webhook.policy.catalogue import rules

FAULTY = pod(
    init=[container("a", livenessProbe={"exec": {"command": ["true"]}}), {"name": "b"}],
    metadata={"namespace": "web", "labels": {"night": "x"}},
)
LEVELS = ("none", "note", "warning", "error")


@pytest.fixture
def log(run, file):
    """The log of a file with three faults."""
    return run("check", "--format", "sarif", file("some dir/pod.yaml", dump_yaml([FAULTY]))).json


def test_it_names_version_and_schema(log):
    assert "2.1.0" == log["version"]
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    assert 1 == len(log["runs"])


def test_the_driver_has_a_name_and_a_version(log):
    driver = log["runs"][0]["tool"]["driver"]

    assert "prologue" == driver["name"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", driver["semanticVersion"])


def test_a_tree_that_was_never_installed_names_no_version(monkeypatch):
    monkeypatch.setattr("webhook.cli.report_sarif.own_version", lambda: None)

    [one] = sarif(Outcome([], []))["runs"]

    assert {"name", "rules"} == set(one["tool"]["driver"])


def test_every_result_points_at_its_rule(log):
    [one] = log["runs"]

    assert ["IC103", "IC106", "IC399"] == [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    for result in one["results"]:
        assert result["ruleId"] == one["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
    assert {("IC103", "error"), ("IC106", "error"), ("IC399", "warning")} == {
        (result["ruleId"], result["level"]) for result in one["results"]
    }


def test_every_rule_comes_with_help(log):
    rule = log["runs"][0]["tool"]["driver"]["rules"][0]

    assert "ProbeOnInitContainer" == rule["name"]
    assert "Probe on init container" == rule["shortDescription"]["text"]
    assert rule["fullDescription"]["text"]
    assert "Source: kubernetes" in rule["help"]["text"]
    assert rule["help"]["markdown"].count("```yaml") == 2
    assert "error" == rule["defaultConfiguration"]["level"]
    assert ["kubernetes", "default"] == rule["properties"]["tags"]


def test_a_rule_of_every_code_can_be_told():
    everything = [one for rule in rules().values() for one in (rule.code, rule.title, rule.source)]

    assert all(everything)


def test_a_result_has_file_line_column_and_field(log):
    result = next(one for one in log["runs"][0]["results"] if one["ruleId"] == "IC103")

    [location] = result["locations"]
    assert "some%20dir/pod.yaml" == location["physicalLocation"]["artifactLocation"]["uri"]
    assert {"startLine": 15, "startColumn": 5} == location["physicalLocation"]["region"]
    [logical] = location["logicalLocations"]
    assert "Pod/web/shop:spec.initContainers[0].livenessProbe" == logical["fullyQualifiedName"]
    assert result["message"]["text"].startswith("spec.initContainers[0].livenessProbe: Forbidden: may not be set")


def test_columns_count_characters(log):
    assert "unicodeCodePoints" == log["runs"][0]["columnKind"]


def test_a_fault_keeps_its_fingerprint_when_lines_move(run, file):
    text = dump_yaml([FAULTY])
    before, after = (
        run("check", "--format", "sarif", file("pod.yaml", one)).json["runs"][0]["results"]
        for one in (text, f"# a comment\n{text}")
    )

    assert before != after
    assert [one["partialFingerprints"] for one in before] == [one["partialFingerprints"] for one in after]
    assert len(before) == len({one["partialFingerprints"]["object/v1"] for one in before})


def test_a_run_that_read_everything_was_successful(log):
    assert [{"executionSuccessful": True}] == log["runs"][0]["invocations"]


def test_what_could_not_be_read_is_told_of_the_run_with_its_place(run, file):
    ran = run("check", "--format", "sarif", "gone.yaml", file("bad.yaml", "a: 1\n\tb: 2\n"))

    [invocation] = ran.json["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    gone, bad = invocation["toolExecutionNotifications"]
    assert {"error"} == {gone["level"], bad["level"]}
    assert {"artifactLocation": {"uri": "gone.yaml"}} == gone["locations"][0]["physicalLocation"]
    assert {"startLine": 2, "startColumn": 1} == bad["locations"][0]["physicalLocation"]["region"]
    assert "a tab character" in bad["message"]["text"] or "tab" in bad["message"]["text"]


def test_a_problem_without_a_file_has_no_place():
    [invocation] = sarif(Outcome([], [Problem("all is lost")]))["runs"][0]["invocations"]

    assert [{"level": "error", "message": {"text": "all is lost"}}] == invocation["toolExecutionNotifications"]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        pytest.param("./a.yaml", "a.yaml", id="a dot in front"),
        pytest.param("b/../a.yaml", "a.yaml", id="there and back"),
        pytest.param("größe#1.yaml", "gr%C3%B6%C3%9Fe%231.yaml", id="no ASCII"),
        pytest.param("a:b.yaml", "a%3Ab.yaml", id="a colon, which would be a scheme"),
        pytest.param("/a b.yaml", "file:///a%20b.yaml", id="an absolute path"),
        pytest.param("<stdin>", "%3Cstdin%3E", id="standard input"),
    ],
)
def test_a_file_is_named_by_a_uri(name, uri):
    [invocation] = sarif(Outcome([], [Problem("x", name)]))["runs"][0]["invocations"]

    [notification] = invocation["toolExecutionNotifications"]
    assert uri == notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_every_level_is_one_that_sarif_knows(run, file):
    policy = "apiVersion: prologue.dev/v1alpha1\nkind: RulePolicy\nmetadata: {name: a}\nspec: {rules: {IC103: Audit}}\n"

    ran = run("check", "--format", "sarif", "--policy", file("p.yaml", policy), file("pod.yaml", dump_yaml([FAULTY])))

    levels = {one["ruleId"]: one["level"] for one in ran.json["runs"][0]["results"]}
    assert {"IC103": "note", "IC106": "error", "IC399": "warning"} == levels
    assert set(levels.values()) <= set(LEVELS)
