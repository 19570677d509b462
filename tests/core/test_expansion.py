"""Texts that reach a container through the kubelet's `$(NAME)` expansion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recipes.kubelet import expand
from webhook.core.expansion import escape_dollars, reference

texts = st.lists(st.sampled_from(["$", "(", ")", "{", "}", "A", "$(A)", "$$", "x\n"])).map("".join)


@given(texts)
def test_an_escaped_text_expands_to_itself(text):
    assert expand(escape_dollars(text), {"A": "never"}) == text


@pytest.mark.parametrize("text", ["", "$", "$5", "${HOME}", "a$", "100%"])
def test_dollars_that_the_kubelet_leaves_alone_are_left_alone(text):
    assert escape_dollars(text) == text


def test_a_reference_expands_to_the_value_as_it_is():
    assert expand(f"<{reference('A')}>", {"A": "$$(A)"}) == "<$$(A)>"
