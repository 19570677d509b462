"""What `prologue check` judges by: the Kubernetes version, the policies, and what was selected."""

import pytest

from tests.builders import container, pod
from webhook.manifest.writer import dump_yaml

# Two plain faults of Kubernetes' own, and a label that one rule of the family IC3 warns of (conftest.py).
FAULTY = pod(
    init=[container("Bad_Name", livenessProbe={"exec": {"command": ["true"]}})],
    metadata={"namespace": "legacy", "labels": {"night": "yes"}},
)
RESTARTED = pod(container(restartPolicy="OnFailure"))
HEAD = "apiVersion: prologue.dev/v1alpha1\nkind: RulePolicy\nmetadata: {{name: {name}}}\nspec: {spec}\n"


def rule_policy(spec, name="rules"):
    return HEAD.format(name=name, spec=spec)


@pytest.fixture
def codes(run, file):
    """Check a manifest; gives codes with their severities, and the exit code."""

    def codes(it, *options):
        ran = run("check", "--format", "json", *options, file("it.yaml", dump_yaml([it])))
        return {one["code"]: one["severity"] for one in ran.json["results"][0]["findings"]}, ran.code

    return codes


def test_kubernetes_own_rules_deny_and_the_rest_warns(codes):
    assert ({"IC101": "deny", "IC103": "deny", "IC399": "warn"}, 1) == codes(FAULTY)


def test_a_warning_alone_is_a_finding_too(codes):
    working = pod(metadata={"labels": {"night": "yes"}})

    assert ({"IC399": "warn"}, 1) == codes(working)


def test_a_pod_that_asks_for_a_policy_that_is_not_loaded_is_warned(codes):
    asking = pod(metadata={"annotations": {"prologue.dev/inject": "gone"}})

    assert ({"IC402": "warn"}, 1) == codes(asking)


@pytest.mark.parametrize(
    ("options", "left"),
    [
        pytest.param(["--select", "IC103"], {"IC103"}, id="one code"),
        pytest.param(["--select", "IC1"], {"IC101", "IC103"}, id="a family"),
        pytest.param(["--select", "IC10"], {"IC101", "IC103"}, id="a prefix"),
        pytest.param(["--select", "IC"], {"IC101", "IC103", "IC399"}, id="all"),
        pytest.param(["--select", "IC103", "--select", "IC3"], {"IC103", "IC399"}, id="said twice"),
        pytest.param(["--select", "ic103, IC3"], {"IC103", "IC399"}, id="commas and small letters"),
        pytest.param(["--ignore", "IC1"], {"IC399"}, id="without a family"),
        pytest.param(["--ignore", "IC103"], {"IC101", "IC399"}, id="without a code"),
        pytest.param(["--select", "IC1", "--ignore", "IC101"], {"IC103"}, id="a family but for a code"),
        pytest.param(["--ignore", "IC1", "--select", "IC103"], {"IC103"}, id="a code of a family left out"),
        pytest.param(["--select", "IC1", "--ignore", "IC1"], set(), id="leaving out wins a tie"),
        pytest.param(["--select", "IC100"], set(), id="nothing that is there"),
    ],
)
def test_codes_families_and_prefixes_are_selected_and_left_out(codes, options, left):
    found, code = codes(FAULTY, *options)

    assert left == set(found)
    assert code == (1 if left else 0)


@pytest.mark.parametrize(
    ("options", "left"),
    [
        pytest.param([], {"IC399"}, id="without asking"),
        pytest.param(["--select", "default"], {"IC399"}, id="the default by its name"),
        pytest.param(["--select", "recommended"], {"IC397", "IC399"}, id="recommended"),
        pytest.param(["--select", "strict"], {"IC397", "IC398", "IC399"}, id="strict brings recommended"),
        pytest.param(["--select", "Recommended"], {"IC397", "IC399"}, id="in other letters"),
        pytest.param(["--select", "IC398"], {"IC398"}, id="a code asks for its rule"),
        pytest.param(["--select", "IC39"], {"IC397", "IC398", "IC399"}, id="a prefix asks for all below it"),
        pytest.param(["--select", "IC"], {"IC399"}, id="everything asks for nothing more"),
        pytest.param(["--select", "strict", "--ignore", "IC397"], {"IC398", "IC399"}, id="strict but for a code"),
        pytest.param(["--select", "recommended,IC398"], {"IC397", "IC398", "IC399"}, id="a tier and a code"),
    ],
)
def test_rules_beyond_the_default_tier_speak_when_they_are_asked_for(codes, of_every_tier, options, left):
    found, _ = codes(pod(metadata={"labels": {"night": "x"}}), *options)

    assert left == set(found)
    assert {"warn"} == set(found.values())


def test_a_code_that_no_rule_has_is_told_and_selects_nothing(run, file):
    ran = run("check", "--select", "IC9", file("it.yaml", dump_yaml([FAULTY])))

    assert (0, "prologue: --select IC9: no rule has this code or prefix; `prologue rules` lists them\n") == (
        ran.code,
        ran.err,
    )


