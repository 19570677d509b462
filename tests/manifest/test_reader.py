"""Files: YAML and JSON, many documents, borders, numbering, bounds."""

import pytest

from webhook.core.errors import ManifestError
from webhook.manifest import bounds
from webhook.manifest.position import Position
from webhook.manifest.reader import read_documents


def _values(text):
    return [document.value for document in read_documents(text.encode())]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("# c\n---\n\n---\nnull\n---\n...\n", [], id="empty documents"),
        pytest.param("a: 1\n---\nb: 2\n", [{"a": 1}, {"b": 2}], id="two"),
        pytest.param("---\na: 1\n--- # c\nb: 2\n---\n", [{"a": 1}, {"b": 2}], id="borders around"),
        pytest.param("a: 1\r\n---\r\nb: 2\r\n", [{"a": 1}, {"b": 2}], id="borders with carriage returns"),
        pytest.param("a: |\n  x\n---\n  z\n", [{"a": "x\n"}, "z"], id="a border inside a block of text"),
        pytest.param("a: |\n  x\n  ---\n  y\n", [{"a": "x\n---\ny\n"}], id="an indented border is text"),
        pytest.param("\ufeffa: 1\n---\n\ufeffb: 2\n", [{"a": 1}, {"b": 2}], id="byte order marks"),
        pytest.param('{"a": 1}{"b": 2} {"c": 3}\n', [{"a": 1}, {"b": 2}, {"c": 3}], id="JSON in a row"),
        pytest.param('{"a": 1}\n---\n{"b": 2}\n', [{"a": 1}, {"b": 2}], id="JSON with YAML's borders"),
        pytest.param("{a: 1, b: on}\n", [{"a": 1, "b": True}], id="braces that are no JSON"),
        pytest.param('{"a": 1,}\n', [{"a": 1}], id="a comma too many is YAML"),
        pytest.param('[{"a": 1.0}]\n', [[{"a": 1}]], id="a list at the top is YAML"),
        pytest.param("%TAG ! x:\n---\na: !y 1\n", [{"a": "1"}], id="a directive"),
        pytest.param("--- {a: 1}\n", [{"a": 1}], id="text behind a border"),
    ],
)
def test_a_file_holds_documents(text, values):
    assert _values(text) == values


@pytest.mark.parametrize(
    ("text", "index"),
    [
        pytest.param("---\n# c\n---\na: 1\n---\n---\nb: 2\n", [0, 1], id="YAML"),
        pytest.param('{"a": 1} null {"b": 2}', [0, 1], id="JSON"),
        pytest.param('{"a": 1}\n---\n---\nb: 2\n', [0, 1], id="JSON, then YAML"),
    ],
)
def test_documents_that_hold_something_are_numbered(text, index):
    assert [document.index for document in read_documents(text.encode())] == index


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param('{"n": 80.0}', 80.0, id="a float stays one"),
        pytest.param('{"n": 1e3}', 1000.0, id="an exponent makes a float"),
        pytest.param('{"n": 80}', 80, id="an integer"),
        pytest.param('{"n": -0}', 0, id="minus zero"),
        pytest.param('{"n": 18446744073709551615}', 2**64 - 1, id="64 bits"),
        pytest.param('{"n": 18446744073709551616}', 18446744073709552000, id="beyond 64 bits"),
        pytest.param('{"n": 123456789012345678901234567890}', 1.2345678901234568e29, id="far beyond"),
        pytest.param('{"n": "\\ud83d\\ude00"}', "😀", id="a pair of surrogates"),
        pytest.param('{"n": ["\\ud800"]}', ["\ufffd"], id="half a pair"),
        pytest.param('{"n": "\\/"}', "/", id="an escaped slash"),
    ],
)
def test_json_is_read_as_the_server_decodes_it(text, value):
    (document,) = read_documents(text.encode())

    assert document.format == "json"
    assert document.value["n"] == value
    assert type(document.value["n"]) is type(value)


def test_a_duplicate_in_json_is_warned_of():
    _, document = read_documents(b'{"z": 1}\n {"a": 1,\n  "b": {"c": 1, "c": 2}}\n')

    assert document.value == {"a": 1, "b": {"c": 2}}
    assert [warning.position for warning in document.warnings] == [Position(3, 17)]


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        pytest.param(b'{"a": 1 "b": 2}', 1, 9, "no JSON", id="JSON"),
        pytest.param(b'{"a": 1}{"b": 1}\n{"c" 1}', 2, 6, "no JSON", id="JSON, third value"),
        pytest.param(b'{"a": 1}{"b": 1}{"c": NaN}', 1, 17, "NaN is no JSON", id="a word that is no number"),
        pytest.param(b'{"a": 1}{"b": 1}{"c": 1e400}', 1, 17, "larger than any float", id="a number too large"),
        pytest.param(b"{a: 1\n", 2, 1, "no YAML", id="braces that are neither"),
        pytest.param(b"a: 1\n---\nb: [\n", 4, 1, "no YAML", id="second document"),
        pytest.param(b"a: 1\n---text\n", 2, 1, "border", id="text at a border"),
        pytest.param("a: é\nb: ".encode() + b"\xff\n", 2, 4, "UTF-8", id="no UTF-8"),
        pytest.param("a: 1".encode("utf-16"), 1, 1, "UTF-16", id="UTF-16"),
        pytest.param(b"a: 1\n---\nb: \x00\n", 3, 4, "U+0000", id="NUL"),
        pytest.param(b"%YAML 1.1\n", 2, 1, "no YAML", id="directives only"),
    ],
)
def test_a_fault_is_told_with_file_line_and_column(text, line, column, said):
    with pytest.raises(ManifestError) as caught:
        read_documents(text, file="x")

    assert str(caught.value).startswith(f"x:{line}:{column}: ")
    assert said in caught.value.message


@pytest.mark.parametrize("text", [b"%YAML 1.1\n---\na: 1\n", b"--- {a: 1}\n"])
def test_what_the_library_reads_and_kubectl_does_not_is_warned_of(text):
    (document,) = read_documents(text)

    assert [warning.position for warning in document.warnings] == [Position(1, 1)]
    assert "kubectl refuses" in document.warnings[0].message


@pytest.mark.parametrize("text", ['{"a":' * 5_000, '{"a":' + "[" * 5_000, '{"a":' * 300 + "1" + "}" * 300])
def test_json_nested_without_end_is_refused(text):
    with pytest.raises(ManifestError, match="deeper than"):
        read_documents(text.encode())


def test_json_with_many_shallow_objects_is_read():
    (document,) = read_documents(b'{"a": [' + b"{}," * 500 + b"{}]}")

    assert len(document.value["a"]) == 501


def test_a_file_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(bounds, "MAX_BYTES", 10)

    with pytest.raises(ManifestError, match="split it"):
        read_documents(b"a: " + b"1" * 8)
