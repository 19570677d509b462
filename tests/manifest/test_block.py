"""The quick reader agrees with the whole one wherever it reads at all."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from webhook.core.errors import ManifestError
from webhook.manifest import block
from webhook.manifest.parse import parse, parse_marked
from webhook.manifest.position import MarkedValue

_ORACLE = Path(__file__).parents[1] / "oracle"
_TEXTS = [
    json.loads(line)["yaml"]
    for name in ("yaml.jsonl", "yaml_more.jsonl")
    for line in (_ORACLE / name).read_text(encoding="utf-8").split("\n")
    if line
]
_WORDS = (
    "1 a yes 0755 'q' \"d\" a:b x#y {} [] | |- |+ > -c null ~ http://x/?a=b 1.5 .inf -- $(X) << = *a &b !x '' \"\" [a] "
    '[a,b] [-,a] [a?b] {a:b} \'it\'\'s\' "a\\"b" "\\t" "\\/" %a @a 1:30'
)
_PHRASES = [
    "",
    " ",
    "a b  ",
    "a #c",
    "# c",
    "[a, 'b'] # c",
    "[ ]",
    "[a, ]",
    "a: b",
    "- d",
    "a\tb",
    '[sh, -c, "x y"]',
    "é",
]
_VALUES = [*_WORDS.split(), *_PHRASES]
_LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "  ", "  ", "    ", "   ", "      "]),
    st.sampled_from(["", "", "", "- ", "- ", "-   ", "- - "]),
    st.sampled_from(["a: ", "b: ", "b:", "c:  ", "y: ", "on: ", "a.b/c: ", "1: ", "", ""]),
    st.sampled_from(_VALUES),
)


def _whole(text):
    try:
        return parse(text)
    except ManifestError as error:
        return error


def _places(marked: MarkedValue):
    """The value, where it begins, and the place of everything in it by its path."""
    places, todo = {}, [((), marked.value)]
    while todo:
        path, value = todo.pop()
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, child in inner:
            places[*path, key] = marked.marks[id(value), key]
            todo.append(((*path, key), child))
    return marked.value, marked.start, places


@settings(max_examples=250)
@given(st.lists(_LINES, max_size=8).map(lambda lines: "\n".join(lines) + "\n"))
@example("a:\n- b\n- c:\n  - d\ne: |\n  x\n\n   y\n\nf: 1\n")
@example("a: |-\n  x\n    \n# c\nb: 1\n")
@example("a:\n  b:\n c: 1\n")
def test_both_readers_agree(text):
    value = block.read(text)

    assert value is block.UNREAD or _whole(text) == (value, ())


@settings(max_examples=250)
@given(st.lists(_LINES, max_size=8).map(lambda lines: "\n".join(lines) + "\n"))
@example(
    '# c\n\n  a:\n  - b\n  - - c\n    - {}\n  -   d: [x, \'y\', "z"] # e\n      f: |\n        g\n\n      h: "i"\n  j:\n'
)
def test_both_readers_agree_on_where_everything_stands(text):
    marked = block.read_marked(text, first_line=7)

    assert marked is None or _places(marked) == _places(parse_marked(text, first_line=7))


def test_both_readers_agree_on_the_places_of_the_oracle():
    quick = [(text, block.read_marked(text)) for text in _TEXTS]

    assert [text for text, marked in quick if marked and _places(marked) != _places(parse_marked(text))] == []
    assert sum(marked is not None for _, marked in quick) > len(_TEXTS) // 10


def test_both_readers_agree_on_the_oracle():
    quick = [(text, block.read(text)) for text in _TEXTS]

    assert [text for text, value in quick if value is not block.UNREAD and _whole(text) != (value, ())] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('a: 1\nb:\n  c: x y\n  d:\n  - 1\n  - e: [sh, -c, "echo \\"a\\""]\n    f: {}\n', id="a nest"),
        pytest.param("# c\n\na: 'it''s' # why\nb: # nothing\nc: \"q\"\n", id="comments and quotes"),
        pytest.param("- - a\n  - b\n- c:\n    - d\n", id="lists of lists"),
        pytest.param("args:\n- |\n  set -e\n\n  echo: x\n- |-\n    y\n", id="scripts"),
        pytest.param("# nothing\n", id="comments only"),
    ],
)
def test_what_people_write_is_read_quickly(text):
    value = block.read(text)

    assert value is not block.UNREAD
    assert parse(text) == (value, ())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: 1\na: 2\n", id="a duplicate"),
        pytest.param("on: 1\n", id="a word as key"),
        pytest.param("a: é\n", id="beyond ASCII"),
        pytest.param("a: 1", id="an open end"),
        pytest.param("a: .inf\n", id="infinity"),
        pytest.param("a\n", id="a scalar"),
        pytest.param("- # c\n", id="an empty element"),
        pytest.param("a: |\nb: 1\n", id="an empty block"),
        pytest.param("  a: 1\nb: 1\n", id="a dedent too far"),
        pytest.param("a:\n- b\nc:\n d: 1\n- e\n", id="a dash among keys"),
        pytest.param("".join(" " * n + "a:\n" for n in range(300)), id="too deep"),
    ],
)
def test_a_doubt_is_left_to_the_whole_reader(text):
    assert block.read(text) is block.UNREAD
