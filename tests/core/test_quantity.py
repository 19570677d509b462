import copy
import json
import pickle
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.errors import QuantityError
from webhook.core.quantity import ZERO, Quantity
from webhook.core.quantity_text import MAX_EXPONENT, MAX_LENGTH, Format

ORACLE = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "oracle" / "quantities.jsonl").read_text(encoding="utf-8").splitlines()
]
NAMED = [(row, f"{row['text']!r} in line {line}") for line, row in enumerate(ORACLE, start=1)]
VALID = [pytest.param(row, id=name) for row, name in NAMED if row["valid"]]
INVALID = [pytest.param(row["text"], id=name) for row, name in NAMED if not row["valid"]]

# Beyond 10^21 units Kubernetes prints DecimalSI without a suffix, and BinarySI is capped at 2^63-1.
DECIMAL_NANO = st.integers(-(10**29), 10**29)
BINARY_NANO = st.integers(-(2**63 - 1) * 10**9, (2**63 - 1) * 10**9)
QUANTITIES = st.one_of(
    st.builds(Quantity, DECIMAL_NANO, st.sampled_from([Format.DECIMAL_SI, Format.DECIMAL_EXPONENT])),
    st.builds(Quantity, BINARY_NANO, st.just(Format.BINARY_SI)),
    st.builds(Quantity, st.integers(-(2**40), 2**40).map(lambda kibi: kibi * 1024 * 10**9), st.just(Format.BINARY_SI)),
    st.builds(Quantity, st.integers(-9, 9)),
)


@pytest.mark.parametrize("row", VALID)
def test_a_text_is_read_as_kubernetes_reads_it(row):
    quantity = Quantity.parse(row["text"])

    seen = {
        "canonical": str(quantity),
        "printed": quantity.printed,
        "format": quantity.format,
        "value": quantity.value(),
        "milli": quantity.milli_value(),
    }
    assert seen == {key: row[key] for key in seen}


@pytest.mark.parametrize("text", INVALID)
def test_what_kubernetes_refuses_is_refused(text):
    with pytest.raises(QuantityError):
        Quantity.parse(text)


def test_the_oracle_is_whole():
    assert len(ORACLE) == 449


@given(QUANTITIES)
def test_the_canonical_text_reads_back_as_the_same_amount(quantity):
    again = Quantity.parse(str(quantity))

    assert again == quantity
    # A binary amount of no whole Ki is printed without a suffix, and a text without one reads as DecimalSI: 25000 is 25k.
    assert str(again) == str(quantity) or quantity.format is Format.BINARY_SI


@given(QUANTITIES, QUANTITIES)
def test_addition_commutes_by_value(left, right):
    assert left + right == right + left


@given(QUANTITIES, QUANTITIES, QUANTITIES)
def test_addition_associates_by_value(one, two, three):
    assert (one + two) + three == one + (two + three)


@given(QUANTITIES, QUANTITIES)
def test_subtraction_undoes_addition(left, right):
    assert (left + right) - right == left
    assert left + -left == ZERO


@given(QUANTITIES, QUANTITIES)
def test_order_is_total_and_agrees_with_equality(left, right):
    assert [left < right, left == right, left > right].count(True) == 1
    assert (left <= right) is (left < right or left == right)
    assert (left >= right) is not (left < right)


@given(QUANTITIES)
def test_rounding_to_milli_goes_away_from_zero_by_less_than_one(quantity):
    rounded = quantity.rounded_to_milli()

    assert rounded.nano % 10**6 == 0
    assert 0 <= abs(rounded.nano) - abs(quantity.nano) < 10**6
    assert rounded.rounded_to_milli() == rounded


@given(st.integers(-(10**26), 10**26))
def test_counting_goes_away_from_zero_after_arithmetic(nano):
    quantity = Quantity(nano)

    assert 0 <= abs(quantity.value()) * 10**9 - abs(nano) < 10**9


@given(st.text(alphabet="0015.+-eEinumkKMGTP \n٣", max_size=8))
def test_any_text_is_read_or_refused(text):
    try:
        quantity = Quantity.parse(text)
    except QuantityError:
        return

    assert Quantity.parse(str(quantity)) == quantity or quantity.nano >= 10**30


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("1Gi", "100M", "1173741824", id="the left format is kept, and loses its suffix"),
        pytest.param("100M", "1Gi", "1173741824", id="the same amount in the other order"),
        pytest.param("1Gi", "1Gi", "2Gi", id="equal formats"),
        pytest.param("0", "1Gi", "1Gi", id="zero takes the format of the right"),
        pytest.param("0Ki", "1000", "1k", id="binary zero takes the format of the right"),
        pytest.param("1E3", "0", "1e3", id="adding zero makes the text canonical"),
        pytest.param("500m", "500m", "1", id="halves make a whole"),
    ],
)
def test_a_sum_prints_as_in_kubernetes(left, right, expected):
    total = Quantity.parse(left) + Quantity.parse(right)

    assert str(total) == expected
    assert total.printed == expected


