"""What `prologue check` found as SARIF 2.1.0 (OASIS), which code hosts and editors show at the line.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import hashlib
import os
from pathlib import PurePath
from urllib.parse import quote

from webhook.cli.problem import Problem
from webhook.cli.result import Found, Outcome, Result
from webhook.cli.version import own_version
from webhook.core.finding import Severity
from webhook.core.pod import Raw
from webhook.core.rule import Rule
from webhook.policy.catalogue import examples, prose, rules

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.DENY: "error", Severity.WARN: "warning"}


def sarif(outcome: Outcome) -> Raw:
    """Give one run: the rules that spoke, each with its help, every finding with its place, and what could not be read."""
    codes = sorted({one.finding.code for result in outcome.results for one in result.found})
    index = {code: number for number, code in enumerate(codes)}
    run = {
        "tool": {"driver": _driver(codes)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(outcome.problems)],
        "results": [
            _result(result, one, index[one.finding.code]) for result in outcome.results for one in result.found
        ],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(codes: list[str]) -> Raw:
    driver: Raw = {"name": "prologue", "rules": [_rule(rules()[code]) for code in codes]}
    version = own_version()
    return driver if version is None else {**driver, "semanticVersion": version}


def _rule(rule: Rule) -> Raw:
    text = prose(rule.text) or rule.title
    parts = [text, *(f"{title}:\n\n```yaml\n{yaml}```" for title, yaml in examples(rule.text).items())]
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("_")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": text},
        "help": {
            "text": f"{text}\n\nSource: {rule.source}",
            "markdown": "\n\n".join([*parts, f"Source: {rule.source}"]),
        },
        "defaultConfiguration": {"level": _level(rule.asked_severity)},
        "properties": {"tags": ["kubernetes", str(rule.tier)]},
    }


def _result(result: Result, one: Found, index: int) -> Raw:
    finding = one.finding
    who = result.identity
    name = "/".join(part for part in (who.kind, who.namespace, who.name) if part)
    location = {
        **_location(result.file, one.line, one.column),
        "logicalLocations": [{"fullyQualifiedName": f"{name}:{finding.path}", "kind": "member"}],
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _level(finding.severity),
        "message": {"text": f"{finding.path}: {finding.type}: {finding.message}"},
        "locations": [location],
        # The same fault stays the same when lines move: code hosts follow it by this.
        "partialFingerprints": {"object/v1": _fingerprint(name, one)},
    }


def _invocation(problems: list[Problem]) -> Raw:
    """Say whether all was read; what was not is a fault of the run, not of a manifest."""
    invocation: Raw = {"executionSuccessful": not problems}
    if problems:
        invocation["toolExecutionNotifications"] = [
            {
                "level": "error",
                "message": {"text": problem.message},
                **({"locations": [_location(problem.file, problem.line, problem.column)]} if problem.file else {}),
            }
            for problem in problems
        ]
    return invocation


def _location(file: str, line: int, column: int) -> Raw:
    place: Raw = {"artifactLocation": {"uri": _uri(file)}}
    if line:
        place["region"] = {"startLine": line, "startColumn": max(1, column)}
    return {"physicalLocation": place}


def _uri(file: str) -> str:
    """Give a file as a URI: of a relative one a reference without dots in front, as code hosts want it."""
    if os.path.isabs(file):  # noqa: PTH117  # of a name, not of a file
        return PurePath(file).as_uri()
    return quote(os.path.normpath(file).replace(os.sep, "/"))


def _level(severity: Severity) -> str:
    return _LEVELS.get(severity, "note")


def _fingerprint(name: str, one: Found) -> str:
    finding = one.finding
    text = f"{name}\x00{finding.code}\x00{finding.type}\x00{finding.path}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
