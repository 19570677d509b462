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
from webhook.core.rule import Rule
from webhook.policy.catalogue import examples, prose
from webhook.policy.catalogue import rules as all_rules


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="A code (IC103) for its whole entry, or a prefix (IC1).")
    ] = None,
    form: CatalogueFormat = "text",
    output: Output = None,
) -> int:
    """List the rules, or show one with its examples.

    Examples:

        prologue rules

        prologue rules IC103
    """
    chosen = [rule for rule in all_rules().values() if rule.code.startswith((code or "").upper())]
    if not chosen:
        raise MisuseError(f"no rule has the code or prefix {code!r}; there are {', '.join(all_rules())}")
    pen = pen_for(to_terminal=output is None)
    write(_written(chosen, form, pen, one=code is not None and len(chosen) == 1), output)
    return Exit.FINE


def _written(chosen: list[Rule], form: str, pen: Pen, *, one: bool) -> str:
    if form == "json":
        return as_json([_as_json(rule) for rule in chosen])
    if form == "markdown":
        return "# Rules\n\nWritten by `make docs` from the rules themselves.\n\n" + "\n".join(map(_markdown, chosen))
    return _entry(chosen[0], pen) if one else _table(chosen, pen)


def _entry(rule: Rule, pen: Pen) -> str:
    title = pen(f"{rule.code} {rule.title}", Style.STRONG)
    return f"{title}\nSeverity: {rule.default_severity}\nSource: {rule.source}\n\n{rule.text.strip()}\n"


def _table(chosen: list[Rule], pen: Pen) -> str:
    rows = [(rule.code, str(rule.default_severity), rule.title, rule.source) for rule in chosen]
    head, *lines = aligned([("code", "severity", "what", "source"), *rows])
    return "\n".join([pen(head, Style.STRONG), *lines]) + "\n"


def _as_json(rule: Rule) -> Raw:
    shown = examples(rule.text)
    return {
        "code": rule.code,
        "title": rule.title,
        "severity": str(rule.default_severity),
        "source": rule.source,
        "text": prose(rule.text),
        "bad": shown.get("Bad", ""),
        "good": shown.get("Good", ""),
    }


def _markdown(rule: Rule) -> str:
    shown = examples(rule.text)
    parts = [
        f"## {rule.code} {rule.title}",
        f"Severity: {rule.default_severity}. Source: {rule.source}.",
        prose(rule.text),
    ]
    parts += [f"{title}:\n\n```yaml\n{yaml}```" for title, yaml in shown.items()]
    return "\n\n".join(parts) + "\n"