@pytest.mark.parametrize(
    ("version", "found"),
    [
        pytest.param("1.33", {"IC105"}, id="1.33 has no restart policy for regular containers"),
        pytest.param("v1.33.4", {"IC105"}, id="v1.33.4 is 1.33"),
        pytest.param("1.35", set(), id="1.35 has it"),
        pytest.param("1.36", set(), id="1.36 has it"),
    ],
)
def test_the_verdict_is_that_of_the_version_asked_for(codes, version, found):
    assert found == set(codes(RESTARTED, "--kubernetes-version", version)[0])


def test_the_newest_proven_version_is_asked_unless_another_is_named(codes):
    assert ({}, 0) == codes(RESTARTED)


def test_the_version_of_a_policy_counts_until_the_option_names_another(codes, file):
    policy = file("rules.yaml", rule_policy('{kubernetesVersion: "1.33"}'))

    assert {"IC105"} == set(codes(RESTARTED, "--policy", policy)[0])
    assert set() == set(codes(RESTARTED, "--policy", policy, "--kubernetes-version", "1.35")[0])


def test_the_settings_may_come_from_the_environment(codes, file, monkeypatch):
    monkeypatch.setenv("PROLOGUE_POLICY", file("rules.yaml", rule_policy("{rules: {IC105: Warn}}")))
    monkeypatch.setenv("PROLOGUE_KUBERNETES_VERSION", "1.33")

    assert ({"IC105": "warn"}, 1) == codes(RESTARTED)


@pytest.mark.parametrize("version", [pytest.param(text, id=text) for text in ("1.20", "2.36", "latest", "1.36.1.1")])
def test_a_version_that_nobody_knows_is_misuse(run, file, version):
    ran = run("check", "--kubernetes-version", version, file("it.yaml", dump_yaml([RESTARTED])))

    assert (2, "") == (ran.code, ran.out)
    assert f"Kubernetes version '{version}' is not known here; say one of 1.33, " in ran.err


def test_severities_are_chosen_by_policy_and_the_longest_prefix_wins(codes, file):
    policy = file("rules.yaml", rule_policy("{rules: {IC: Warn, IC3: Ignore, IC103: Deny}}"))

    assert ({"IC101": "warn", "IC103": "deny"}, 1) == codes(FAULTY, "--policy", policy)


def test_what_is_ignored_is_not_found(codes, file):
    assert ({}, 0) == codes(FAULTY, "--policy", file("rules.yaml", rule_policy("{rules: {IC: Ignore}}")))


def test_a_warning_can_be_made_to_deny(codes, file):
    assert "deny" == codes(FAULTY, "--policy", file("rules.yaml", rule_policy("{rules: {IC399: Deny}}")))[0]["IC399"]


def test_policies_may_be_repeated_and_be_folders(codes, file):
    one = file("one.yaml", rule_policy("{rules: {IC101: Warn}}", name="one"))
    file("more/two.yml", rule_policy("{rules: {IC103: Ignore}}", name="two"))

    assert ({"IC101": "warn", "IC399": "warn"}, 1) == codes(FAULTY, "--policy", one, "--policy", "more")


EXEMPT = "{{exempt: [{{namespaces: [legacy], rules: [IC3], reason: in tests, until: {until}}}]}}"


@pytest.mark.parametrize(
    ("until", "found"),
    [
        pytest.param("9999-12-31", False, id="until a day to come"),
        pytest.param("2020-01-01", True, id="until a day long gone"),
    ],
)
def test_an_exemption_holds_until_its_day(codes, file, until, found):
    policy = file("rules.yaml", rule_policy(EXEMPT.format(until=until)))

    assert found is ("IC399" in codes(FAULTY, "--policy", policy)[0])


def test_an_exemption_holds_in_its_namespaces_only(codes, file):
    policy = file("rules.yaml", rule_policy(EXEMPT.format(until="9999-12-31")))
    elsewhere = {**FAULTY, "metadata": {**FAULTY["metadata"], "namespace": "web"}}
    nowhere = {**FAULTY, "metadata": {**FAULTY["metadata"], "namespace": None}}

    assert "IC399" in codes(elsewhere, "--policy", policy)[0]
    assert "IC399" in codes(nowhere, "--policy", policy)[0]
    assert "IC399" not in codes(nowhere, "--policy", policy, "--namespace", "legacy")[0]


def test_a_broken_policy_is_misuse_and_nothing_is_checked(run, file):
    policy = file("rules.yaml", rule_policy("{rules: {IC1: deny}}"))

    ran = run("check", "--policy", policy, file("it.yaml", dump_yaml([FAULTY])))

    assert (2, "") == (ran.code, ran.out)
    expected = "prologue: rules.yaml:4: spec.rules.IC1: must be 'Deny', 'Warn', 'Audit' or 'Ignore', not 'deny'; did you mean Deny?\n"
    assert expected == ran.err


def test_a_policy_that_is_not_there_is_misuse(run, file):
    ran = run("check", "--policy", "gone.yaml", file("it.yaml", dump_yaml([FAULTY])))

    assert (2, "prologue: gone.yaml: No such file or directory; give a policy file or a folder of them\n") == (
        ran.code,
        ran.err,
    )
