"""Policies as the decision uses them: frozen, complete, made once at load time."""

from dataclasses import dataclass, field
from enum import StrEnum

from webhook.core.finding import Severity
from webhook.core.pod import Raw
from webhook.core.version import DEFAULT_MINOR
from webhook.policy.regime import ActiveRule, Regimes
from webhook.policy.selector import LabelSelector

# The group and version of the kinds that people write.
API_VERSION = "prologue.dev/v1alpha1"
# Every namespace has its name as a label, put there by the API server.
NAME_LABEL = "kubernetes.io/metadata.name"


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
    policy: str = field(default="", compare=False)

    def covers(self, code: str, namespace: str, today: str) -> bool:
        """Say whether a finding of this code in this namespace is exempt on this day."""
        if namespace not in self.namespaces or not code.startswith(self.rules):
            return False
        return not self.has_ended(today)

    def has_ended(self, today: str) -> bool:
        """Say whether its last day is over; not where the day is not known."""
        return bool(self.until and today) and today > self.until

    def __str__(self) -> str:
        where = ", ".join(sorted(self.namespaces))
        return (
            f"RulePolicy {self.policy}: {', '.join(self.rules)} in {where} until {self.until or 'ever'}: {self.reason}"
        )


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """For whom a RulePolicy is; `only_raises` says that Pods choose it themselves and it was not allowed to silence."""

    namespace_selector: LabelSelector | None
    pod_selector: LabelSelector | None
    only_raises: bool


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """One RulePolicy: severities by code, family, prefix or tier, and where; exemptions; the Kubernetes minor, if named."""

    name: str
    severities: dict[str, Severity]
    exemptions: tuple[Exempt, ...] = ()
    minor: int | None = None
    match: RuleMatch | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What all documents say: the choices in the order of the documents, the injections in that of their names.

    `digests` holds one text for each document, which changes when anything in it does.
    """

    choices: tuple[RuleChoice, ...] = ()
    injections: tuple[Injection, ...] = ()
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that people decided: the version, the rules that speak, the injections in the order of their names.

    `rules` and `severities` are those that hold everywhere; `regimes` knows of RulePolicies that hold for some Pods
    only, and is None where there are none.
    """

    minor: int = DEFAULT_MINOR
    rules: tuple[ActiveRule, ...] = ()
    injections: tuple[Injection, ...] = ()
    exemptions: tuple[Exempt, ...] = ()
    digest: str = ""
    severities: dict[str, Severity] = field(default_factory=dict)
    regimes: Regimes | None = None

    def severity_of(self, code: str) -> Severity:
        """Give what a finding of this code leads to; Ignore for a code that no rule has."""
        return self.severities.get(code, Severity.IGNORE)

    def ended(self, today: str) -> list[Exempt]:
        """Give the exemptions whose last day is over."""
        return [one for one in self.exemptions if one.has_ended(today)]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known besides the review and the policies: labels of namespaces, and the day (ISO 8601; empty unknown)."""

    namespaces: dict[str, dict[str, str]] = field(default_factory=dict)
    today: str = ""

    def meets(self, selector: LabelSelector, namespace: str) -> bool | None:
        """Say whether a namespace meets a selector; None where that hangs on labels that are not known here."""
        known = self.namespaces.get(namespace)
        if known is None and selector.keys - {NAME_LABEL}:
            return None
        return selector.matches({**(known or {}), NAME_LABEL: namespace or "default"})


def unknown_labels(namespace: str) -> str:
    """Say why a policy with a namespaceSelector does not hold somewhere, where it could not be asked."""
    return f"the labels of namespace {namespace or 'default'!r} are not known here"
