"""One piece of work of `prologue check`: read, decide, find the places; what comes of it is small and may travel."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from webhook.admission.decision import Decision
from webhook.cli.cascade import causes
from webhook.cli.engine import Engine, Identity, identity_of, labels_of_namespaces
from webhook.cli.excerpt import excerpt
from webhook.cli.files import warnings_of
from webhook.cli.piece import Piece
from webhook.cli.problem import Problem, no_object
from webhook.cli.report import effective_json
from webhook.cli.result import Found, Result
from webhook.cli.selection import Selection
from webhook.core.errors import ManifestError
from webhook.core.field_path import FieldPath
from webhook.core.finding import Finding, Severity
from webhook.manifest.document import Document, expand_list
from webhook.policy.catalogue import rules


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a piece.

    `warnings` speak of what was read, `asides` of policies that have no say; `documents` counts those that hold
    something; `fault` says why the whole file counts for nothing.
    """

    results: tuple[Result, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    documents: int = 0
    fault: Problem | None = None


@dataclass(frozen=True, slots=True)
class Checker:
    """Asks the engine of every document of a piece, those inside lists too.

    `strict` makes warnings faults; `with_excerpts` says that people will read the answer.
    """

    engine: Engine
    selection: Selection
    strict: bool = False
    with_excerpts: bool = False

    def __call__(self, piece: Piece) -> Answer:
        """Give what came of a piece."""
        try:
            documents = piece.documents()
        except ManifestError as error:
            return Answer(fault=Problem.of(error))
        results: list[Result] = []
        problems: list[Problem] = []
        for document in (item for one in documents for item in expand_list(one)):
            if not isinstance(document.value, dict):
                problems.append(no_object(document))
                continue
            results.append(self._result(document, self.engine.ask(document.value)))
        return Answer(
            results=tuple(results),
            problems=tuple(problems),
            warnings=tuple(warnings_of(documents)),
            asides=tuple(self.engine.asides),
            documents=len(documents),
        )

    def _result(self, document: Document, decision: Decision) -> Result:
        who = identity_of(document.value)
        findings = [self._weighed(one) for one in decision.findings if self.selection.takes(one)]
        return Result(
            file=document.file,
            index=document.index,
            identity=who,
            found=tuple(self._found(document, who, findings, _secret_lines(document, decision))) if findings else (),
            effective=effective_json(decision.before),
            exempted=sum(map(self.selection.takes, decision.exempted)),
        )

    def _weighed(self, finding: Finding) -> Finding:
        if self.strict and finding.severity is Severity.WARN:
            return replace(finding, severity=Severity.DENY)
        return finding

    def _found(
        self, document: Document, who: Identity, findings: list[Finding], secret: frozenset[int]
    ) -> Iterable[Found]:
        tied = causes(findings, document.value, who, self.engine.policy.minor)
        for finding, cause in zip(findings, tied, strict=True):
            at = document.position(finding.path)
            shown = self.with_excerpts and at.line not in secret
            line = excerpt(document, at, _last_name(finding.path)) if shown else None
            yield Found(finding, at.line, at.column, cause, line)


def namespaces_in(piece: Piece) -> dict[str, dict[str, str]]:
    """Give the labels of the Namespace objects of a piece, by name; what cannot be read is told when it is checked."""
    try:
        data = piece.read()
        # Most files hold none, and are not worth reading twice; an escape may stand for any letter.
        if b"Namespace" not in data and b"\\" not in data:
            return {}
        documents = piece.documents()
    except ManifestError:
        return {}
    return labels_of_namespaces(item for one in documents for item in expand_list(one))


def _secret_lines(document: Document, decision: Decision) -> frozenset[int]:
    """Give the lines that hold a secret: whatever else is wrong there, they are not shown."""
    return frozenset(
        document.position(finding.path).line for finding in decision.findings if rules()[finding.code].finds_secrets
    )


def _last_name(path: str) -> str:
    return str(FieldPath.parse(path).parts[-1]) if path else ""
