"""Policies as the decision uses them: frozen, complete, made once at load time."""

from dataclasses import dataclass, field
from enum import StrEnum

from webhook.core.finding import Severity
from webhook.core.pod import Raw
from webhook.core.rule import Rule
from webhook.core.version import DEFAULT_MINOR
from webhook.policy.selector import LabelSelector

# The group and version of the kinds that people write.
API_VERSION = "prologue.dev/v1alpha1"


class Request(StrEnum):
    """Whether a Pod gets a policy's injection always or only when it asks."""

    ALWAYS = "Always"
    ANNOTATION = "Annotation"


class OnConflict(StrEnum):
    """What follows when an injection clashes with what is there."""

    DENY = "Deny"
    SKIP = "Skip"
    RENAME = "Rename"


class Anchor(StrEnum):
    """Where among the init containers."""

    FIRST = "first"
    LAST = "last"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Position:
    """A place among the init containers; `name` is the neighbour's for before and after."""

    anchor: Anchor = Anchor.LAST
    name: str = ""

    def __str__(self) -> str:
        return f"{self.anchor} {self.name}".rstrip()


@dataclass(frozen=True, slots=True)
class Placed:
    """One container to inject and its place."""

    container: Raw
    position: Position


@dataclass(frozen=True, slots=True)
class Injection:
    """One InjectionPolicy: everything in it is added together or not at all."""

    name: str
    digest: str
    namespace_selector: LabelSelector | None
    pod_selector: LabelSelector | None
    request: Request
    containers: tuple[Placed, ...]
    volumes: tuple[Raw, ...]
    app_volume_mounts: tuple[Raw, ...]
    app_env: tuple[Raw, ...]
    on_conflict: OnConflict

    @property
    def reference(self) -> str:
        """Name and version of the policy, as the status annotation holds it."""
        return f"{self.name}@{self.digest}"


@dataclass(frozen=True, slots=True)
class Exempt:
    """Namespaces in which some rules (by prefix) are silent until a day (ISO 8601, inclusive; empty for ever)."""

    namespaces: frozenset[str]
    rules: tuple[str, ...]
    reason: str
    until: str = ""

    def covers(self, code: str, namespace: str, today: str) -> bool:
        """Say whether a finding of this code in this namespace is exempt on this day."""
        if namespace not in self.namespaces or not code.startswith(self.rules):
            return False
        return not self.until or not today or today <= self.until


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """One RulePolicy: severities by code, family or prefix, exemptions, and the Kubernetes minor it names, if any."""

    severities: dict[str, Severity]
    exemptions: tuple[Exempt, ...] = ()
    minor: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What all documents say: the choices in the order of the documents, the injections in that of their names.

    `digests` holds one text for each document, which changes when anything in it does.
    """

    choices: tuple[RuleChoice, ...] = ()
    injections: tuple[Injection, ...] = ()
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule and what its findings lead to."""

    rule: Rule
    severity: Severity


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that people decided: the version, the rules that speak, the injections in the order of their names."""

    minor: int = DEFAULT_MINOR
    rules: tuple[ActiveRule, ...] = ()
    injections: tuple[Injection, ...] = ()
    exemptions: tuple[Exempt, ...] = ()
    digest: str = ""
    severities: dict[str, Severity] = field(default_factory=dict)

    def severity_of(self, code: str) -> Severity:
        """Give what a finding of this code leads to; Ignore for a code that no rule has."""
        return self.severities.get(code, Severity.IGNORE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known besides the review and the policies: labels of namespaces, and the day (ISO 8601; empty unknown)."""

    namespaces: dict[str, dict[str, str]] = field(default_factory=dict)
    today: str = ""
