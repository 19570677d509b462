"""What Kubernetes itself said of thousands of manifests, frozen, against what we say."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.builders import review
from webhook.admission.decide import decide
from webhook.manifest.reader import read_documents
from webhook.policy.compiler import compile_policy

ORACLE = Path(__file__).parents[1] / "oracle"
VERDICTS = [
    pytest.param(name, minor, id=f"{name} 1.{minor}")
    for name, minors in (("cases", (33, 34, 35, 36)), ("manifests", (34, 35, 36)), ("wide", (33, 34, 35, 36)))
    for minor in minors
]


@cache
def lines(name):
    return [json.loads(line) for line in (ORACLE / f"{name}.jsonl").read_text().splitlines()]


@cache
def policy(minor):
    return compile_policy(read_documents(b""), minor=minor)


def findings(line, minor):
    return [one for one in decide(review(line["manifest"]), policy(minor)).findings if one.code.startswith("IC1")]


@pytest.mark.parametrize(("name", "minor"), VERDICTS)
def test_errors_have_the_types_and_paths_of_kubernetes_no_more_and_no_fewer(name, minor):
    for line in lines(name):
        verdict = line["verdict"][f"1.{minor}"]
        if verdict.get("undecodable"):
            assert ["Undecodable"] == [one.type for one in findings(line, minor)], line["manifest"]
            continue
        theirs = Counter(map(tuple, verdict["errors"]))

        ours = Counter((str(one.type), one.path) for one in findings(line, minor) if one.type != "Warning")

        assert theirs == ours, line["manifest"]


@pytest.mark.parametrize(("name", "minor"), VERDICTS)
def test_what_is_accepted_brings_the_warnings_of_kubernetes(name, minor):
    for line in lines(name):
        verdict = line["verdict"][f"1.{minor}"]
        if verdict.get("undecodable") or verdict["errors"]:
            continue
        theirs = Counter(verdict["warnings"])

        ours = Counter(one.path for one in findings(line, minor) if one.type == "Warning")

        assert theirs == ours, line["manifest"]
