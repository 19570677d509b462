"""Values said as YAML and JSON are read back as the same values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webhook.manifest.reader import read_documents
from webhook.manifest.writer import dump_json, dump_yaml

_WORDS = "yes on y 0755 1_000 null ~ 1e3 0x1 2001-01-01 --- ... = << 1:30 # [ { | > ' \" \\ % @ ` *a &a !a é 😀 中文 a: .inf 0b1 - -- ?"
_NASTY = [
    *_WORDS.split(),
    "", " ", "a ", " a", "a: b", "a #b", "- a", "? a", "--- a", "a'b\"c", "a\n", "a\n\n", "\na", "a\n b\n", " a\nb", "a\n---\nb\n",
    "a\n  ", "a\n \n", "x\n\n\n y", "a\n\tb\n", "a\tb", "\t", "\r", "a\r\nb", "\0", "\x7f", "\x85", "\xa0", "\u2028", "\u3000",
    "\ufeff", "a\n\ufeffb", "🎉\n x", "a\u200bb", "k" * 1_100,
]  # fmt: skip
_TEXTS = (
    st.sampled_from(_NASTY)
    | st.text(st.characters(codec="utf-8"), max_size=12)
    | st.text(alphabet="ab \n\t:#-'\"\\|>%é\r{}[],?!&*@`.0123456789_exo", max_size=12)
)
# A whole float between 64 bits and 1e21 is rounded by Kubernetes when it becomes JSON.
_FLOATS = st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not 2**63 <= abs(number) < 1e21)
_SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.integers(-9, 9) | _FLOATS | _TEXTS
_JSON = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4), max_leaves=10
)


def _read(text):
    return [document.value for document in read_documents(text.encode())]


@settings(max_examples=150)
@given(st.lists(_JSON.filter(lambda value: value is not None), max_size=3))
def test_values_survive_yaml(values):
    text = dump_yaml(values)

    assert _read(text) == values


@settings(max_examples=60)
@given(st.lists(st.dictionaries(_TEXTS, _JSON, max_size=4), max_size=3))
def test_objects_survive_json(values):
    assert _read(dump_json(values)) == values


@settings(max_examples=50)
@given(st.dictionaries(_TEXTS, _SCALARS, max_size=6))
def test_the_order_of_keys_survives(value):
    assert [list(read) for read in _read(dump_yaml([value]))] == [list(value)]


@pytest.mark.parametrize("text", [pytest.param(text, id=ascii(text[:20])) for text in _NASTY])
def test_a_nasty_text_survives_in_every_place(text):
    value = {text: text, "list": [text, [text], {"k": text}], "map": {"deep": {text: [text]}}}

    assert _read(dump_yaml([value, text])) == [value, text]


def test_yaml_looks_as_people_write_it():
    value = {
        "apiVersion": "v1",
        "metadata": {"labels": {"app": "web", "on": "yes"}, "annotations": {}},
        "spec": {
            "containers": [
                {"name": "a", "image": "nginx:1.27", "args": ["-c", "set -e\necho hi\n"], "command": []},
                {
                    "cpu": "0.5",
                    "port": 80,
                    "ratio": 0.5,
                    "tty": False,
                    "x": None,
                    "note": 'say "hi"',
                    "title": "größer",
                },
            ],
        },
    }

    assert dump_yaml([value, [["a"], {}]]) == (
        "apiVersion: v1\n"
        "metadata:\n"
        "  labels:\n"
        "    app: web\n"
        '    "on": "yes"\n'
        "  annotations: {}\n"
        "spec:\n"
        "  containers:\n"
        "  - name: a\n"
        "    image: nginx:1.27\n"
        "    args:\n"
        "    - -c\n"
        "    - |\n"
        "      set -e\n"
        "      echo hi\n"
        "    command: []\n"
        '  - cpu: "0.5"\n'
        "    port: 80\n"
        "    ratio: 0.5\n"
        "    tty: false\n"
        "    x: null\n"
        '    note: say "hi"\n'
        "    title: größer\n"
        "---\n"
        "- - a\n"
        "- {}\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("2001-01-01", '"2001-01-01"', id="a day, which other readers take for one"),
        pytest.param("1:30", '"1:30"', id="base 60, which other readers take for a number"),
        pytest.param("8080:80", "8080:80", id="a pair of ports"),
        pytest.param("C:\\x", "C:\\x", id="a backslash needs no quotes"),
        pytest.param('{"a": 1}', "'{\"a\": 1}'", id="single quotes where they spare escapes"),
        pytest.param("a\tb", '"a\\tb"', id="a tab"),
        pytest.param("\ufeff", '"\\ufeff"', id="a byte order mark"),
        pytest.param("\ud800", '"\ufffd"', id="half a pair of surrogates, which is no character"),
        pytest.param("---", '"---"', id="a border"),
    ],
)
def test_a_text_gets_the_quotes_that_it_needs(text, written):
    assert dump_yaml([{"k": text}]) == f"k: {written}\n"


def test_json_is_indented_and_keeps_its_letters():
    assert dump_json([{"a": [1, "é"]}, {}]) == '{\n  "a": [\n    1,\n    "é"\n  ]\n}\n{}\n'


def test_nothing_is_said_of_nothing():
    assert dump_yaml([]) == dump_json([]) == ""


@pytest.mark.parametrize("dump", [dump_yaml, dump_json])
@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_what_json_cannot_say_is_not_written(dump, value):
    with pytest.raises(ValueError, match="JSON"):
        dump([{"a": value}])


def test_a_value_as_deep_as_allowed_is_written():
    value = "leaf"
    for _ in range(124):
        value = {"a": [value]}

    assert _read(dump_yaml([value])) == [value]
    assert _read(dump_json([value])) == [value]
