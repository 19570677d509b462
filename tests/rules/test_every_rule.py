"""What is promised of every rule, whatever it is about."""

import re
from pathlib import Path

import pytest

import webhook.rules
from tests.builders import review
from webhook.admission.decide import decide
from webhook.core.finding import Finding
from webhook.core.registry import modules_below
from webhook.core.rule import Rule
from webhook.manifest.reader import read_documents
from webhook.policy.catalogue import examples, prose, rules
from webhook.policy.compiler import compile_policy
from webhook.policy.models import API_VERSION

RULES = [pytest.param(rule, id=rule.code) for rule in rules().values()]
MODULES = {vars(module)["RULE"].code: module for module in modules_below(webhook.rules) if "RULE" in vars(module)}
FAMILIES = {"1": "kubernetes", "2": "resources", "3": "practice", "4": "injection"}


# Rules whose examples are asked of a subresource of the Pod.
SUBRESOURCES = {"IC181": "resize"}


def found(rule: Rule, title: str) -> list[Finding]:
    """Run an example through the whole decision: its policies first, then its manifest.

    The rule speaks even where it has to be asked for.
    Two manifests are one object before and after an update.
    """
    documents = read_documents(examples(rule.text)[title].encode(), file="example.yaml")
    policies = [one for one in documents if one.value["apiVersion"] == API_VERSION]
    *old, manifest = [one.value for one in documents if one.value["apiVersion"] != API_VERSION]
    policy = compile_policy(policies, asked=(rule.code,))
    asked = review(manifest)
    if old:
        [before] = old
        assert (before["kind"], before["metadata"]) == (manifest["kind"], manifest["metadata"])
        asked = review(manifest, operation="UPDATE", old=before, subresource=SUBRESOURCES.get(rule.code, ""))
    return list(decide(asked, policy).findings)


@pytest.mark.parametrize("rule", RULES)
def test_the_bad_example_yields_its_own_code_and_no_other(rule: Rule):
    codes = {finding.code for finding in found(rule, "Bad")}

    assert {rule.code} == codes


@pytest.mark.parametrize("rule", RULES)
def test_the_good_example_yields_nothing(rule: Rule):
    findings = found(rule, "Good")

    assert [] == findings


@pytest.mark.parametrize("rule", RULES)
def test_code_title_file_family_and_test_agree(rule: Rule):
    file = Path(MODULES[rule.code].__file__)

    assert re.fullmatch(r"IC[1-4]\d\d", rule.code)
    assert file.stem == f"{rule.code.lower()}_{rule.slug}"
    assert file.parent.name == FAMILIES[rule.code[2]]
    assert (Path(__file__).parent / f"test_{file.stem}.py").is_file()


@pytest.mark.parametrize("rule", RULES)
def test_the_docstring_says_what_and_why_and_the_source_is_named(rule: Rule):
    assert prose(rule.text).count("\n") >= 2 or len(prose(rule.text)) > 80
    assert rule.source


def test_codes_are_unique():
    files = [module for module in modules_below(webhook.rules) if "RULE" in vars(module)]

    assert len(files) == len(rules())
