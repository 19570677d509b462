"""What is said of a policy that cannot be loaded: file, line, field, fault, and what to write instead."""

import pytest

from tests.builders import policy_from

SLIPS = [
    pytest.param("requezt: Always", "requezt", "unknown field; did you mean request?", id="a field with a slip"),
    pytest.param(
        "zzz: 1", "zzz", "unknown field; known here: appContainers, initContainers, match, ", id="a field far off"
    ),
    pytest.param(
        "request: Sometimes",
        "request",
        "must be 'Always' or 'Annotation', not 'Sometimes'",
        id="a word that is not asked",
    ),
    pytest.param(
        "request: annotation",
        "request",
        "must be 'Always' or 'Annotation', not 'annotation'; did you mean Annotation?",
        id="a word in small letters",
    ),
    pytest.param(
        "request: yes",
        "request",
        "must be 'Always' or 'Annotation', not True",
        id="yes is true",
    ),
    pytest.param(
        "onConflict: Denny",
        "onConflict",
        "must be 'Deny', 'Skip' or 'Rename', not 'Denny'; did you mean Deny?",
        id="a conflict with a slip",
    ),
    pytest.param("onConflict: [Deny]", "onConflict", "must be 'Deny', 'Skip' or 'Rename'", id="a conflict in a list"),
    pytest.param("volumes: {name: x}", "volumes", "must be a list", id="a mapping for a list"),
    pytest.param("volumes: [~]", "volumes[0]", "must be a mapping, not null", id="null in a list"),
    pytest.param("match: web", "match", "must be a mapping, not 'web'", id="text for a mapping"),
    pytest.param(
        "match: {podSelector: {matchLabels: {app: yes}}}",
        "match.podSelector.matchLabels.app",
        "must be text, but YAML reads a truth value here; put it in quotes",
        id="a label that YAML takes for true",
    ),
    pytest.param(
        "match: {podSelector: {matchLabels: {version: 1.10}}}",
        "match.podSelector.matchLabels.version",
        "must be text, but YAML reads a number here; put it in quotes",
        id="a label that YAML takes for a number",
    ),
    pytest.param(
        "match: {podSelector: {matchLabel: {}}}",
        "match.podSelector.matchLabel",
        "unknown field; did you mean matchLabels?",
        id="a selector with a slip",
    ),
    pytest.param(
        "match: {podSelector: {matchExpressions: [{key: a, operator: in, values: [b]}]}}",
        "match.podSelector.matchExpressions[0].operator",
        "must be 'In', 'NotIn', 'Exists' or 'DoesNotExist', not 'in'; did you mean In?",
        id="an operator in small letters",
    ),
    pytest.param(
        "match: {podSelector: {matchExpressions: [{key: a, operator: In}]}}",
        "match.podSelector.matchExpressions[0]",
        "In needs values",
        id="an operator without values",
    ),
    pytest.param(
        "match: {podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}",
        "match.podSelector.matchExpressions[0]",
        "Exists takes no values",
        id="an operator with values too many",
    ),
    pytest.param(
        "match: {podSelector: {matchExpressions: [{operator: Exists}]}}",
        "match.podSelector.matchExpressions[0].key",
        "is required",
        id="an expression without a key",
    ),
    pytest.param(
        "match: {conditions: [{expression: 'true'}]}",
        "match.conditions",
        "CEL conditions are not evaluated by this version; use the selectors, or leave it empty",
        id="a condition",
    ),
    pytest.param(
        "resources: WithinPod",
        "resources",
        "this version injects resources as they are declared; WithinPod is not there yet",
        id="resources within the Pod",
    ),
]
ITEMS = [
    pytest.param(
        "recipe: wait-fro", "recipe", "no recipe 'wait-fro'; did you mean wait-for?", id="a recipe with a slip"
    ),
    pytest.param("recipe: sing", "recipe", "no recipe 'sing'; there are fetch-file, ", id="a recipe far off"),
    pytest.param("recipe: 7", "recipe", "must be text, but YAML reads a number here; put it in quotes", id="a number"),
    pytest.param("name: x", "", "say either recipe or container", id="neither recipe nor container"),
    pytest.param(
        "recipe: wait-for\n  container: {name: a, image: b}", "", "say either recipe or container", id="both of them"
    ),
    pytest.param(
        "container: {name: a, image: b}\n  with: {}",
        "",
        "with goes with recipe; a container carries its own fields",
        id="parameters of a container",
    ),
    pytest.param(
        "container: {name: a, image: b}\n  name: c", "", "the name of a container stands inside it", id="a second name"
    ),
    pytest.param("container: a", "container", "must be a mapping, not 'a'", id="a container that is text"),
    pytest.param("recipe: wait-for\n  wihh: {}", "wihh", "unknown field; did you mean with?", id="with with a slip"),
    pytest.param(
        "recipe: wait-for\n  position: {beforr: x}",
        "position",
        "say first, last, {before: NAME} or {after: NAME}, not beforr",
        id="a position with a slip",
    ),
    pytest.param(
        "recipe: wait-for\n  position: middle",
        "position",
        "say first, last, {before: NAME} or {after: NAME}, not middle",
        id="a position that is none",
    ),
    pytest.param(
        "recipe: wait-for\n  position: {before: a, after: b}",
        "position",
        "say first, last, {before: NAME} or {after: NAME}, not before and after",
        id="two positions",
    ),
    pytest.param(
        "recipe: wait-for\n  position: {before: 3}",
        "position",
        "before takes the name of an init container, as text",
        id="a position before a number",
    ),
    pytest.param("recipe: wait-for", "with.targets", "is required", id="a parameter that must be given"),
    pytest.param(
        "recipe: wait-for\n  with: {targets: 'dns://a', timeoot: 3s}",
        "with.timeoot",
        "unknown field; did you mean timeout?",
        id="a parameter with a slip",
    ),
    pytest.param(
        "recipe: write-file\n  with: {zzz: 1}",
        "with.zzz",
        "unknown field; known here: content, existingVolume, image, mode, mountPath, ",
        id="a parameter far off",
    ),
    pytest.param(
        "recipe: wait-for\n  with: {targets: 'dns://a'}", "with.targets", "must be a list, not 'dns://a'", id="no list"
    ),
    pytest.param(
        "recipe: wait-for\n  with: {targets: ['dns://a'], timeout: 30}",
        "with.timeout",
        "must be text, but YAML reads a number here; put it in quotes",
        id="a number for text",
    ),
    pytest.param(
        "recipe: wait-for\n  with: {targets: ['dns://a', 'tcp://b']}",
        "with.targets[1]",
        "tcp:// needs a port, like tcp://mydb:5432",
        id="what only the recipe knows",
    ),
    pytest.param(
        "recipe: wait-for\n  with: {targets: ['dns://a'], resources: {requests: {cpu: [1]}}}",
        "with.resources.requests.cpu",
        "must be text or a number",
        id="one of several types",
    ),
    pytest.param(
        "recipe: wait-for\n  with: {targets: ['dns://a'], resources: {requests: {cpu: 1x}}}",
        "with.resources.requests.cpu",
        "'1x' has not the format of a quantity",
        id="no quantity",
    ),
]
DOCUMENTS = [
    pytest.param("just text\n", "1: a policy is a mapping with apiVersion, kind, metadata and spec", id="no mapping"),
    pytest.param(
        "apiVersion: prologue.dev/v1alpha1\nkind: InjectonPolicy\n",
        "2: kind: prologue.dev/v1alpha1 InjectonPolicy is no policy; expected prologue.dev/v1alpha1 InjectionPolicy or "
        "RulePolicy; did you mean InjectionPolicy?",
        id="a kind with a slip",
    ),
    pytest.param(
        "apiVersion: prologue.dev/v1\nkind: RulePolicy\n",
        "2: kind: prologue.dev/v1 RulePolicy is no policy; expected prologue.dev/v1alpha1 InjectionPolicy or RulePolicy",
        id="another version",
    ),
    pytest.param(
        "apiVersion: v1\nkind: Pod\n",
        "2: kind: v1 Pod is no policy; expected prologue.dev/v1alpha1 InjectionPolicy or RulePolicy",
        id="a Pod",
    ),
    pytest.param(
        "metadata: {}\n",
        "1: kind: None None is no policy; expected prologue.dev/v1alpha1 InjectionPolicy or RulePolicy",
        id="no kind at all",
    ),
    pytest.param(
        "apiVersion: prologue.dev/v1alpha1\nkind: RulePolicy\nmetadata: {name: My_Rules}\nspec: {}\n",
        "3: metadata.name: 'My_Rules' is no Kubernetes name: lower-case letters, digits, '-' and '.'",
        id="a name that Kubernetes would refuse",
    ),
    pytest.param(
        "apiVersion: prologue.dev/v1alpha1\nkind: RulePolicy\nmetadata: {name: rules}\n",
        "1: spec: is required",
        id="no spec",
    ),
    pytest.param(
        "apiVersion: prologue.dev/v1alpha1\nkind: RulePolicy\nmetadata: {}\nspec: {}\n",
        "3: metadata.name: is required",
        id="no name",
    ),
    pytest.param(
        "apiVersion: prologue.dev/v1alpha1\nkind: InjectionPolicy\nmetadata: {name: a}\nspec: {}\n",
        "4: spec: nothing to inject: give initContainers, volumes or appContainers",
        id="nothing to inject",
    ),
]
RULES = [
    pytest.param(
        "kubernetesVersion: 1.36",
        "kubernetesVersion",
        "must be text, but YAML reads a number here; put it in quotes",
        id="a version that YAML takes for a number",
    ),
    pytest.param(
        'kubernetesVersion: "1.20"',
        "kubernetesVersion",
        "Kubernetes version '1.20' is not known here; say one of 1.33, 1.34, 1.35, 1.36, 1.37",
        id="a version that nobody knows",
    ),
    pytest.param(
        "rules: {IC1: deny}",
        "rules.IC1",
        "must be 'Deny', 'Warn', 'Audit' or 'Ignore', not 'deny'; did you mean Deny?",
        id="a severity in small letters",
    ),
    pytest.param(
        "rules: {ic103: Warn}",
        "rules.ic103",
        "no rule has the code or prefix 'ic103'; did you mean IC103?",
        id="a code in small letters",
    ),
    pytest.param(
        "rules: {IC9: Warn}",
        "rules.IC9",
        "no rule has the code or prefix 'IC9'; `prologue rules` lists them",
        id="a family that is not there",
    ),
    pytest.param(
        "rules: {default: Warn}",
        "rules.default",
        "the rules of the default tier speak by themselves; name codes or families to change what they lead to",
        id="the tier that speaks anyway",
    ),
    pytest.param(
        "{match: {namespaceSelector: {}}, kubernetesVersion: '1.36'}",
        "kubernetesVersion",
        "goes into a RulePolicy without match: all Pods are judged for one version",
        id="a version for some Pods only",
    ),
    pytest.param(
        "{match: {podSelector: {matchLabels: {a: b}}}, exempt: [{namespaces: [a], rules: [IC4], reason: b}]}",
        "exempt",
        "goes into a RulePolicy without match: exemptions name their own namespaces",
        id="an exemption for those who choose it",
    ),
    pytest.param(
        "{match: {namespaceSelector: {}}, allowSelfSelection: true}",
        "allowSelfSelection",
        "goes with a podSelector: only by their labels do Pods choose a policy themselves",
        id="a choice where there is none",
    ),
    pytest.param(
        "match: {podSelectors: {}}",
        "match.podSelectors",
        "unknown field; did you mean podSelector?",
        id="a misspelled selector",
    ),
    pytest.param(
        "match: {conditions: [{name: a}]}",
        "match.conditions",
        "CEL conditions are not evaluated by this version; use the selectors, or leave it empty",
        id="a condition",
    ),
    pytest.param(
        "rules: {'': Warn}",
        "rules.",
        "no rule has the code or prefix ''; `prologue rules` lists them",
        id="no code at all",
    ),
    pytest.param(
        "exempt: [{namespaces: [a], rules: [strict], reason: b}]",
        "exempt[0].rules[0]",
        "no rule has the code or prefix 'strict'; `prologue rules` lists them",
        id="an exemption from no code",
    ),
    pytest.param(
        "exempt: [{namespaces: [a], rules: [IC4, ICX], reason: b}]",
        "exempt[0].rules[1]",
        "no rule has the code or prefix 'ICX'; `prologue rules` lists them",
        id="an exemption from nothing",
    ),
    pytest.param(
        "exempt: [{namespaces: [a], rules: [IC103], reason: b}]",
        "exempt[0].rules",
        "IC103: Kubernetes' own rules (IC1xx) cannot be exempted, the API server holds them",
        id="an exemption from Kubernetes",
    ),
    pytest.param(
        "exempt: [{namespaces: [a], rules: [IC], reason: b}]",
        "exempt[0].rules",
        "IC: Kubernetes' own rules (IC1xx) cannot be exempted, the API server holds them",
        id="an exemption from everything",
    ),
    pytest.param(
        "exempt: [{namespaces: [], rules: [IC4], reason: b}]", "exempt[0].namespaces", "must not be empty", id="x"
    ),
    pytest.param(
        "exempt: [{namespaces: [a], rules: [IC4], reason: ''}]", "exempt[0].reason", "must not be empty", id="y"
    ),
    pytest.param("exempt: [{namespaces: [a], rules: [IC4]}]", "exempt[0].reason", "is required", id="no reason given"),
    pytest.param(
        "exempt: [{namespaces: [a], rules: [IC4], reason: b, until: 31.1.2027}]",
        "exempt[0].until",
        "'31.1.2027' is no day; write it as 2027-01-31",
        id="a day as in a letter",
    ),
    pytest.param(
        "exempt: [{namespaces: [a], rules: [IC4], reason: b, until: '20270131'}]",
        "exempt[0].until",
        "'20270131' is no day; write it as 2027-01-31",
        id="a day in another spelling of ISO 8601",
    ),
    pytest.param(
        "exempt: [{namespaces: [a], rules: [IC4], reason: b, until: 2027-02-30}]",
        "exempt[0].until",
        "'2027-02-30' is on no calendar; write a day as 2027-01-31",
        id="a day on no calendar",
    ),
]
LITERAL = "initContainers: [{container: {name: a, image: b}}]\n"


