"""Manifests from the command line, read one after the other; what cannot be read is told and the rest goes on."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from webhook.cli.listing import list_sources
from webhook.cli.problem import Problem
from webhook.core.errors import ManifestError
from webhook.manifest.document import Document, expand_list
from webhook.manifest.reader import read_documents


@dataclass(slots=True)
class Reading:
    """What came of the arguments: the documents in their order, and every fault of reading."""

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def items(self) -> list[Document]:
        """The documents with every list replaced by its items."""
        return [item for document in self.documents for item in expand_list(document)]

    @property
    def warnings(self) -> list[str]:
        """What Kubernetes would read without a word although the writer may mean something else."""
        return warnings_of(self.documents)


def read_manifests(arguments: Iterable[str]) -> Reading:
    """Read everything that is named."""
    reading = Reading()
    for source in list_sources(arguments):
        if isinstance(source, Problem):
            reading.problems.append(source)
            continue
        try:
            reading.documents += read_documents(source.read(), file=source.name)
        except ManifestError as error:
            reading.problems.append(Problem.of(error))
    return reading


def warnings_of(documents: Iterable[Document]) -> list[str]:
    """Give one line for each warning of the reader, with its place."""
    return [
        f"{document.file}:{warning.position.line}:{warning.position.column}: {warning.message}"
        for document in documents
        for warning in document.warnings
    ]
