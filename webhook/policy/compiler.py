"""Policy documents → one frozen `Policy`, which is all that a decision needs of them."""

import hashlib
from collections.abc import Collection, Iterable

import orjson

from webhook.core.version import DEFAULT_MINOR
from webhook.manifest.document import Document, expand_list
from webhook.policy.catalogue import rules
from webhook.policy.policy import Policy, Said
from webhook.policy.precedence import default_row, pooled, row_of
from webhook.policy.regime import Regimes, Scope


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


def _assemble(said: Said, minor: int | None, asked: Collection[str]) -> Policy:
    regimes = _regimes(said, asked)
    everywhere = regimes.where(())
    versions = [choice.minor for choice in said.choices if choice.minor is not None]
    chosen = minor or (max(versions) if versions else DEFAULT_MINOR)
    return Policy(
        minor=chosen,
        rules=everywhere.rules,
        injections=said.injections,
        exemptions=tuple(exempt for choice in said.choices for exempt in choice.exemptions),
        digest=_digest([*(one.reference for one in said.injections), *said.digests, str(chosen), *sorted(asked)]),
        severities=everywhere.severities,
        regimes=regimes if regimes.scopes else None,
    )


def _regimes(said: Said, asked: Collection[str]) -> Regimes:
    catalogue = tuple(rules().values())
    rows = {choice.name: row_of(choice.severities, catalogue) for choice in said.choices}
    general = [rows[choice.name] for choice in said.choices if choice.match is None]
    scopes = [
        Scope(
            name=choice.name,
            namespace_selector=choice.match.namespace_selector,
            pod_selector=choice.match.pod_selector,
            only_raises=choice.match.only_raises,
            row=rows[choice.name],
        )
        for choice in said.choices
        if choice.match is not None
    ]
    return Regimes(catalogue, pooled([default_row(catalogue, asked), *general]), scopes)


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()[:12]