@pytest.mark.parametrize(("line", "field", "message"), SLIPS)
def test_a_slip_in_an_injection_policy_is_told_with_its_place(problems, injection_policy, line, field, message):
    [said] = problems(injection_policy(LITERAL + line))

    assert said.startswith(f"policy.yaml:6: spec.{field}: {message}")


@pytest.mark.parametrize(("lines", "field", "message"), ITEMS)
def test_a_slip_in_what_is_injected_is_told_with_its_place(problems, injection_policy, lines, field, message):
    said = problems(injection_policy(f"initContainers:\n- {lines}"))

    place = f"spec.initContainers[0]{'.' if field else ''}{field}"
    [told] = [line for line in said if f": {place}: {message}" in line]
    assert told.startswith(("policy.yaml:6: ", "policy.yaml:7: "))


@pytest.mark.parametrize(("line", "field", "message"), RULES)
def test_a_slip_in_a_rule_policy_is_told_with_its_place(problems, rule_policy, line, field, message):
    assert [f"policy.yaml:5: spec.{field}: {message}"] == problems(rule_policy(line))


@pytest.mark.parametrize(("yaml", "message"), DOCUMENTS)
def test_what_is_no_policy_is_told_with_what_is_expected(problems, yaml, message):
    assert [f"policy.yaml:{message}"] == problems(yaml)


