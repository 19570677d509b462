"""Places of faults, duplicates and what is lost; anchors, merges and bounds."""

import time

import pytest

from webhook.core.errors import ManifestError
from webhook.manifest.bounds import MAX_DEPTH
from webhook.manifest.parse import parse, parse_marked
from webhook.manifest.position import Position


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        pytest.param("a: 1\nb:\n\tc: 2\n", 3, 1, "never with a tab", id="tab"),
        pytest.param("a: x: y\n", 1, 5, "quote a value", id="colon in a value"),
        pytest.param("a: 1\nb: .inf\n", 2, 4, "JSON", id="infinity"),
        pytest.param("a: 1\n~: 2\n", 2, 1, "quote the key", id="null key"),
        pytest.param("a:\n  b: *x\n", 2, 6, "no anchor `&x`", id="unknown alias"),
        pytest.param("a: &x\n  b: *x\n", 2, 6, "contains itself", id="alias inside its anchor"),
        pytest.param("a: &x\n  <<: *x\n", 2, 7, "contains itself", id="merge inside its anchor"),
        pytest.param("a: !!int x\n", 1, 4, "cannot be a !!int", id="tag and value disagree"),
        pytest.param("!!int x: 1\n", 1, 1, "cannot be a !!int", id="tag and key disagree"),
        pytest.param("a: &x !!int x\n", 1, 4, "cannot be a !!int", id="tag and anchored value disagree"),
        pytest.param("&x .inf: 1\nb: *x\n", 2, 4, "JSON", id="alias of infinity"),
        pytest.param("<<: 1\n", 1, 5, "merge", id="merge of a number"),
        pytest.param("a: &x [{b: 1}]\n<<: *x\n", 2, 5, "merge", id="merge of an alias of a list"),
        pytest.param("a: &x {b: 1}\n*x : 1\n", 2, 1, "cannot be a key", id="alias of a mapping as key"),
        pytest.param("a: [http://x/?a=b]\n", 1, 5, "quote the text", id="question mark between brackets"),
        pytest.param('a: "\\/"\n', 1, 4, "`/`", id="escaped slash"),
        pytest.param("%YAML 1.2\n---\na: 1\n", 1, 1, "YAML 1.1", id="another version"),
        pytest.param("a: 1\nb: é\x07\n", 2, 5, "U+0007", id="control character"),
        pytest.param("a: !x!y 1\n", 1, 4, "tag", id="undefined tag handle"),
    ],
)
def test_a_fault_is_told_with_its_place(text, line, column, said):
    with pytest.raises(ManifestError) as caught:
        parse(text, file="pod.yaml", first_line=11)

    assert (caught.value.file, caught.value.line, caught.value.column) == ("pod.yaml", line + 10, column)
    assert said in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: {{ .Values.x }}\n", id="a hole"),
        pytest.param("{{- if .x }}\na: 1\n{{- end }}\n", id="a block"),
        pytest.param("{% if x %}\na: 1\n{% endif %}\n", id="another language"),
    ],
)
def test_an_unrendered_template_is_named_as_such(text):
    with pytest.raises(ManifestError, match="render it first"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", Position(3, 1), id="at the top"),
        pytest.param("- a:\n    x: 1\n    x: 2\n", Position(3, 5), id="below"),
        pytest.param("{a: 1, a: 2}\n", Position(1, 8), id="between braces"),
        pytest.param("a: &x {p: 1}\nb:\n  p: 9\n  <<: *x\n", Position(4, 3), id="by a merge"),
        pytest.param("a: &x 1\n*x : 1\n1: 2\n", Position(3, 1), id="by an alias"),
    ],
)
def test_a_duplicate_key_is_warned_of_at_the_later_key(text, place):
    _, warnings = parse(text)

    assert [warning.position for warning in warnings] == [place]


def test_what_follows_the_first_document_is_lost_with_a_warning():
    value, warnings = parse("a: 1\n...\nb: 2\n")

    assert value == {"a": 1}
    assert [warning.position.line for warning in warnings] == [3]


