"""What wins over what, as algebra: no order of reading, no repetition and no label of a Pod changes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.practice import CODES, RULES
from webhook.core.finding import ErrorType, Severity
from webhook.core.rule import Rule, Tier
from webhook.policy.precedence import default_row, pooled, row_of, settled
from webhook.policy.regime import MAX_KEPT, Regimes, Scope

KUBERNETES = Rule("IC190", "Refused", None, "these tests")
WARNING = Rule("IC191", "Warned of", None, "these tests", severity=Severity.WARN)
CATALOGUE = (KUBERNETES, WARNING, *RULES)

WORDS = ["IC", "IC1", "IC190", "IC191", "IC3", "IC39", *CODES, "recommended", "strict"]
SAID = st.dictionaries(st.sampled_from(WORDS), st.sampled_from(Severity), max_size=4)
ROWS = SAID.map(lambda said: row_of(said, CATALOGUE))


@st.composite
def scopes(draw):
    said = draw(st.lists(st.tuples(ROWS, st.booleans()), max_size=5))
    return tuple(Scope(f"p{i}", None, None, only_raises, row) for i, (row, only_raises) in enumerate(said))


def severities(said, *, asked=()):
    rows = [row_of(one, CATALOGUE) for one in said]
    chosen = settled(pooled([default_row(CATALOGUE, asked), *rows]), [])
    return {rule.code: severity.value for rule, severity in zip(CATALOGUE, chosen, strict=True)}


def strictness(regime):
    return {code: severity.strictness for code, severity in regime.severities.items()}


def test_severities_stand_in_the_order_of_their_strictness():
    assert [3, 2, 1, 0] == [severity.strictness for severity in Severity]
    assert ["deny", "warn", "audit", "ignore"] == list(Severity)
    assert "Warning" == ErrorType.WARNING  # a type of finding, no severity


def test_where_nobody_speaks_the_default_tier_speaks_alone():
    default = {"IC190": "deny", "IC191": "warn", "IC391": "warn", "IC392": "ignore", "IC393": "ignore"}

    assert default == severities([])
    assert {**default, "IC392": "warn"} == severities([], asked=("recommended",))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param([{"IC3": "warn", "IC39": "audit", "IC391": "deny"}], {"IC391": "deny"}, id="the longest prefix"),
        pytest.param([{"IC3": "deny"}, {"IC391": "audit"}], {"IC391": "audit", "IC392": "deny"}, id="in two policies"),
        pytest.param([{"IC3": "audit"}, {"IC3": "deny"}, {"IC3": "warn"}], {"IC391": "deny"}, id="the strictest"),
        pytest.param([{"recommended": "warn", "strict": "audit"}], {"IC392": "warn", "IC393": "audit"}, id="tiers"),
        pytest.param([{"strict": "deny"}], {"IC391": "warn", "IC392": "deny", "IC393": "deny"}, id="a tier and below"),
        pytest.param([{"recommended": "deny"}], {"IC393": "ignore", "IC190": "deny"}, id="no tier above"),
        pytest.param([{"strict": "deny", "IC3": "audit"}], {"IC392": "audit"}, id="a prefix beats a tier"),
        pytest.param([{"strict": "audit"}], {"IC190": "deny", "IC391": "warn"}, id="a tier leaves the default alone"),
        pytest.param([{"IC": "audit"}], {"IC190": "audit", "IC391": "audit", "IC392": "ignore"}, id="IC wakes nobody"),
        pytest.param([{"IC1": "ignore"}], {"IC190": "ignore", "IC191": "ignore"}, id="left to the API server"),
        pytest.param([{"IC1": "deny"}], {"IC191": "warn"}, id="a family at Deny spares what only warns"),
        pytest.param([{"IC191": "deny"}], {"IC191": "deny"}, id="its own code does not"),
    ],
)
def test_it_wins(said, expected):
    chosen = severities([{word: Severity(text) for word, text in one.items()} for one in said])

    assert expected == {code: chosen[code] for code in expected}


@given(st.lists(ROWS, min_size=1), st.randoms())
def test_neither_order_nor_repetition_counts(rows, random):
    shuffled = [*rows, *rows]
    random.shuffle(shuffled)

    assert pooled(rows) == pooled(shuffled)


@given(ROWS, ROWS, ROWS)
def test_it_does_not_matter_which_policies_are_pooled_first(one, other, third):
    assert pooled([one, pooled([other, third])]) == pooled([pooled([one, other]), third])


@given(SAID, SAID)
def test_two_policies_are_as_one_where_they_speak_of_different_things(one, other):
    said = {word: severity for word, severity in other.items() if word not in one}

    assert severities([one, said]) == severities([{**one, **said}])


@given(scopes(), ROWS, st.data())
def test_a_policy_that_pods_choose_never_makes_a_rule_more_lenient(all_scopes, base, data):
    regimes = Regimes(CATALOGUE, pooled([default_row(CATALOGUE), base]), all_scopes)
    matching = tuple(data.draw(st.lists(st.sampled_from(all_scopes), unique=True)) if all_scopes else [])
    without = tuple(scope for scope in matching if not scope.only_raises)

    stricter, floor = strictness(regimes.where(matching)), strictness(regimes.where(without))

    assert all(stricter[code] >= floor[code] for code in floor)


@given(scopes(), ROWS)
def test_one_more_label_never_makes_a_rule_more_lenient(all_scopes, base):
    regimes = Regimes(CATALOGUE, pooled([default_row(CATALOGUE), base]), all_scopes)

    for scope in [one for one in all_scopes if one.only_raises]:
        others = tuple(one for one in all_scopes if one is not scope)
        fewer, more = strictness(regimes.where(others)), strictness(regimes.where(all_scopes))
        assert all(more[code] >= fewer[code] for code in fewer)


@given(scopes(), ROWS)
def test_the_rules_that_speak_are_those_that_are_not_ignored(all_scopes, base):
    regime = Regimes(CATALOGUE, pooled([default_row(CATALOGUE), base]), all_scopes).where(all_scopes)

    speaking = {active.rule.code: active.severity for active in regime.rules}

    checked = {rule.code for rule in CATALOGUE if rule.check is not None}
    assert speaking == {
        code: severity
        for code, severity in regime.severities.items()
        if code in checked and severity is not Severity.IGNORE
    }


def test_what_was_worked_out_once_is_kept_but_not_without_bound():
    many = [Scope(f"p{i}", None, None, only_raises=True, row=row_of({}, CATALOGUE)) for i in range(MAX_KEPT + 10)]
    regimes = Regimes(CATALOGUE, default_row(CATALOGUE))

    for scope in many:
        assert regimes.where((scope,)) is regimes.where((scope,))

    assert len(regimes._kept) <= MAX_KEPT


def test_every_tier_but_the_first_is_a_word():
    assert {*CODES.values()} == {*Tier}
