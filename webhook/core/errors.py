"""The one error root of the webhook, and the families below it.

    PrologueError                 we could not answer
    ├── MisuseError               the person who called us can mend it (exit code 2)
    │   ├── QuantityError         a text that is no Kubernetes quantity (also a ValueError)
    │   ├── ManifestError         a manifest that cannot be read: file, line, column
    │   ├── PolicyError           a policy that cannot be loaded: file, line, field
    │   └── OptionsError          parameters that a recipe cannot take
    └── ReviewError               a request that is no AdmissionReview v1; carries the HTTP status to answer

A fault in someone's Pod is never an exception: it is a `Finding`, a value.
"""


class PrologueError(Exception):
    """We could not answer; the message says what, where and what to do next."""


class MisuseError(PrologueError):
    """What we were given cannot be used; the caller can mend it."""


class QuantityError(MisuseError, ValueError):
    """A text that Kubernetes would not read as a quantity."""


class ManifestError(MisuseError):
    """A manifest that cannot be read; `line` and `column` count from 1, 0 where unknown."""

    def __init__(self, message: str, *, file: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.column = column

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{where}: {self.message}" if where else self.message


class PolicyError(MisuseError):
    """Policies that cannot be loaded; `problems` holds one line for each fault, with file, line and field."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class OptionsError(MisuseError):
    """Parameters that a recipe cannot take; `field` names the one at fault."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class ReviewError(PrologueError):
    """A request that is no AdmissionReview v1; `status` is the HTTP status that says so."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
