"""Durations as Go writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.duration import parse_duration
from webhook.core.errors import OptionsError


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("120s", 120_000),
        ("2m", 120_000),
        ("1m30s", 90_000),
        ("500ms", 500),
        ("1.5h", 5_400_000),
        (".5s", 500),
        ("1.s", 1000),
        ("1h1m1s1ms", 3_661_001),
        ("30s1m", 90_000),
        ("1ns", 1),
        ("1us", 1),
        ("1001µs", 2),
        ("0s1ms", 1),
    ],
)
def test_a_duration_is_given_in_milliseconds_rounded_up(text, milliseconds):
    assert parse_duration(text, field="timeout") == milliseconds


@pytest.mark.parametrize(
    "text",
    ["", "5", "s", "5 s", "-5s", "+5s", "5S", "5d", "0s", "0", "1e3s", "\u0665s", "5s\n", "597h", "9" * 33 + "s"],
)
def test_what_is_no_duration_above_zero_is_refused(text):
    with pytest.raises(OptionsError) as caught:
        parse_duration(text, field="timeout")

    assert caught.value.field == "timeout"


@given(st.integers(1, 2**31 - 1))
def test_milliseconds_come_back(milliseconds):
    assert parse_duration(f"{milliseconds}ms", field="timeout") == milliseconds
