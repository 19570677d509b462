"""Kubernetes' own library (sigs.k8s.io/yaml 1.6.0) has read these texts; we agree with every answer."""

import json
from pathlib import Path

import pytest

from webhook.core.errors import ManifestError
from webhook.manifest.parse import parse
from webhook.manifest.reader import read_documents
from webhook.manifest.writer import dump_json, dump_yaml

_ORACLE = Path(__file__).parents[1] / "oracle"
_ROWS = [
    json.loads(line)
    for name in ("yaml.jsonl", "yaml_more.jsonl")
    for line in (_ORACLE / name).read_text(encoding="utf-8").split("\n")
    if line
]
_READ = [pytest.param(row, id=row["title"]) for row in _ROWS if "json" in row]
_REFUSED = [pytest.param(row, id=row["title"]) for row in _ROWS if "error" in row]
# kubectl cuts the stream before the library sees it: it refuses a line such as `---a`, and passes over empty documents.
_CUT_DIFFERENTLY = ("dashes", "dashes text", "marker twice", "second bad")


@pytest.mark.parametrize("row", _READ)
def test_a_text_becomes_what_kubernetes_makes_of_it(row):
    value, warnings = parse(row["yaml"])

    assert value == json.loads(row["json"])
    assert any("already set" in warning.message for warning in warnings) == ("strict_error" in row)


@pytest.mark.parametrize("row", _REFUSED)
def test_a_text_that_kubernetes_refuses_is_refused(row):
    with pytest.raises(ManifestError) as caught:
        parse(row["yaml"])

    assert caught.value.line > 0
    assert caught.value.column > 0


@pytest.mark.parametrize("row", [row for row in _READ if row.id not in _CUT_DIFFERENTLY])
def test_a_file_begins_with_the_same_value(row):
    documents = read_documents(row["yaml"].encode())

    assert (documents[0].value if documents else None) == json.loads(row["json"])


@pytest.mark.parametrize("row", [row for row in _READ if json.loads(row.values[0]["json"]) is not None])
def test_a_value_said_again_is_the_same_value(row):
    value = json.loads(row["json"])

    assert [document.value for document in read_documents(dump_yaml([value]).encode())] == [value]
    assert json.loads(dump_json([value])) == value
