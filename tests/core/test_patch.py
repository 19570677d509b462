import copy

import jsonpatch
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.patch import PatchBuilder

NAMES = st.sampled_from(["a", "b", "a/b", "~x", "spec"])
LEAVES = st.one_of(st.none(), st.integers(-5, 5), st.text(max_size=3))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=12,
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=4)


@st.composite
def places(draw, root):
    """A place where something may be added: down through what is there, then perhaps through parents yet to be made."""
    place, at = [], root
    while True:
        if isinstance(at, dict):
            part = draw(NAMES)
            place.append(part)
            at = at.get(part)
        elif isinstance(at, list):
            part = draw(st.integers(0, len(at)))
            place.append(part)
            at = at[part] if part < len(at) and at[part] is not None else Ellipsis
        if at is None and draw(st.booleans()):
            place.append(draw(NAMES))
            at = Ellipsis
        if not isinstance(at, dict | list) or draw(st.booleans()):
            return tuple(place)


@given(st.data(), OBJECTS)
def test_the_operations_lead_to_the_working_copy(data, root):
    builder = PatchBuilder(root)
    before = copy.deepcopy(root)
    for _ in range(data.draw(st.integers(1, 5))):
        builder.add(data.draw(places(builder.root)), data.draw(VALUES))

    patched = jsonpatch.apply_patch(root, orjson.loads(orjson.dumps(builder.operations)))

    assert builder.root == patched
    assert before == root


@given(st.data(), OBJECTS)
def test_nothing_but_add_is_ever_recorded(data, root):
    builder = PatchBuilder(root)

    builder.add(data.draw(places(builder.root)), data.draw(VALUES))

    assert ["add"] == [operation["op"] for operation in builder.operations]


@pytest.mark.parametrize("spec", [pytest.param({}, id="absent"), pytest.param({"initContainers": None}, id="null")])
def test_a_list_that_is_not_there_is_made_with_its_first_element(spec):
    builder = PatchBuilder({"spec": spec})

    builder.add(("spec", "initContainers", 0), {"name": "x"})

    assert [{"op": "add", "path": "/spec/initContainers", "value": [{"name": "x"}]}] == builder.operations


def test_an_element_is_added_before_those_that_stand_behind_it():
    builder = PatchBuilder({"spec": {"initContainers": [{"name": "a"}, {"name": "b"}]}})

    builder.add(("spec", "initContainers", 1), {"name": "x"})

    assert ["a", "x", "b"] == [one["name"] for one in builder.at(("spec", "initContainers"))]
    assert [{"op": "add", "path": "/spec/initContainers/1", "value": {"name": "x"}}] == builder.operations


def test_what_is_shared_with_the_original_is_not_copied():
    root = {"spec": {"containers": [{"name": "app", "env": [1, 2, 3]}]}, "status": {"big": [1] * 100}}
    builder = PatchBuilder(root)

    builder.add(("spec", "containers", 0, "image"), "x")

    assert builder.root["status"] is root["status"]
    assert builder.root["spec"]["containers"][0]["env"] is root["spec"]["containers"][0]["env"]


def test_recorded_values_do_not_change_when_more_is_added_inside_them():
    builder = PatchBuilder({})

    builder.append(("volumes",), {"name": "a"})
    builder.append(("volumes",), {"name": "b"})

    assert [{"name": "a"}] == builder.operations[0]["value"]
    assert "/volumes/1" == builder.operations[1]["path"]


def test_looking_where_nothing_is_gives_none():
    assert PatchBuilder({"a": None}).at(("a", "b", 0)) is None
