"""`prologue rules`: the catalogue, and one entry with its examples."""

from typing import Annotated

import orjson
import typer
from rich.table import Table

from webhook.cli.exits import Exit
from webhook.cli.options import CatalogueFormat, Output
from webhook.cli.talk import styled, write
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
    """List the rules, or show one with what is bad, what is good, and where Kubernetes says so.

    Examples:

        prologue rules

        prologue rules IC103
    """
    chosen = [rule for rule in all_rules().values() if rule.code.startswith((code or "").upper())]
    if not chosen:
        known = ", ".join(all_rules())
        raise MisuseError(f"no rule has the code or prefix {code!r}; there are {known}")
    write(_written(chosen, form, one=code is not None and len(chosen) == 1, to_terminal=output is None), output)
    return Exit.FINE


def _written(chosen: list[Rule], form: str, *, one: bool, to_terminal: bool) -> str:
    if form == "json":
        return orjson.dumps([_as_json(rule) for rule in chosen], option=orjson.OPT_INDENT_2).decode() + "\n"
    if form == "markdown":
        return "# Rules\n\nWritten by `make docs` from the rules themselves.\n\n" + "\n".join(map(_markdown, chosen))
    if one:
        return f"{chosen[0].code} {chosen[0].title}\nSource: {chosen[0].source}\n\n{chosen[0].text.strip()}\n"
    return styled(_table(chosen), to_terminal=to_terminal)


def _table(chosen: list[Rule]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("code", "severity", "what", "source"):
        table.add_column(heading, no_wrap=True)
    for rule in chosen:
        table.add_row(rule.code, str(rule.default_severity), rule.title, rule.source)
    return table


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
