"""`prologue rules` and `prologue recipes`: the list, one entry, and both for scripts and pages."""

import pytest

from webhook.core.rule import Tier
from webhook.manifest.reader import read_documents
from webhook.policy.catalogue import recipes, rules
from webhook.policy.compiler import compile_policy

RECIPES = [pytest.param(name, id=name) for name in recipes()]
BOTH = [pytest.param(name, id=name) for name in ("rules", "recipes")]


def test_the_rules_are_listed_one_a_line(run):
    ran = run("rules")

    head, *lines = ran.out.splitlines()
    assert ["code", "severity", "tier", "what", "source"] == head.split()
    assert list(rules()) == [line.split()[0] for line in lines]
    assert (0, "") == (ran.code, ran.err)


@pytest.mark.parametrize("code", [pytest.param("IC103", id="as it is"), pytest.param("ic103", id="in small letters")])
def test_one_rule_is_shown_with_severity_source_and_both_examples(run, code):
    ran = run("rules", code)

    assert ran.out.startswith("IC103 Probe on init container\nSeverity: deny\nSource: kubernetes")
    assert "\nBad:\n\n    apiVersion: v1\n" in ran.out
    assert "\nGood:\n\n    apiVersion: v1\n" in ran.out


def test_a_prefix_lists_its_rules(run):
    codes = [line.split()[0] for line in run("rules", "IC4").out.splitlines()[1:]]

    assert [code for code in rules() if code.startswith("IC4")] == codes


def test_a_code_that_no_rule_has_is_misuse_and_the_codes_are_told(run):
    ran = run("rules", "XY1")

    assert (2, "") == (ran.code, ran.out)
    assert ran.err.startswith("prologue: no rule has the code or prefix 'XY1'; there are IC100, ")


@pytest.mark.parametrize("tier", [pytest.param(str(tier), id=str(tier)) for tier in Tier])
def test_a_tier_lists_its_own_rules(run, of_every_tier, tier):
    codes = [line.split()[0] for line in run("rules", "--tier", tier).out.splitlines()[1:]]

    assert [code for code, rule in rules().items() if rule.tier == tier] == codes
    assert codes


def test_a_tier_narrows_a_family(run, of_every_tier):
    lines = run("rules", "IC3", "--tier", "strict").out.splitlines()[1:]

    assert [["IC398", "warn", "strict"]] == [line.split()[:3] for line in lines]


def test_a_rule_that_has_to_be_asked_for_says_so(run, of_every_tier):
    assert run("rules", "IC397").out.startswith(
        "IC397 Night work\nSeverity: warn, when asked for (tier recommended)\nSource: "
    )
    assert "Severity: warn, when asked for (tier recommended)." in run("rules", "--format", "markdown", "IC397").out
    assert "recommended" == run("rules", "--format", "json", "IC397").json[0]["tier"]


def test_a_tier_without_a_rule_is_misuse(run):
    ran = run("rules", "IC1", "--tier", "strict")

    assert (2, "", "prologue: no rule of IC1 is in the tier strict\n") == (ran.code, ran.out, ran.err)


def test_the_rules_come_as_json(run):
    [rule] = run("rules", "--format", "json", "IC103").json

    assert ["code", "title", "severity", "tier", "source", "text", "bad", "good"] == list(rule)
    assert ("IC103", "deny", "default") == (rule["code"], rule["severity"], rule["tier"])
    assert all("kind: Pod" in rule[key] for key in ("bad", "good"))


def test_the_rules_come_as_a_page(run, tmp_path):
    ran = run("rules", "--format", "markdown", "--output", "rules.md")

    page = (tmp_path / "rules.md").read_text()
    assert (0, "") == (ran.code, ran.out)
    assert page.startswith("# Rules\n")
    assert list(rules()) == [line.split()[1] for line in page.splitlines() if line.startswith("## ")]
    assert page.count("```yaml\n") * 2 == page.count("```")


def test_the_recipes_are_listed_one_a_line(run):
    head, *lines = run("recipes").out.splitlines()

    assert "recipe" == head.split()[0]
    assert list(recipes()) == [line.split()[0] for line in lines]


@pytest.mark.parametrize("name", RECIPES)
def test_the_policy_shown_with_a_recipe_can_be_used_as_it_stands(run, name):
    ran = run("recipes", name)

    yaml = ran.out.partition("A policy that uses it\n\n")[2]
    [injection] = compile_policy(read_documents(yaml.encode())).injections
    assert f"{name}-example" == injection.name


def test_the_parameters_are_told_in_words_the_required_ones_first(run):
    lines = run("recipes", "wait-for").out.partition("Parameters\n")[2].splitlines()

    assert ["targets", "list", "of", "text", "required"] == lines[0].split()
    assert any(line.split() == ["timeout", "text", "default", '"120s"'] for line in lines)


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_comes_as_json(run, name):
    [recipe] = run("recipes", "--format", "json", name).json

    assert ["name", "title", "text", "parameters", "sample"] == list(recipe)
    assert all(["name", "type", "required", "default"] == list(one) for one in recipe["parameters"])
    required = {one["name"] for one in recipe["parameters"] if one["required"]}
    assert required <= set(recipe["sample"])


def test_the_recipes_come_as_a_page(run):
    page = run("recipes", "--format", "markdown").out

    assert list(recipes()) == [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]


def test_a_recipe_that_nobody_knows_is_misuse_and_the_names_are_told(run):
    ran = run("recipes", "wait-fro")

    assert (2, "") == (ran.code, ran.out)
    assert f"prologue: no recipe 'wait-fro'; there are {', '.join(recipes())}\n" == ran.err


@pytest.mark.parametrize("command", BOTH)
def test_a_format_that_nobody_knows_is_misuse(run, command):
    ran = run(command, "--format", "xml")

    assert (2, "") == (ran.code, ran.out)
    assert "--format" in ran.err


@pytest.mark.parametrize("command", BOTH)
def test_the_catalogue_is_not_coloured_in_a_pipe(run, command):
    assert "\033" not in run(command).out
