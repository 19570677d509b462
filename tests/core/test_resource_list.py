import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.errors import QuantityError
from webhook.core.quantity import Quantity
from webhook.core.quantity_text import Format
from webhook.core.resource_list import canonical, maximum, parse_resource_list, rounded_to_milli, total

AMOUNTS = st.builds(Quantity, st.integers(-(10**12), 10**12), st.sampled_from(Format))
LISTS = st.dictionaries(st.sampled_from(["cpu", "memory", "hugepages-2Mi", "example.com/gpu"]), AMOUNTS)
SOME = st.lists(LISTS, max_size=5)


@pytest.mark.parametrize("raw", [None, {}], ids=["null", "empty"])
def test_nothing_reads_as_an_empty_list(raw):
    assert parse_resource_list(raw) == {}


def test_amounts_are_read_as_the_api_server_decodes_them():
    raw = {"memory": " 1.5Gi ", "cpu": 0.5, "ephemeral-storage": None, "example.com/gpu": 2}

    read = parse_resource_list(raw)

    assert canonical(read) == {"cpu": "500m", "ephemeral-storage": "0", "example.com/gpu": "2", "memory": "1536Mi"}


def test_defaulted_amounts_are_rounded_to_thousandths():
    raw = {"cpu": "1500u", "memory": "1n"}

    assert canonical(parse_resource_list(raw, Quantity.defaulted)) == {"cpu": "2m", "memory": "1m"}
    assert canonical(rounded_to_milli(parse_resource_list(raw))) == {"cpu": "2m", "memory": "1m"}


def test_an_amount_that_is_none_is_refused():
    with pytest.raises(QuantityError):
        parse_resource_list({"cpu": "lots"})


def test_canonical_texts_are_sorted_by_name():
    assert list(canonical(parse_resource_list({"memory": "1E3", "cpu": "+1"})).items()) == [
        ("cpu", "1"),
        ("memory", "1e3"),
    ]


@given(SOME)
def test_a_total_is_what_adding_one_by_one_gives(lists):
    result = total(*lists)

    for name in {name for one in lists for name in one}:
        first, *rest = [one[name] for one in lists if name in one]
        for amount in rest:
            first += amount
        assert result[name] == first
        assert str(result[name]) == str(first)


@given(SOME)
def test_a_total_names_what_any_list_names(lists):
    assert set(total(*lists)) == set().union(*lists)


@given(SOME)
def test_a_maximum_is_the_largest_of_each_name(lists):
    result = maximum(*lists)

    assert result == {name: max(one[name] for one in lists if name in one) for name in set().union(*lists)}


@given(SOME)
def test_no_list_that_was_given_is_changed_or_handed_back(lists):
    before = copy.deepcopy(lists)

    results = [total(*lists), maximum(*lists)]

    for result in results:
        result.clear()
    assert lists == before


def test_a_lone_amount_keeps_its_text():
    alone = parse_resource_list({"cpu": "1E3"})

    assert total({}, alone)["cpu"].printed == "1E3"
    assert maximum(alone, {})["cpu"].printed == "1E3"


def test_of_equal_amounts_the_first_is_kept():
    assert canonical(maximum({"memory": Quantity.parse("1Gi")}, {"memory": Quantity.parse("1073741824")})) == {
        "memory": "1Gi"
    }
