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


@pytest.mark.parametrize(("name", "minor"), VERDICTS)
def test_we_find_nothing_in_family_ic1_that_kubernetes_does_not(name, minor):
    for line in lines(name):
        verdict = line["verdict"][f"1.{minor}"]
        if verdict.get("undecodable"):
            continue
        errors = Counter(map(tuple, verdict["errors"]))
        findings = decide(review(line["manifest"]), policy(minor)).findings

        ours = Counter((str(one.type), one.path) for one in findings if one.code.startswith("IC1"))

        assert not ours - errors, line["manifest"]
