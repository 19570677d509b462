"""The quick reader agrees with the whole one wherever it reads at all."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from webhook.core.errors import ManifestError
from webhook.core.field_path import FieldPath
from webhook.manifest import block
from webhook.manifest.parse import parse, parse_marked
from webhook.manifest.position import MarkedValue
from webhook.manifest.trace import TracedValue

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


def _places(marked: MarkedValue | TracedValue):
    """The value, and the place of everything in it by its path."""
    places, todo = {}, [((), marked.value)]
    while todo:
        path, value = todo.pop()
        places[path] = marked.find(FieldPath(path))
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        todo += [((*path, key), child) for key, child in inner]
    return marked.value, places


@settings(max_examples=250)
@given(st.lists(_LINES, max_size=8).map(lambda lines: "\n".join(lines) + "\n"))
@example("a:\n- b\n- c:\n  - d\ne: |\n  x\n\n   y\n\nf: 1\n")
@example("a: |-\n  x\n    \n# c\nb: 1\n")
@example("a:\n  b:\n c: 1\n")
def test_both_readers_agree(text):
    read = block.read(text)

    assert read is None or _whole(text) == (read.value, ())


@settings(max_examples=250)
@given(st.lists(_LINES, max_size=8).map(lambda lines: "\n".join(lines) + "\n"))
@example(
    '# c\n\n  a:\n  - b\n  - - c\n    - {}\n  -   d: [x, \'y\', "z"] # e\n      f: |\n        g\n\n      h: "i"\n  j:\n'
)
def test_both_readers_agree_on_where_everything_stands(text):
    read = block.read(text, first_line=7)

    assert read is None or read.value is None or _places(read) == _places(parse_marked(text, first_line=7))


def test_both_readers_agree_on_the_places_of_the_oracle():
    quick = [(text, read) for text in _TEXTS if (read := block.read(text)) and read.value is not None]

    assert [text for text, read in quick if _places(read) != _places(parse_marked(text))] == []
    assert len(quick) > len(_TEXTS) // 10


def test_both_readers_agree_on_the_oracle():
    quick = [(text, read.value) for text in _TEXTS if (read := block.read(text))]

    assert [text for text, value in quick if _whole(text) != (value, ())] == []


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
    read = block.read(text)

    assert read is not None
    assert parse(text) == (read.value, ())


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
        pytest.param("a: |\n  b\r\n  c\n", id="a carriage return in a block"),
        pytest.param("  a: 1\nb: 1\n", id="a dedent too far"),
        pytest.param("a:\n- b\nc:\n d: 1\n- e\n", id="a dash among keys"),
        pytest.param("".join(" " * n + "a:\n" for n in range(300)), id="too deep"),
    ],
)
def test_a_doubt_is_left_to_the_whole_reader(text):
    assert block.read(text) is None
