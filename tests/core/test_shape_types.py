"""The declarations of Kubernetes' structs are whole."""

import pytest

from webhook.core.shape_leaf import LEAVES
from webhook.core.shape_types import NEWEST_MINOR, OLDEST_MINOR, _fields, structs
from webhook.core.workload import WORKLOADS

MINORS = range(OLDEST_MINOR, NEWEST_MINOR + 1)


def bare(type_: str) -> str:
    return type_.removeprefix("[]").removeprefix("map[string]")


@pytest.mark.parametrize("minor", MINORS)
def test_every_type_that_a_field_names_is_declared(minor):
    declared = structs(minor).keys() | LEAVES.keys()

    assert {bare(type_) for fields in structs(minor).values() for type_ in fields.values()} <= declared


def test_every_struct_is_reached_from_a_kind_on_some_minor():
    reached: set[str] = set()
    for minor in MINORS:
        todo = [kind for _, kind in WORKLOADS]
        seen: set[str] = set()
        while todo:
            name = todo.pop()
            if name not in seen and name in structs(minor):
                seen.add(name)
                todo += map(bare, structs(minor)[name].values())
        reached |= seen

    assert reached == structs(NEWEST_MINOR).keys()


def test_an_embedded_struct_gives_its_fields():
    container, ephemeral = structs(36)["Container"], structs(36)["EphemeralContainer"]

    assert ephemeral == container | {"targetContainerName": "string"}


@pytest.mark.parametrize(
    ("body", "minor", "fields"),
    [
        pytest.param("", 36, {}, id="no field"),
        pytest.param("a string", 36, {"a": "string"}, id="one field"),
        pytest.param("a, b []string; c int32", 36, {"a": "[]string", "b": "[]string", "c": "int32"}, id="groups"),
        pytest.param("Container; a bool", 36, {"": "Container", "a": "bool"}, id="an embedded struct"),
        pytest.param("a bool since 36", 36, {"a": "bool"}, id="as old as the minor"),
        pytest.param("a, b bool since 36", 35, {}, id="newer than the minor"),
        pytest.param("a bool only 35", 34, {}, id="before the one minor"),
        pytest.param("a bool only 35", 35, {"a": "bool"}, id="at the one minor"),
        pytest.param("a bool only 35", 36, {}, id="after the one minor"),
    ],
)
def test_a_declaration_is_read_for_a_minor(body, minor, fields):
    assert dict(_fields(body, minor)) == fields


def test_a_slip_in_a_declaration_is_told():
    with pytest.raises(ValueError, match="no declaration of fields: 'a  since x'"):
        list(_fields("a  since x", 36))
