"""What `prologue check` found, in the stable form for scripts."""

from collections.abc import Iterable

from webhook.cli.engine import Identity
from webhook.cli.result import Found, Result
from webhook.core.effective import Effective
from webhook.core.finding import Severity
from webhook.core.pod import Raw
from webhook.core.resource_list import canonical

SCHEMA = 1


def count(results: Iterable[Result], severity: Severity) -> int:
    """Count the findings at a severity."""
    return sum(one.finding.severity is severity for result in results for one in result.found)


def report(results: list[Result]) -> Raw:
    """Give what DESIGN calls stable: schema 1, results in the order of the documents, a summary."""
    summary = {
        "documents": len(results),
        "deny": count(results, Severity.DENY),
        "warn": count(results, Severity.WARN),
    }
    return {"schema": SCHEMA, "results": [_result(result) for result in results], "summary": summary}


def identity_json(file: str, index: int, who: Identity) -> Raw:
    """Give where a manifest stands and who it is."""
    return {
        "file": file,
        "document": index,
        "apiVersion": who.api_version,
        "kind": who.kind,
        "namespace": who.namespace,
        "name": who.name,
    }


def effective_json(effective: Effective | None) -> Raw | None:
    """Give effective resources as canonical texts by name."""
    if effective is None:
        return None
    return {
        "requests": canonical(effective.requests),
        "limits": canonical(effective.limits),
        "qos": effective.qos,
    }


def _result(result: Result) -> Raw:
    return {
        **identity_json(result.file, result.index, result.identity),
        "findings": [_finding(one) for one in result.found],
        "effective": result.effective,
    }


def _finding(one: Found) -> Raw:
    finding = one.finding
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "type": str(finding.type),
        "path": finding.path,
        "container": finding.container,
        "message": finding.message,
        "line": one.line,
        "column": one.column,
    }
