"""The policy that is in force: swapped whole when the files change, kept when they are broken."""

from dataclasses import dataclass
from pathlib import Path

from webhook.core.errors import PolicyError
from webhook.policy.folder import compile_contents, fingerprint, read_files
from webhook.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class Reload:
    """What a look at the files came to: `changed` when another policy is in force, `problems` when they are broken."""

    changed: bool = False
    problems: tuple[str, ...] = ()


class PolicyStore:
    """Holds the last good policy of some files; `refresh` looks again.

    Built only where the files are good: a service does not start with a broken policy.
    """

    def __init__(self, paths: list[Path], *, minor: int | None = None) -> None:
        self._paths = paths
        self._minor = minor
        contents = read_files(paths)
        self._seen = fingerprint(contents)
        self.current: Policy = compile_contents(contents, minor=minor)
        self.problems: tuple[str, ...] = ()

    @property
    def paths(self) -> list[Path]:
        """The files and folders that it looks at."""
        return self._paths

    def refresh(self) -> Reload:
        """Read the files again; the new policy takes over only when all of it is good."""
        contents = None
        try:
            contents = read_files(self._paths)
            seen = fingerprint(contents)
            if seen == self._seen:
                return Reload(problems=self.problems)
            self._seen = seen
            policy = compile_contents(contents, minor=self._minor)
        except PolicyError as error:
            if contents is None:
                # What could not be read may come back as it was, and is then to be looked at again.
                self._seen = ""
            self.problems = tuple(error.problems)
            return Reload(problems=self.problems)
        self.problems = ()
        changed = policy.digest != self.current.digest
        self.current = policy
        return Reload(changed=changed)