def test_subtraction_from_zero_takes_the_format_of_the_right():
    assert str(ZERO - Quantity.parse("1Gi")) == "-1Gi"


def test_equality_order_and_hash_go_by_value_alone():
    binary, decimal = Quantity.parse("1Gi"), Quantity.parse("1073741824")

    assert binary == decimal
    assert hash(binary) == hash(decimal)
    assert not binary < decimal
    assert binary != "1Gi"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("0.1m", "1m", id="up to one thousandth"),
        pytest.param("-0.1m", "-1m", id="down for negative amounts"),
        pytest.param("1e-10", "1e-3", id="the exponent stays one"),
        pytest.param("1E3", "1E3", id="nothing to round leaves the text as it came"),
        pytest.param("1.0000000001Gi", "1073741824108m", id="a binary fraction"),
    ],
)
def test_rounding_to_milli_prints_as_in_kubernetes(text, expected):
    assert Quantity.parse(text).rounded_to_milli().printed == expected


def test_a_quantity_cannot_be_changed():
    quantity = Quantity.parse("1")

    with pytest.raises(AttributeError, match="never changes"):
        quantity.nano = 2
    assert quantity == Quantity.parse("1")


@pytest.mark.parametrize(
    "twin",
    [
        pytest.param(copy.deepcopy, id="a deep copy"),
        pytest.param(lambda quantity: pickle.loads(pickle.dumps(quantity)), id="a pickle"),  # noqa: S301 - our own bytes
    ],
)
def test_a_copy_prints_the_same(twin):
    assert twin(Quantity.parse("1E3")).printed == "1E3"


def test_its_repr_can_be_read():
    assert repr(Quantity.parse("1.5Gi")) == "Quantity('1536Mi')"


def test_nothing_at_all_is_false():
    assert not Quantity.parse("0Ki")
    assert Quantity.parse("0m").is_zero
    assert Quantity.parse("1n")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(None, "0", id="null"),
        pytest.param(2, "2", id="an integer"),
        pytest.param(0.5, "500m", id="a float"),
        pytest.param(" 1Gi\u3000", "1Gi", id="white space around"),
    ],
)
def test_a_json_value_is_decoded_as_by_the_api_server(raw, expected):
    assert str(Quantity.decode(raw)) == expected


@pytest.mark.parametrize("raw", ["1\n", "\t1", "", "  ", True, [], {}, "1 Gi"], ids=repr)
def test_a_json_value_that_the_api_server_cannot_decode_is_refused(raw):
    with pytest.raises(QuantityError):
        Quantity.decode(raw)


def test_a_defaulted_value_is_decoded_and_rounded():
    assert [str(Quantity.defaulted(raw)) for raw in (" 1n ", 0.0001, None)] == ["1m", "1m", "0"]


def test_white_space_is_not_trimmed_by_parse():
    with pytest.raises(QuantityError):
        Quantity.parse(" 1")


@pytest.mark.parametrize(
    "absurd",
    [
        pytest.param("1e999999999", id="an exponent without end"),
        pytest.param("1e-999999999", id="a negative exponent without end"),
        pytest.param("1e" + "9" * 250, id="an exponent of many digits"),
        pytest.param("9" * 1_000_000, id="a megabyte of digits"),
        pytest.param("." + "0" * 1_000_000 + "1", id="a megabyte of fraction"),
        pytest.param(" " * 1_000_000 + "1", id="a megabyte of white space"),
        pytest.param(10**100_000, id="a huge integer"),
        pytest.param("9" * MAX_LENGTH + "x", id="digits that could be tried again and again"),
    ],
)
def test_an_absurd_amount_is_refused_without_being_worked_out(absurd):
    with pytest.raises(QuantityError) as refusal:
        Quantity.decode(absurd)

    assert len(str(refusal.value)) < 200


@pytest.fixture
def tightest_digit_limit():
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(sys.int_info.str_digits_check_threshold)
    yield
    sys.set_int_max_str_digits(before)


@pytest.mark.usefixtures("tightest_digit_limit")
def test_the_largest_text_is_read_under_every_setting_of_python():
    exponent = f"e{MAX_EXPONENT}"
    largest = Quantity.parse("9" * (MAX_LENGTH - len(exponent)) + exponent)

    total = sum([largest] * 1000, ZERO)

    assert Quantity.parse(str(largest)) == largest
    assert str(total).endswith(f"e{MAX_EXPONENT + 3}")