def test_every_fault_of_every_document_is_told_at_once(problems, injection_policy, rule_policy):
    first = injection_policy("requezt: Always\nonConflict: deny\ninitContainers: []")
    yaml = f"{first}---\n{rule_policy('rules: {IC1: deny}')}---\nkind: Pod\n"

    lines = [said.split(":")[1] for said in problems(yaml)]

    assert {"5", "6", "13", "15"} == set(lines)


def test_two_policies_of_one_kind_cannot_share_a_name(problems, injection_policy, rule_policy):
    twice = f"{injection_policy(LITERAL)}---\n{injection_policy(LITERAL)}"
    rules = f"{rule_policy('rules: {}')}---\n{rule_policy('rules: {}')}"

    assert ["policy.yaml:9: metadata.name: another InjectionPolicy is called 'prepare'; names are unique"] == (
        problems(twice)
    )
    assert ["policy.yaml:9: metadata.name: another RulePolicy is called 'rules'; names are unique"] == problems(rules)


def test_two_rule_policies_cannot_contradict_each_other(problems, rule_policy):
    one, other = rule_policy("rules: {IC4: Deny}", name="one"), rule_policy("rules: {IC4: Warn}", name="other")

    assert ["policy.yaml:11: spec.rules.IC4: RulePolicy 'one' says Deny; say it once"] == problems(f"{one}---\n{other}")


def test_two_rule_policies_may_say_the_same(rule_policy):
    one, other = (rule_policy("rules: {IC4: Deny}", name=name) for name in ("one", "other"))

    assert policy_from(f"{one}---\n{other}").severity_of("IC401") == "deny"


def test_the_place_inside_a_list_is_that_of_the_item(problems, injection_policy):
    items = injection_policy(f"{LITERAL}onConflict: deny").replace("\n", "\n  ")

    [said] = problems(f"apiVersion: v1\nkind: List\nitems:\n- {items}")

    assert said.startswith("policy.yaml:9: spec.onConflict: ")
