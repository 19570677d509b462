"""`prologue recipes`: the catalogue, and one entry with its parameters and an example."""

from dataclasses import MISSING, fields
from typing import Annotated, Any

import orjson
import typer
from rich.table import Table

from webhook.cli.exits import Exit
from webhook.cli.options import CatalogueFormat, Output
from webhook.cli.talk import styled, write
from webhook.core.errors import MisuseError
from webhook.core.pod import Raw
from webhook.core.recipe import Recipe
from webhook.manifest.writer import dump_yaml
from webhook.policy.catalogue import recipes as all_recipes
from webhook.policy.models import API_VERSION


def recipes(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A recipe, for its whole entry.")] = None,
    form: CatalogueFormat = "text",
    output: Output = None,
) -> int:
    """List the injection recipes, or show one with its parameters and a policy that uses it.

    Examples:

        prologue recipes

        prologue recipes wait-for
    """
    known = all_recipes()
    if name is not None and name not in known:
        raise MisuseError(f"no recipe {name!r}; there are {', '.join(known)}")
    chosen = [known[name]] if name is not None else list(known.values())
    write(_written(chosen, form, one=name is not None, to_terminal=output is None), output)
    return Exit.FINE


def _written(chosen: list[Recipe], form: str, *, one: bool, to_terminal: bool) -> str:
    if form == "json":
        return orjson.dumps([_as_json(recipe) for recipe in chosen], option=orjson.OPT_INDENT_2).decode() + "\n"
    if form == "markdown":
        head = "# Recipes\n\nWritten by `make docs` from the recipes themselves.\n\n"
        return head + "\n".join(_markdown(recipe) for recipe in chosen)
    if one:
        return _entry(chosen[0])
    table = Table(box=None, pad_edge=False)
    for heading in ("recipe", "what it does"):
        table.add_column(heading, no_wrap=True)
    for recipe in chosen:
        table.add_row(recipe.name, recipe.title)
    return styled(table, to_terminal=to_terminal)


def _entry(recipe: Recipe) -> str:
    lines = [
        f"  {name}: {kind}{'' if default is None else f' = {default}'}" for name, kind, default in _parameters(recipe)
    ]
    parameters = "\n".join(lines)
    return f"{recipe.name}: {recipe.title}\n\n{recipe.text.strip()}\n\nParameters:\n{parameters}\n\nPolicy:\n\n{_policy(recipe)}"


def _markdown(recipe: Recipe) -> str:
    rows = "\n".join(f"| `{name}` | `{kind}` | {default or ''} |" for name, kind, default in _parameters(recipe))
    table = f"| parameter | type | default |\n|---|---|---|\n{rows}"
    return f"## {recipe.name}\n\n{recipe.text.strip()}\n\n{table}\n\n```yaml\n{_policy(recipe)}```\n"


def _as_json(recipe: Recipe) -> Raw:
    parameters = [{"name": name, "type": kind, "default": default} for name, kind, default in _parameters(recipe)]
    return {
        "name": recipe.name,
        "title": recipe.title,
        "text": recipe.text.strip(),
        "parameters": parameters,
        "sample": recipe.sample,
    }


def _parameters(recipe: Recipe) -> list[tuple[str, str, str | None]]:
    found: list[tuple[str, str, str | None]] = []
    for one in fields(recipe.options):
        kind = one.type if isinstance(one.type, str) else getattr(one.type, "__name__", str(one.type))
        default: Any = one.default if one.default is not MISSING else None
        found.append((one.name, str(kind).replace("|", "or"), None if default is None else repr(default)))
    return found


def _policy(recipe: Recipe) -> str:
    policy = {
        "apiVersion": API_VERSION,
        "kind": "InjectionPolicy",
        "metadata": {"name": f"{recipe.name}-example"},
        "spec": {"initContainers": [{"recipe": recipe.name, "with": recipe.sample, "position": "first"}]},
    }
    return dump_yaml([policy])
