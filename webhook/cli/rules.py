"""`prologue rules`: the catalogue, and one entry with its examples."""

from typing import Annotated

import typer

from webhook.cli.exits import Exit
from webhook.cli.options import CatalogueFormat, Output
from webhook.cli.style import Pen, Style, pen_for
from webhook.cli.table import aligned
from webhook.cli.talk import as_json, write
from webhook.core.errors import MisuseError
from webhook.core.pod import Raw
from webhook.core.rule import Rule, Tier
from webhook.policy.catalogue import examples, prose
from webhook.policy.catalogue import rules as all_rules


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="A code (IC103) for its whole entry, or a prefix (IC1).")
    ] = None,
    tier: Annotated[
        Tier | None,
        typer.Option("--tier", help="Only the rules of this tier; those beyond default have to be asked for."),
    ] = None,
    form: CatalogueFormat = "text",
    output: Output = None,
) -> int:
    """List the rules, or show one with its examples.

    The rules of the tier default speak always, those of recommended and strict when they are asked for: by `prologue
    check --select recommended`, or by a policy that names the tier or the code. Strict brings recommended with it.

    Examples:

        prologue rules

        prologue rules IC103

        prologue rules IC3 --tier recommended
    """
    fitting = [rule for rule in all_rules().values() if rule.code.startswith((code or "").upper())]
    if not fitting:
        raise MisuseError(f"no rule has the code or prefix {code!r}; there are {', '.join(all_rules())}")
    chosen = [rule for rule in fitting if tier in (None, rule.tier)]
    if not chosen:
        raise MisuseError(f"no rule of {code or 'the catalogue'} is in the tier {tier}")
    pen = pen_for(to_terminal=output is None)
    write(_written(chosen, form, pen, one=code is not None and len(fitting) == 1), output)
    return Exit.FINE


def _written(chosen: list[Rule], form: str, pen: Pen, *, one: bool) -> str:
    if form == "json":
        return as_json([_as_json(rule) for rule in chosen])
    if form == "markdown":
        return "# Rules\n\nWritten by `make docs` from the rules themselves.\n\n" + "\n".join(map(_markdown, chosen))
    return _entry(chosen[0], pen) if one else _table(chosen, pen)


def _entry(rule: Rule, pen: Pen) -> str:
    title = pen(f"{rule.code} {rule.title}", Style.STRONG)
    return f"{title}\n{_severity(rule)}\nSource: {rule.source}\n\n{rule.text.strip()}\n"


def _table(chosen: list[Rule], pen: Pen) -> str:
    rows = [(rule.code, str(rule.asked_severity), str(rule.tier), rule.title, rule.source) for rule in chosen]
    head, *lines = aligned([("code", "severity", "tier", "what", "source"), *rows])
    return "\n".join([pen(head, Style.STRONG), *lines]) + "\n"


def _as_json(rule: Rule) -> Raw:
    shown = examples(rule.text)
    return {
        "code": rule.code,
        "title": rule.title,
        "severity": str(rule.asked_severity),
        "tier": str(rule.tier),
        "source": rule.source,
        "text": prose(rule.text),
        "bad": shown.get("Bad", ""),
        "good": shown.get("Good", ""),
    }


def _severity(rule: Rule) -> str:
    """Say what its findings lead to, and who gets them: everybody, or those who ask."""
    if rule.tier is Tier.DEFAULT:
        return f"Severity: {rule.asked_severity}"
    return f"Severity: {rule.asked_severity}, when asked for (tier {rule.tier})"


def _markdown(rule: Rule) -> str:
    shown = examples(rule.text)
    parts = [
        f"## {rule.code} {rule.title}",
        f"{_severity(rule)}. Source: {rule.source}.",
        prose(rule.text),
    ]
    parts += [f"{title}:\n\n```yaml\n{yaml}```" for title, yaml in shown.items()]
    return "\n\n".join(parts) + "\n"
