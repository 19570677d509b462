"""What `prologue check` found as SARIF 2.1.0 (OASIS), which code hosts and editors show at the line.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import hashlib
from importlib import metadata
from urllib.parse import quote

from webhook.cli.report import Result
from webhook.core.finding import Finding, Severity
from webhook.core.pod import Raw
from webhook.core.rule import Rule
from webhook.policy.catalogue import examples, prose, rules

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.DENY: "error", Severity.WARN: "warning"}


def sarif(results: list[Result]) -> Raw:
    """Give one run: the rules that spoke, each with its help, and every finding with its place."""
    codes = sorted({finding.code for result in results for finding in result.findings})
    index = {code: number for number, code in enumerate(codes)}
    driver = {
        "name": "prologue",
        "semanticVersion": metadata.version("prologue-webhook"),
        "rules": [_rule(rules()[code]) for code in codes],
    }
    found = [_result(result, finding, index[finding.code]) for result in results for finding in result.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> Raw:
    shown = examples(rule.text)
    text = prose(rule.text)
    parts = [text, *(f"{title}:\n\n```yaml\n{yaml}```" for title, yaml in shown.items()), f"Source: {rule.source}"]
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("_")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": text},
        "help": {"text": "\n\n".join([text, f"Source: {rule.source}"]), "markdown": "\n\n".join(parts)},
        "defaultConfiguration": {"level": _LEVELS.get(rule.asked_severity, "note")},
        "properties": {"tags": [str(rule.tier), "kubernetes"]},
    }


def _result(result: Result, finding: Finding, index: int) -> Raw:
    where = result.document.position(finding.path)
    who = result.identity
    name = "/".join(part for part in (who.kind, who.namespace, who.name) if part)
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS.get(finding.severity, "note"),
        "message": {"text": f"{finding.type}: {finding.path}: {finding.message}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(result.document.file)},
                    "region": {"startLine": where.line, "startColumn": where.column},
                },
                "logicalLocations": [{"fullyQualifiedName": f"{name}:{finding.path}", "kind": "member"}],
            }
        ],
        # The same fault stays the same when lines move: code hosts follow it by this.
        "partialFingerprints": {"object/v1": _fingerprint(name, finding)},
    }


def _fingerprint(name: str, finding: Finding) -> str:
    text = f"{name}\x00{finding.code}\x00{finding.type}\x00{finding.path}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
