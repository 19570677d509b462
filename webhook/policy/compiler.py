"""Policy documents → one frozen `Policy`, which is all that a decision needs of them."""

import hashlib
from collections.abc import Iterable, Mapping

import orjson

from webhook.core.finding import Severity
from webhook.core.version import DEFAULT_MINOR
from webhook.manifest.document import Document, expand_list
from webhook.policy.catalogue import rules
from webhook.policy.policy import ActiveRule, Injection, Policy, RuleChoice


def compile_policy(documents: Iterable[Document], *, minor: int | None = None) -> Policy:
    """Make one policy of many documents, those inside lists too; `minor` overrides the version that a RulePolicy names.

    Raises:
        PolicyError: some document is no policy, or not a right one; it lists all that was found.
    """
    items = [item for document in documents for item in expand_list(document)]
    if not items:
        return _assemble((), (), (), minor)
    from webhook.policy.reading import read_policies  # noqa: PLC0415  # pydantic takes a tenth of a second

    said = read_policies(items)
    return _assemble(said.choices, said.injections, said.digests, minor)


def _assemble(
    choices: tuple[RuleChoice, ...], injections: tuple[Injection, ...], digests: tuple[str, ...], minor: int | None
) -> Policy:
    said = {prefix: severity for choice in choices for prefix, severity in choice.severities.items()}
    versions = [choice.minor for choice in choices if choice.minor is not None]
    chosen = minor or (max(versions) if versions else DEFAULT_MINOR)
    severities = {code: _severity(code, rule.default_severity, said) for code, rule in rules().items()}
    return Policy(
        minor=chosen,
        rules=tuple(
            ActiveRule(rule, severities[code])
            for code, rule in rules().items()
            if rule.check is not None and severities[code] is not Severity.IGNORE
        ),
        injections=injections,
        exemptions=tuple(exempt for choice in choices for exempt in choice.exemptions),
        digest=_digest([*(one.reference for one in injections), *digests, str(chosen)]),
        severities=severities,
    )


def _severity(code: str, default: Severity, said: Mapping[str, Severity]) -> Severity:
    """The longest prefix that fits the code decides; explicit beats default."""
    fitting = [prefix for prefix in said if code.startswith(prefix)]
    return said[max(fitting, key=len)] if fitting else default


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:12]
