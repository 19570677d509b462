"""Scalars beyond the oracle: what the numbers of Go look like as values and as keys."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.manifest.number import EXPONENT_FROM, format_float
from webhook.manifest.scalar import (
    BINARY,
    FLOAT,
    INT,
    NULL,
    TIMESTAMP,
    ScalarError,
    json_value,
    key_text,
    plain,
    plain_value,
    tagged,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(0.0, "0", id="zero"),
        pytest.param(80.0, "80", id="whole"),
        pytest.param(-1.5, "-1.5", id="negative"),
        pytest.param(1e20, "100000000000000000000", id="largest without exponent"),
        pytest.param(1.5e16, "15000000000000000", id="repr has an exponent, Go has none"),
        pytest.param(-2e-06, "-0.000002", id="smallest without exponent"),
        pytest.param(1.25e-05, "0.0000125", id="small fraction"),
        pytest.param(1e21, "1e+21", id="exponent"),
        pytest.param(1e-7, "1e-07", id="small exponent"),
    ],
)
def test_a_float_is_written_as_go_writes_it(value, text):
    assert format_float(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_float_is_the_same_float(value):
    assert float(format_float(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False).map(repr))
def test_a_whole_number_is_an_integer_below_the_exponent(text):
    value = plain_value(text)

    assert isinstance(value, int) == (float(text).is_integer() and abs(float(text)) < EXPONENT_FROM)


@given(st.text(alphabet="0123456789+-._eExXbBoOafn:T ", max_size=9))
def test_no_text_is_beyond_reading(text):
    try:
        value = plain_value(text)
    except ScalarError:
        value = None

    assert value is None or json.dumps(value, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("16777217.0", "1.6777216e+07", id="rounded to 32 bits"),
        pytest.param("123456.789", "123456.79", id="fewest digits of 32 bits"),
        pytest.param("1e39", ".inf", id="too large for 32 bits"),
        pytest.param("-1e39", "-.inf", id="too small for 32 bits"),
        pytest.param(".nan", ".nan", id="not a number"),
        pytest.param("0.0001", "0.0001", id="small"),
        pytest.param("0.00001", "1e-05", id="small with exponent"),
        pytest.param("off", "false", id="a word"),
        pytest.param("2001-01-01", "2001-01-01", id="a day"),
    ],
)
def test_a_key_is_written_as_go_writes_it(text, key):
    assert key_text(plain(text)) == key


@pytest.mark.parametrize("text", ["", "~", "9223372036854775808"])
def test_null_and_larger_integers_are_no_keys(text):
    with pytest.raises(ScalarError, match="quote the key"):
        key_text(plain(text))


def test_a_long_text_is_read_like_a_short_one():
    assert plain_value("0" * 70 + "17") == 15
    assert plain_value("a" * 70) == "a" * 70
    assert plain_value("1" * 70) == float("1" * 70)


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        pytest.param(INT, "0x10", 16, id="integer"),
        pytest.param(FLOAT, "1", 1, id="float of an integer"),
        pytest.param(NULL, "", None, id="null"),
        pytest.param(TIMESTAMP, "2000-2-29", "2000-2-29", id="leap day"),
        pytest.param(TIMESTAMP, "0000-02-29", "0000-02-29", id="leap day of the year 0"),
        pytest.param(TIMESTAMP, "2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00", id="moment"),
        pytest.param(TIMESTAMP, "2001-12-14 1:2:3", "2001-12-14 1:2:3", id="moment behind a space"),
        pytest.param(BINARY, "aGk=", "hi", id="base64"),
        pytest.param(BINARY, "4oI=", "\ufffd\ufffd", id="base64 of half a character"),
        pytest.param("!mine", "1", "1", id="unknown tag"),
    ],
)
def test_a_tag_decides_what_a_scalar_is(tag, text, value):
    assert json_value(tagged(tag, text)) == value


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        pytest.param(INT, "1.5", id="float as integer"),
        pytest.param(FLOAT, "9223372036854775808", id="unsigned as float"),
        pytest.param(NULL, "x", id="text as null"),
        pytest.param(TIMESTAMP, "2001-02-29", id="no such day"),
        pytest.param(TIMESTAMP, "2001-12-14T24:00:00Z", id="no such hour"),
        pytest.param(TIMESTAMP, "2001-12-14 1:2:3Z", id="zone behind a space"),
        pytest.param(BINARY, "aGk", id="base64 cut short"),
        pytest.param(BINARY, "*", id="no base64"),
    ],
)
def test_a_scalar_that_contradicts_its_tag_is_refused(tag, text):
    with pytest.raises(ScalarError):
        tagged(tag, text)
