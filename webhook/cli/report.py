"""What `prologue check` found, as values, and the stable form of it for scripts."""

from collections.abc import Iterable
from dataclasses import dataclass

from webhook.cli.engine import Identity
from webhook.core.effective import Effective
from webhook.core.finding import Finding, Severity
from webhook.core.pod import Raw
from webhook.core.resource_list import canonical
from webhook.manifest.document import Document

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Result:
    """One document: who it is, what was found, what it costs (None where it has no Pod that could be read)."""

    document: Document
    identity: Identity
    findings: tuple[Finding, ...]
    effective: Effective | None


def count(results: Iterable[Result], severity: Severity) -> int:
    """Count the findings at a severity."""
    return sum(finding.severity is severity for result in results for finding in result.findings)


def report(results: list[Result]) -> Raw:
    """Give what DESIGN calls stable: schema 1, results in the order of the documents, a summary."""
    summary = {
        "documents": len(results),
        "deny": count(results, Severity.DENY),
        "warn": count(results, Severity.WARN),
    }
    return {"schema": SCHEMA, "results": [_result(result) for result in results], "summary": summary}


def identity_json(document: Document, who: Identity) -> Raw:
    """Give where a manifest stands and who it is."""
    return {
        "file": document.file,
        "document": document.index,
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
        **identity_json(result.document, result.identity),
        "findings": [_finding(finding, result.document) for finding in result.findings],
        "effective": effective_json(result.effective),
    }


def _finding(finding: Finding, document: Document) -> Raw:
    where = document.position(finding.path)
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "type": str(finding.type),
        "path": finding.path,
        "container": finding.container,
        "message": finding.message,
        "line": where.line,
        "column": where.column,
    }
