"""What a rule says of a Pod: a value, never an exception."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding leads to, the strictest first.

    Deny refuses the object, Warn tells whoever sent it, Audit tells the audit log and nobody else, Ignore is silent.
    """

    DENY = "deny"
    WARN = "warn"
    AUDIT = "audit"
    IGNORE = "ignore"

    @property
    def strictness(self) -> int:
        """Give a number to compare by: 0 for Ignore, 3 for Deny."""
        return len(Severity) - 1 - list(Severity).index(self)


class ErrorType(StrEnum):
    """Kubernetes' field error types (apimachinery `field.ErrorType`), plus two of ours.

    `WARNING` is a warning of the API server itself; `UNDECODABLE` an object that it could not even decode (HTTP 400).
    `PRACTICE` marks what Kubernetes accepts and the night does not.
    """

    REQUIRED = "Required"
    INVALID = "Invalid"
    FORBIDDEN = "Forbidden"
    DUPLICATE = "Duplicate"
    NOT_SUPPORTED = "NotSupported"
    NOT_FOUND = "NotFound"
    TOO_LONG = "TooLong"
    TOO_MANY = "TooMany"
    TYPE_INVALID = "TypeInvalid"
    WARNING = "Warning"
    UNDECODABLE = "Undecodable"
    PRACTICE = "Practice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place; `path` is spelled as Kubernetes spells it, `container` is its name or empty."""

    code: str
    type: ErrorType
    path: str
    message: str
    container: str = ""
    severity: Severity = Severity.DENY
