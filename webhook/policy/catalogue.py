"""Every rule and every recipe that is installed, found once."""

import dataclasses
import functools
import re
import textwrap

import webhook.recipes
import webhook.rules
from webhook.core.recipe import Recipe
from webhook.core.registry import constants_below
from webhook.core.rule import Rule

_EXAMPLE = re.compile(r"^(Bad|Good):\n\n((?: {4}.*\n|\n)+)", re.MULTILINE)


@functools.cache
def rules() -> dict[str, Rule]:
    """Give the rules by code, in the order of their codes."""
    found = sorted(constants_below(webhook.rules, "RULE", Rule), key=lambda rule: rule.code)
    return {rule.code: rule for rule in found}


@functools.cache
def recipes() -> dict[str, Recipe]:
    """Give the recipes by name, in the order of their names."""
    found = sorted(constants_below(webhook.recipes, "RECIPE", Recipe), key=lambda recipe: recipe.name)
    return {recipe.name: recipe for recipe in found}


def examples(text: str) -> dict[str, str]:
    """Give the Bad and Good manifests that stand in a rule's docstring, as YAML."""
    return {title: textwrap.dedent(body).strip() + "\n" for title, body in _EXAMPLE.findall(text)}


def prose(text: str) -> str:
    """Give a docstring without its examples."""
    return _EXAMPLE.sub("", text).strip()


def parameters(recipe: Recipe) -> list[str]:
    """Give the names of a recipe's parameters, those that it shares with other recipes too."""
    return sorted(one.name for one in dataclasses.fields(recipe.options))
