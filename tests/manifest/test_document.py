"""Places of fields, and lists taken apart."""

import pytest

from webhook.core.field_path import FieldPath
from webhook.manifest.document import expand_list
from webhook.manifest.position import Position
from webhook.manifest.reader import read_documents

_YAML = """\
# a comment
kind: Pod
---
kind: Pod
spec:
  containers:
  - name: a
    resources: {limits: {cpu: 1, "x.y/z": 2}}
  -
    name: b
  - null
"""
_JSON = """\
{"kind": "Pod"}
 {"kind": "Pod", "spec": {
  "containers": [ {"name": "a"},
    {"na\\u006de": "b", "args": [1,
     2], "s\\ud800": {}}],
  "x": {}
}}
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        pytest.param("", 4, 1, id="the document"),
        pytest.param("kind", 4, 1, id="a field"),
        pytest.param("spec.containers", 6, 3, id="a list"),
        pytest.param("spec.containers[0]", 7, 5, id="an element"),
        pytest.param("spec.containers[0].resources.limits[cpu]", 8, 26, id="a map entry"),
        pytest.param("spec.containers[0].resources.limits[x.y/z]", 8, 34, id="a quoted map entry"),
        pytest.param("spec.containers[1].name", 10, 5, id="a field of a later element"),
        pytest.param("spec.containers[0].image", 7, 5, id="a missing field: its parent"),
        pytest.param("spec.containers[9].image", 6, 3, id="a missing element: its list"),
        pytest.param("spec.containers[2].image.tag", 11, 5, id="a field of null"),
        pytest.param("spec.containers.name", 6, 3, id="a field of a list"),
        pytest.param("kind.name", 4, 1, id="a field of a text"),
        pytest.param("metadata.name", 4, 1, id="a missing parent"),
        pytest.param("[[]].", 4, 1, id="no path at all"),
    ],
)
def test_a_field_of_yaml_has_a_place(path, line, column):
    document = read_documents(_YAML.encode())[1]

    assert document.position(path) == Position(line, column)
    assert document.position(FieldPath.parse(path)) == Position(line, column)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        pytest.param("", 2, 2, id="the document"),
        pytest.param("kind", 2, 3, id="a field"),
        pytest.param("spec.containers[0].name", 3, 20, id="a field of an element"),
        pytest.param("spec.containers[1].name", 4, 6, id="a key with an escape"),
        pytest.param("spec.containers[1].args[1]", 5, 6, id="an element"),
        pytest.param("spec.x.y", 6, 3, id="a missing field: its parent"),
    ],
)
def test_a_field_of_json_has_a_place(path, line, column):
    document = read_documents(_JSON.encode())[1]

    assert document.position(path) == Position(line, column)


def test_no_path_means_the_document():
    document = read_documents(b"a: 1\n")[0]

    assert document.position() == document.position(None) == Position(1, 1)


def test_a_field_that_a_merge_brought_stands_where_it_is_written():
    (document,) = read_documents(b"a: &x\n  p: {q: 1}\nb:\n  <<: *x\nc: *x\n")

    assert document.position("b.p.q") == Position(2, 7)
    assert document.position("c.p") == Position(2, 3)


def test_the_items_of_a_list_are_documents_with_places():
    (document,) = read_documents(
        b"---\nkind: List\nitems:\n- kind: Pod\n- kind: List\n  items:\n  - kind: Job\n    spec: {}\n"
    )

    items = list(expand_list(document))

    assert [item.value["kind"] for item in items] == ["Pod", "Job"]
    assert [str(item.prefix) for item in items] == ["items[0]", "items[1].items[0]"]
    assert [item.index for item in items] == [0, 0]
    assert items[1].position("spec") == Position(8, 5)
    assert items[0].value is document.value["items"][0]


def test_the_items_of_a_typed_list_get_its_type():
    (document,) = read_documents(
        b'{"kind": "PodList", "apiVersion": "v1", "items": [{"metadata": {}}, {"kind": "Job"}, null]}'
    )

    items = [item.value for item in expand_list(document)]

    assert items == [{"apiVersion": "v1", "kind": "Pod", "metadata": {}}, {"kind": "Job"}, None]


@pytest.mark.parametrize(
    "text", ["kind: Pod", "kind: List", "kind: List\nitems: 1", "kind: 1\nitems: []", "- items: []", "x"]
)
def test_what_is_no_list_comes_back_as_it_is(text):
    (document,) = read_documents(text.encode())

    assert list(expand_list(document)) == [document]


def test_the_warnings_of_a_list_are_told_once():
    (document,) = read_documents(b"kind: List\nkind: List\nitems:\n- kind: Pod\n- kind: Pod\n")

    assert [len(item.warnings) for item in expand_list(document)] == [1, 0]
