"""Policy documents → one frozen `Policy`, which is all that a decision needs of them."""

import hashlib
from collections.abc import Collection, Iterable, Mapping

import orjson

from webhook.core.finding import Severity
from webhook.core.rule import Rule, Tier
from webhook.core.version import DEFAULT_MINOR
from webhook.manifest.document import Document, expand_list
from webhook.policy.catalogue import rules
from webhook.policy.policy import ActiveRule, Policy, Said

# The family of what the API server itself refuses, or warns about.
_KUBERNETES = "IC1"


def compile_policy(documents: Iterable[Document], *, minor: int | None = None, asked: Collection[str] = ()) -> Policy:
    """Make one policy of many documents, those inside lists too; `minor` overrides the version that a RulePolicy names.

    `asked` holds tiers, codes and prefixes whose rules are to speak although they are not in the default tier.

    Raises:
        PolicyError: some document is no policy, or not a right one; it lists all that was found.
    """
    items = [item for document in documents for item in expand_list(document)]
    if not items:
        return _assemble(Said(), minor, asked)
    from webhook.policy.reading import read_policies  # noqa: PLC0415  # its models take a twentieth of a second

    said = read_policies(items)
    return _assemble(said, minor, asked)


def _assemble(heard: Said, minor: int | None, asked: Collection[str]) -> Policy:
    said = {prefix: severity for choice in heard.choices for prefix, severity in choice.severities.items()}
    versions = [choice.minor for choice in heard.choices if choice.minor is not None]
    chosen = minor or (max(versions) if versions else DEFAULT_MINOR)
    severities = {code: _severity(rule, said, asked) for code, rule in rules().items()}
    return Policy(
        minor=chosen,
        rules=tuple(
            ActiveRule(rule, severities[code])
            for code, rule in rules().items()
            if rule.check is not None and severities[code] is not Severity.IGNORE
        ),
        injections=heard.injections,
        exemptions=tuple(exempt for choice in heard.choices for exempt in choice.exemptions),
        digest=_digest([*(one.reference for one in heard.injections), *heard.digests, str(chosen), *sorted(asked)]),
        severities=severities,
    )


def _severity(rule: Rule, said: Mapping[str, Severity], asked: Collection[str]) -> Severity:
    """The longest prefix that fits the code decides, then the tiers that a policy names, then what was asked for."""
    fitting = [prefix for prefix in said if rule.code.startswith(prefix) and not _reaches_too_far(prefix, said, rule)]
    if fitting:
        return said[max(fitting, key=len)]
    tiers = [tier for tier in Tier if tier in said and tier.includes(rule.tier) and rule.tier is not Tier.DEFAULT]
    if tiers:
        return said[tiers[0]]
    return rule.asked_severity if any(_asks_for(one, rule) for one in asked) else rule.default_severity


def _reaches_too_far(prefix: str, said: Mapping[str, Severity], rule: Rule) -> bool:
    """Say whether a whole family at Deny would refuse what Kubernetes itself only warns about: that takes its own code."""
    only_warns = rule.code.startswith(_KUBERNETES) and rule.default_severity is Severity.WARN
    return only_warns and len(prefix) <= len(_KUBERNETES) and said[prefix] is Severity.DENY


def _asks_for(wish: str, rule: Rule) -> bool:
    """A tier asks for its rules and those below; a family or code for all that begins so; `IC` alone for nothing more."""
    if wish in list(Tier):
        return Tier(wish).includes(rule.tier)
    return len(wish) > len("IC") and rule.code.startswith(wish)


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:12]