def test_what_follows_is_not_even_read():
    value, warnings = parse("a: 1\n---\n- [\n")

    assert value == {"a": 1}
    assert "does not read" in warnings[0].message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("{1: a, '1': b}\n", {"1": "a"}, id="a number and a text"),
        pytest.param("{'1': b, 1: a}\n", {"1": "a"}, id="a text and a number"),
        pytest.param("{yes: a, 'true': b}\n", {"true": "b"}, id="a word and a text"),
        pytest.param("{1: a, 1.0: b, '1': c}\n", {"1": "b"}, id="three of them"),
    ],
)
def test_keys_of_different_types_with_one_spelling_are_one_key(text, value):
    read, warnings = parse(text)

    assert read == value
    assert warnings == ()


def test_an_alias_is_a_value_of_its_own():
    value, _ = parse("a: &x {b: [1]}\nc: *x\nd: {<<: *x}\n")

    value["c"]["b"].append(2)

    assert value == {"a": {"b": [1]}, "c": {"b": [1, 2]}, "d": {"b": [1]}}


def test_a_byte_order_mark_inside_the_text_is_text():
    value, _ = parse("\ufeffa: [x\ufeff, 1]\n\ufeffb: {\ufeffc: ~}\n")

    assert value == {"a": ["x\ufeff", 1], "\ufeffb": {"\ufeffc": None}}


def test_colons_before_commas_are_text_wherever_they_stand():
    value, _ = parse("[a:, it's:, {b:, c: d}]\n")

    assert value == ["a:", "it's:", {"b:": None, "c": "d"}]


def test_too_many_of_them_are_refused():
    with pytest.raises(ManifestError, match="too many colons"):
        parse("[" + "a:," * 100 + "]\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 100_000, id="brackets"),
        pytest.param("{a: " * 100_000, id="braces"),
        pytest.param("- " * 100_000 + "a", id="dashes"),
        pytest.param("".join(" " * n + "a:\n" for n in range(2_000)), id="indentation"),
        pytest.param(
            "a0: &a0 {}\n" + "".join(f"a{n}: &a{n} {{b: *a{n - 1}}}\n" for n in range(1, 2_000)), id="aliases"
        ),
    ],
)
def test_a_document_nested_without_end_is_refused_at_once(text):
    began = time.perf_counter()

    with pytest.raises(ManifestError, match="deeper than"):
        parse(text)

    assert time.perf_counter() - began < 10


def test_a_document_as_deep_as_allowed_is_read():
    value, _ = parse("[" * MAX_DEPTH + "]" * MAX_DEPTH + "\n")

    assert str(value) == "[" * MAX_DEPTH + "]" * MAX_DEPTH


@pytest.mark.parametrize("item", ["*{}", "<<: *{}"])
def test_a_document_that_explodes_by_its_aliases_is_refused_at_once(item):
    laughs = "a0: &a0 {x: [" + "lol, " * 20 + "]}\n"
    for number in range(1, 12):
        inner = item.format(f"a{number - 1}")
        laughs += f"a{number}: &a{number} {{" + ", ".join(f"k{n}: {{v: {inner}}}" for n in range(10)) + "}\n"
    laughs = laughs.replace("{v: <<", "{<<")

    with pytest.raises(ManifestError, match="grows too much"):
        parse(laughs)


def test_many_aliases_of_a_small_anchor_are_read():
    value, _ = parse("a: &x {b: 1}\nc:\n" + "- *x\n" * 5_000)

    assert len(value["c"]) == 5_000


def test_places_are_known_for_keys_of_merges_and_aliases():
    marked = parse_marked("a: &x {p: 1}\nb:\n  <<: *x\nc: *x\n", first_line=1)

    places = {(key[1]): place for key, place in marked.marks.items()}
    assert places["p"] == Position(1, 8)
    assert places["c"] == Position(4, 1)
