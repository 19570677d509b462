"""Which JSON values Kubernetes' scalar types take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.shape_leaf import LEAVES, boolean, int32, int64, int_or_string, quantity, text, time


class Word(str):
    """A text that remembers something, as readers of YAML make them."""

    __slots__ = ()


@pytest.mark.parametrize(
    "value",
    [
        "2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.5Z",
        "2026-01-31T12:00:00.123456789123+02:00",
        "2024-02-29T00:00:00-05:30",
        "2000-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z",
        pytest.param("2026-01-31T1:00:00Z", id="an hour of one digit"),
        pytest.param("2026-01-31T12:00:00,5Z", id="a comma before the fraction"),
        pytest.param("2026-01-31T12:00:00+24:60", id="the widest zone"),
    ],
)
def test_a_time_that_go_reads_decodes(value):
    assert time(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-01-31 12:00:00Z",
        "2026-01-31t12:00:00z",
        "2026-01-31T12:00:00Z\n",
        "2026-01-31T12:00:00.Z",
        "2026-1-31T12:00:00Z",
        "2026-00-01T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-04-31T12:00:00Z",
        "2026-01-00T12:00:00Z",
        "2026-02-29T12:00:00Z",
        "1900-02-29T12:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-01-31T12:00:60Z",
        "2026-01-31T12:00:00+25:00",
        "2026-01-31T12:00:00+00:61",
        pytest.param("٢٠٢٦-01-31T12:00:00Z", id="digits of another script"),
        pytest.param("2026-01-31T12:00:00." + "1" * 50 + "X", id="long"),
    ],
)
def test_another_text_is_no_time(value):
    misfit = time(value)

    assert misfit is not None
    assert misfit.message == "must be a time such as 2026-01-31T12:00:00Z, is another text"


def test_a_time_with_a_long_fraction_decodes():
    assert time("2026-01-31T12:00:00." + "1" * 50 + "Z") is None


@pytest.mark.parametrize("value", ["100m", " 2 ", "1E3", ".5", "1" * 40, 1, 0, -1, 0.05, 2**70], ids=repr)
def test_what_kubernetes_reads_as_a_quantity_decodes(value):
    assert quantity(value) is None


@pytest.mark.parametrize(
    ("value", "got"),
    [
        ("1KB", "'1KB'"),
        ("", "empty text"),
        ("1\n", r"'1\n'"),
        ("x" * 50, "'" + "x" * 40 + "'…"),
        (True, "true"),
        ([], "a list"),
        ({}, "an object"),
    ],
    ids=repr,
)
def test_what_is_no_quantity_is_shown_in_short(value, got):
    misfit = quantity(value)

    assert misfit is not None
    assert misfit.got == got


@pytest.mark.parametrize(
    ("check", "value", "message"),
    [
        (text, 1, "must be text, is a number; put it in quotes"),
        (text, True, "must be text, is true; put it in quotes"),
        (text, ["a"], "must be text, is a list"),
        (boolean, "true", "must be true or false, is text; write it without quotes"),
        (boolean, "yes", "must be true or false, is text"),
        (boolean, 0, "must be true or false, is a number"),
        (int32, "80", "must be a whole number, is text; write it without quotes"),
        (int32, "http", "must be a whole number, is text"),
        (int32, 80.0, "must be a whole number, is a number; write it without point and exponent"),
        (int32, False, "must be a whole number, is false"),
        (int32, [], "must be a whole number, is a list"),
        (int32, 2**31, "must be a whole number from -2147483648 to 2147483647, is a larger one"),
        pytest.param(
            int64,
            -(10**5000),
            "must be a whole number from -9223372036854775808 to 9223372036854775807, is a smaller one",
            id="far below",
        ),
        (int_or_string, 80.0, "must be a whole number or text, is a number"),
        (int_or_string, True, "must be a whole number or text, is true"),
        (int_or_string, 2**31, "must be a whole number from -2147483648 to 2147483647, is a larger one"),
        (time, 5, "must be a time such as 2026-01-31T12:00:00Z, is a number"),
        (quantity, float("inf"), "must be a quantity such as 100m or 128Mi, is a number"),
        pytest.param(quantity, 10**5000, "must be a quantity such as 100m or 128Mi, is a number", id="far above"),
        pytest.param(text, object(), "must be text, is object; put it in quotes", id="no JSON"),
    ],
)
def test_a_misfit_says_how_to_mend_the_usual_slip(check, value, message):
    misfit = check(value)

    assert misfit is not None
    assert misfit.message == message


@pytest.mark.parametrize("name", LEAVES)
@given(value=st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()))
def test_every_type_answers_whatever_comes(name, value):
    misfit = LEAVES[name](value)

    assert misfit is None or misfit.path == ""


class Count(int):
    """A number that remembers something."""

    __slots__ = ()


def test_a_value_of_a_derived_type_is_one_of_its_base():
    assert int32(Count(1)) is None
    assert int64(Count(1)) is None
    assert text(Word("x")) is None
    assert quantity(Word("1")) is None
    assert int_or_string(Word("x")) is None
    assert time(Word("2026-01-31T12:00:00Z")) is None
