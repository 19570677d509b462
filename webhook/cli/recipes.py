"""`prologue recipes`: the catalogue, and one entry with its parameters and an example."""

import json
from typing import Annotated

import typer

from webhook.cli.exits import Exit
from webhook.cli.options import CatalogueFormat, Output
from webhook.cli.parameters import Parameter, parameters_of
from webhook.cli.style import Pen, Style, pen_for
from webhook.cli.table import Row, aligned
from webhook.cli.talk import as_json, write
from webhook.core.errors import MisuseError
from webhook.core.pod import Raw
from webhook.core.recipe import Recipe
from webhook.manifest.writer import dump_yaml
from webhook.policy.catalogue import recipes as all_recipes
from webhook.policy.policy import API_VERSION


def recipes(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A recipe, for its whole entry.")] = None,
    form: CatalogueFormat = "text",
    output: Output = None,
) -> int:
    """List the recipes, or show one with its parameters.

    Examples:

        prologue recipes

        prologue recipes wait-for
    """
    known = all_recipes()
    if name is not None and name not in known:
        raise MisuseError(f"no recipe {name!r}; there are {', '.join(known)}")
    chosen = [known[name]] if name is not None else list(known.values())
    write(_written(chosen, form, pen_for(to_terminal=output is None), one=name is not None), output)
    return Exit.FINE


def _written(chosen: list[Recipe], form: str, pen: Pen, *, one: bool) -> str:
    if form == "json":
        return as_json([_as_json(recipe) for recipe in chosen])
    if form == "markdown":
        head = "# Recipes\n\nWritten by `make docs` from the recipes themselves.\n\n"
        return head + "\n".join(map(_markdown, chosen))
    return _entry(chosen[0], pen) if one else _table(chosen, pen)


def _table(chosen: list[Recipe], pen: Pen) -> str:
    head, *lines = aligned([("recipe", "what it does"), *((recipe.name, recipe.title) for recipe in chosen)])
    return "\n".join([pen(head, Style.STRONG), *lines]) + "\n"


def _entry(recipe: Recipe, pen: Pen) -> str:
    parts = (
        pen(f"{recipe.name}: {recipe.title}", Style.STRONG),
        recipe.text.strip(),
        "\n".join([pen("Parameters", Style.STRONG), *aligned(list(map(_row, parameters_of(recipe))), indent=2)]),
        f"{pen('A policy that uses it', Style.STRONG)}\n\n{_policy(recipe)}",
    )
    return "\n\n".join(parts)


def _row(parameter: Parameter) -> Row:
    return (parameter.name, parameter.kind, _default(parameter))


def _default(parameter: Parameter) -> str:
    if parameter.required:
        return "required"
    return f"default {json.dumps(parameter.default)}" if parameter.default not in ("", {}) else ""


def _markdown(recipe: Recipe) -> str:
    rows = "\n".join(f"| `{one.name}` | {one.kind} | {_default(one)} |" for one in parameters_of(recipe))
    table = f"| parameter | type | |\n|---|---|---|\n{rows}"
    return f"## {recipe.name}\n\n{recipe.text.strip()}\n\n{table}\n\n```yaml\n{_policy(recipe)}```\n"


def _as_json(recipe: Recipe) -> Raw:
    parameters = [
        {"name": one.name, "type": one.kind, "required": one.required, "default": one.default}
        for one in parameters_of(recipe)
    ]
    return {
        "name": recipe.name,
        "title": recipe.title,
        "text": recipe.text.strip(),
        "parameters": parameters,
        "sample": recipe.sample,
    }


def _policy(recipe: Recipe) -> str:
    policy = {
        "apiVersion": API_VERSION,
        "kind": "InjectionPolicy",
        "metadata": {"name": f"{recipe.name}-example"},
        "spec": {"initContainers": [{"recipe": recipe.name, "with": recipe.sample, "position": "first"}]},
    }
    return dump_yaml([policy])
