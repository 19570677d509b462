"""A rule: one bad pattern, known by a code that never changes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from webhook.core.finding import Finding, Severity
from webhook.core.pod import Pod

Check = Callable[[Pod], Iterable[Finding]]


class Tier(StrEnum):
    """How much people ask for: each tier brings those before it.

    A rule that would fire on most good files is never in DEFAULT; those of the others speak only when they are asked
    to, by a policy or by `--select`.
    """

    DEFAULT = "default"
    RECOMMENDED = "recommended"
    STRICT = "strict"

    def includes(self, other: "Tier") -> bool:
        """Say whether whoever asks for this tier gets the rules of another one."""
        order = list(Tier)
        return order.index(other) <= order.index(self)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    `code` is for ever; `title` names the bad pattern; `check` gives the findings of one Pod and needs nothing but it,
    and is None where the decision itself finds the fault;
    `source` is the place in Kubernetes that says so; `text` is the docstring of the rule's module, with its Bad and
    Good manifests; `beyond_template` says that it also judges what stands around a pod template, so that it speaks
    where the API server does not look into the template; `tier` says who gets it without asking; `finds_secrets`
    that nobody should print the lines that its findings point to.

    Two more say when a rule need not be asked, for speed. `needs` holds names of fields: where a Pod has none of them
    (`core.field_names`), the rule finds nothing; empty where that cannot be said. `by_container` says that what it finds
    in a container hangs on nothing but this container and what stands outside of containers, volumes and annotations, and
    that fields added to it bring no finding unless one that it needs is among them.
    """

    code: str
    title: str
    check: Check | None
    source: str
    text: str = ""
    severity: Severity | None = None
    beyond_template: bool = False
    tier: Tier = Tier.DEFAULT
    finds_secrets: bool = False
    needs: tuple[str, ...] = ()
    by_container: bool = False

    @property
    def default_severity(self) -> Severity:
        """What its findings lead to when nobody says anything: silence, for a rule that has to be asked for."""
        return self.asked_severity if self.tier is Tier.DEFAULT else Severity.IGNORE

    @property
    def asked_severity(self) -> Severity:
        """Deny for what Kubernetes itself refuses (IC1xx), Warn for the rest, unless the rule says otherwise."""
        if self.severity is not None:
            return self.severity
        return Severity.DENY if self.code.startswith("IC1") else Severity.WARN

    @property
    def slug(self) -> str:
        """The title as a file or a page is named after it."""
        return self.title.lower().replace(" ", "_").replace("-", "_")
