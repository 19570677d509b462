"""Policies from a few lines, and what is said of broken ones."""

import pytest

from tests.builders import policy_from
from webhook.core.errors import PolicyError

HEAD = "apiVersion: prologue.dev/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec:\n"


@pytest.fixture
def problems():
    """Compile policies that are broken; gives what is said of them."""

    def problems(yaml):
        with pytest.raises(PolicyError) as caught:
            policy_from(yaml)
        assert str(caught.value) == "\n".join(caught.value.problems)
        return caught.value.problems

    return problems


@pytest.fixture
def injection_policy():
    """Write an InjectionPolicy around the lines of its spec, which begin on line 5."""
    return lambda spec, name="prepare": HEAD.format(kind="InjectionPolicy", name=name) + indented(spec)


@pytest.fixture
def rule_policy():
    """Write a RulePolicy around the lines of its spec, which begin on line 5."""
    return lambda spec, name="rules": HEAD.format(kind="RulePolicy", name=name) + indented(spec)


def indented(text):
    return "".join(f"  {line}\n" for line in text.strip("\n").splitlines())
