import pytest

from webhook.core.white_space import is_padded


@pytest.mark.parametrize(
    "space", [*"\t\n\v\f\r ", "\u0085", "\u00a0", "\u1680", "\u2003", "\u2028", "\u205f", "\u3000"]
)
def test_white_space_of_go_pads_a_text_at_either_end(space):
    assert is_padded(f"shop{space}")
    assert is_padded(f"{space}shop")
    assert is_padded(space)


@pytest.mark.parametrize("space", ["\u001c", "\u001f", "\u200b", "\u180e", "\ufeff"])
def test_what_only_looks_like_it_does_not(space):
    assert not is_padded(f"shop{space}")


def test_space_inside_and_no_text_are_fine():
    assert not is_padded("a b")
    assert not is_padded("")
