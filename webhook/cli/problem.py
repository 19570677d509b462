"""What could not be read, and where: one line for people, its parts for reports."""

from dataclasses import dataclass
from typing import Self

from webhook.core.errors import ManifestError
from webhook.manifest.document import Document


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of reading; `line` and `column` count from 1, 0 where unknown."""

    message: str
    file: str = ""
    line: int = 0
    column: int = 0

    @classmethod
    def of(cls, error: ManifestError) -> Self:
        """Take the parts of an error."""
        return cls(error.message, error.file, error.line, error.column)

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{where}: {self.message}" if where else self.message


def no_object(document: Document) -> Problem:
    """Say of a document that holds no object what it should hold."""
    where = document.position()
    message = "a manifest is an object with apiVersion and kind, this is not"
    return Problem(message, document.file, where.line, where.column)
