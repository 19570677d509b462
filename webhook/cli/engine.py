"""One manifest through the engine, as the webhook would see it on CREATE."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from webhook.admission.decide import decide
from webhook.admission.decision import Decision
from webhook.admission.review import Review
from webhook.core.pod import Raw
from webhook.core.version import parse_minor
from webhook.manifest.document import Document
from webhook.policy.folder import load_policy
from webhook.policy.policy import Facts, Policy

# Where kubectl puts what names no namespace, unless it is told otherwise.
DEFAULT_NAMESPACE = "default"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a manifest says of itself; empty text where it says nothing or no text."""

    api_version: str
    kind: str
    namespace: str
    name: str


def identity_of(manifest: Raw) -> Identity:
    """Read apiVersion, kind, namespace and name, whatever shape the manifest has."""
    metadata = manifest.get("metadata")
    if not isinstance(metadata, dict):
        metadata = {}
    name = _text(metadata, "name") or _text(metadata, "generateName")
    return Identity(_text(manifest, "apiVersion"), _text(manifest, "kind"), _text(metadata, "namespace"), name)


@dataclass(frozen=True, slots=True)
class Engine:
    """Everything that a decision needs besides the manifest; `namespace` is for those that name none.

    It remembers which RulePolicies could not be asked, and tells it once for each namespace.
    """

    policy: Policy
    facts: Facts
    namespace: str = DEFAULT_NAMESPACE
    _unasked: dict[str, None] = field(default_factory=dict)

    @property
    def asides(self) -> list[str]:
        """What the policy does not do any more, or did not do because too little is known, for people to read."""
        ended = [f"the exemption has ended: {one}" for one in self.policy.ended(self.facts.today)]
        return [*ended, *self._unasked]

    def ask(self, manifest: Raw) -> Decision:
        """Decide about one manifest as the mutating webhook does when it is created."""
        who = identity_of(manifest)
        review = Review(
            uid="prologue",
            operation="CREATE",
            api_version=who.api_version,
            kind=who.kind,
            namespace=who.namespace or self.namespace,
            name=who.name,
            object=manifest,
            mutating=True,
        )
        decision = decide(review, self.policy, self.facts)
        for one in decision.unasked:
            self._unasked[f"RulePolicy {one.policy} does not count: {one.reason}; give the Namespace too"] = None
        return decision


def policy_for(paths: Iterable[Path] | None, version: str | None, asked: Collection[str] = ()) -> Policy:
    """Load the policies that a command was given; `asked` are tiers and codes beyond the default ones.

    Raises:
        PolicyError: a policy is broken.
        MisuseError: the Kubernetes version is not known.
    """
    return load_policy(paths or (), minor=parse_minor(version) if version else None, asked=asked)


def facts_in(documents: Iterable[Document], *, today: dt.date) -> Facts:
    """Take the labels of the Namespace objects among the manifests."""
    return Facts(namespaces=labels_of_namespaces(documents), today=today.isoformat())


def labels_of_namespaces(documents: Iterable[Document]) -> dict[str, dict[str, str]]:
    """Give the labels of the Namespace objects among the manifests, by name; of two with one name the last."""
    namespaces: dict[str, dict[str, str]] = {}
    for document in documents:
        value = document.value
        if isinstance(value, dict) and value.get("kind") == "Namespace" and value.get("apiVersion") == "v1":
            metadata = value.get("metadata")
            labels = metadata.get("labels") if isinstance(metadata, dict) else None
            name = identity_of(value).name
            if name and (labels is None or isinstance(labels, dict)):
                namespaces[name] = {str(key): str(text) for key, text in (labels or {}).items()}
    return namespaces


def utc_today() -> dt.date:
    """Give the day by which exemptions end, as the service counts it."""
    return dt.datetime.now(dt.UTC).date()


def _text(holder: Raw, field: str) -> str:
    value = holder.get(field)
    return value if isinstance(value, str) else ""
