"""The line of a manifest below a finding: what is marked stands above the carets, whatever the line holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.cli.excerpt import Excerpt, columns, excerpt
from webhook.manifest.position import Position
from webhook.manifest.reader import read_documents


def shown(text, path, *, document=0):
    """The excerpt at a field of a manifest, with the mark below it."""
    it = read_documents(text.encode(), file="it")[document]
    return excerpt(it, it.position(path), path.rpartition(".")[2])


def marked(one):
    """What stands above the carets, where every character is one column wide."""
    return one.text[one.mark.index("^") : one.mark.rindex("^") + 1]


def test_the_name_of_the_field_is_marked():
    one = shown("a: 1\nspec:\n  name: x # why\n", "spec.name")

    assert ("  name: x # why", "  ^^^^") == (one.text, one.mark)


def test_a_quoted_name_is_marked_with_its_quotes():
    assert '"name"' == marked(shown('{"spec": {"name": 1}}', "spec.name"))


def test_of_the_parent_of_a_missing_field_one_character_is_marked():
    one = shown("spec:\n  name: x\n", "spec.image")

    assert ("spec:", "^") == (one.text, one.mark)


@pytest.mark.parametrize("before", ["", "# first\n---\n", "a: 1\n---\n# second\n\n---\n"])
def test_the_line_is_counted_from_where_its_document_starts(before):
    one = shown(f"{before}kind: Pod\nspec:\n  name: x\n", "spec.name", document=before.count("a: 1"))

    assert "  name: x" == one.text


def test_a_json_value_may_begin_within_a_line():
    one = shown('{"a": 1} {"spec": {"name":\n 1}}', "spec.name", document=1)

    assert '"name"' == marked(one)
    assert one.text.startswith('{"spec')


def test_a_tab_is_four_blanks_and_the_mark_stands_right():
    one = shown('{\n\t"spec":\t{"name": 1}}', "spec.name")

    assert "\t" not in one.text
    assert '"name"' == marked(one)


def test_control_characters_are_made_visible_and_the_mark_stands_right():
    one = shown('{"a": "\x7f\u200b", "name": 1}', "name")

    assert one.text.isprintable()
    assert r"\x7f\u200b" in one.text
    assert '"name"' == marked(one)


def test_wide_characters_take_two_columns_and_accents_none():
    one = shown('{"a": "漢字e\u0301", "name": 1}', "name")

    assert 5 == columns("漢字e\u0301")
    assert columns('{"a": "漢字e\u0301", ') == one.mark.index("^")


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\x85", "\u2028"])
def test_lines_end_where_yaml_ends_them(line_break):
    one = shown(line_break.join(("a: 1", "name: x", "b: 2")), "name")

    assert ("name: x", "^^^^") == (one.text, one.mark)


def test_a_place_beyond_the_text_shows_an_empty_line():
    [it] = read_documents(b"a: 1\n")

    assert ("", "^") == ((one := excerpt(it, Position(9, 1), "a")).text, one.mark)


def test_a_line_of_a_megabyte_costs_no_megabyte():
    text = '{"a": "' + "x" * 1_000_000 + '", "name": "' + "y" * 1_000_000 + '"}'

    one = shown(text, "name")

    assert len(one.text) <= 200
    assert '"name"' == marked(one)


@given(st.integers(0, 300), st.integers(1, 40), st.integers(0, 300), st.integers(10, 200))
def test_what_is_marked_is_seen_in_any_width(before, length, behind, width):
    whole = Excerpt("." * before + "N" * length + "." * behind, before, length)

    one = whole.fitted(width)

    assert len(one.text) <= max(width, 1)
    assert len(one.mark) <= max(width, len(whole.text))
    assert one.text[one.caret] in "N…"
    assert (whole.text == one.text) is (len(whole.text) <= width)
