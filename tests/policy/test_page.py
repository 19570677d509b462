"""What docs/policies.md shows loads, does what the page says, and leaves no field out."""

import re
from pathlib import Path

import pytest

from tests.builders import pod, policy_from, view
from webhook.admission.scope import holding
from webhook.core.finding import Severity
from webhook.policy.catalogue import rules
from webhook.policy.models import Exemption, InjectionSpec, Item, RuleSpec
from webhook.policy.policy import Facts

PAGE = (Path(__file__).parents[2] / "docs" / "policies.md").read_text()
FENCED = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)
BLOCKS = {re.search(r"name: (\S+)", block)[1]: block for block in FENCED.findall(PAGE)}
FACTS = Facts(namespaces={"shop": {"env": "production", "team": "shop"}, "play": {"env": "dev"}, "builds": {}})


def severity(block, code, namespace="shop", **labels):
    """Give what the policies of a block make of a rule for a Pod of these labels."""
    policy = policy_from(BLOCKS[block])
    return str(holding(policy, view(pod(metadata={"labels": labels})), namespace, FACTS).severity_of(code))


def test_there_are_examples_of_both_kinds():
    assert len(BLOCKS) == PAGE.count("```yaml")
    assert {"RulePolicy", "InjectionPolicy"} == {re.search(r"kind: (\S+)", block)[1] for block in BLOCKS.values()}


@pytest.mark.parametrize("block", [pytest.param(block, id=name) for name, block in BLOCKS.items()])
def test_every_example_loads(block):
    policy_from(block)


@pytest.mark.parametrize("model", [RuleSpec, Exemption, InjectionSpec, Item], ids=lambda model: model.__name__)
def test_no_field_is_left_out(model):
    names = [field.alias or name for name, field in model.model_fields.items()]

    assert [] == [name for name in names if not re.search(rf"[`.\]]{name}[`.\[]", PAGE)]


def test_every_code_that_it_names_is_known():
    codes = set(re.findall(r"IC\d{3}", PAGE)) - {"IC391"}  # stands for any

    assert codes <= set(rules())


def test_all_severities_are_explained():
    assert [] == [severity for severity in Severity if f"| `{severity.capitalize()}` |" not in PAGE]


def test_the_first_example_means_a_family_a_tier_and_a_code():
    codes = ["IC103", "IC193", "IC301", "IC311", "IC320", "IC341"]

    assert ["deny", "warn", "warn", "deny", "warn", "ignore"] == [severity("defaults", code) for code in codes]


def test_the_trial_asks_for_more_and_leaves_kubernetes_to_itself():
    codes = ["IC103", "IC301", "IC320", "IC341"]

    assert ["ignore", "warn", "warn", "audit"] == [severity("trial", code) for code in codes]


def test_production_is_stricter_and_dev_is_milder():
    assert ["deny", "ignore", "warn"] == [severity("everywhere", "IC320", name) for name in ("shop", "play", "attic")]
    assert ["deny", "warn", "warn"] == [severity("everywhere", "IC321", name) for name in ("shop", "play", "attic")]


def test_critical_pods_are_held_to_more():
    assert ("deny", "ignore") == (severity("critical", "IC320", tier="critical"), severity("critical", "IC320"))


def test_builds_may_choose_for_themselves():
    label = {"app.kubernetes.io/component": "build"}

    assert ("audit", "warn") == (severity("builds", "IC311", "builds", **label), severity("builds", "IC311", "builds"))
    assert "warn" == severity("builds", "IC311", "shop", **label)
