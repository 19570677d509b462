"""The rules that mirror the Pod Security Standards, against verdicts of Kubernetes' own checks.

`tests/oracle/pod_security.jsonl` holds pod specs and, for each, the codes whose checks in pod-security-admission 0.36.3
(their newest versions) refuse it.
"""

from pathlib import Path

import orjson
import pytest

from webhook.core.pod import Pod
from webhook.policy.catalogue import rules

CODES = ("IC340", "IC341", "IC342", "IC343", "IC344", "IC345", "IC347")
FILE = Path(__file__).parent.parent / "oracle" / "pod_security.jsonl"
CASES = [orjson.loads(line) for line in FILE.read_bytes().splitlines()]


@pytest.mark.parametrize("code", CODES)
def test_what_kubernetes_refuses_is_found_and_nothing_else(code):
    check = rules()[code].check

    disagreeing = [
        case["spec"]
        for case in CASES
        if (code in case["refused"]) != any(True for _ in check(Pod({"spec": case["spec"]})))
    ]

    assert [] == disagreeing


@pytest.mark.parametrize("code", CODES)
def test_the_cases_hold_both_verdicts(code):
    verdicts = {code in case["refused"] for case in CASES}

    assert {True, False} == verdicts
