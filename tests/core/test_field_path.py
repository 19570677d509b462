import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.field_path import FieldPath, Key

NAMES = st.from_regex(r"[a-zA-Z][a-zA-Z0-9]{0,8}", fullmatch=True)
KEYS = st.from_regex(r"[a-z][a-z0-9./-]{0,12}", fullmatch=True).map(Key)
PARTS = st.lists(st.one_of(NAMES, st.integers(0, 999), KEYS), max_size=6)


@pytest.mark.parametrize(
    ("path", "text", "pointer"),
    [
        pytest.param(FieldPath(), "", "", id="the root"),
        pytest.param(FieldPath(("spec",)), "spec", "/spec", id="a field"),
        pytest.param(
            FieldPath(("spec", "initContainers", 0, "name")),
            "spec.initContainers[0].name",
            "/spec/initContainers/0/name",
            id="an element's field",
        ),
        pytest.param(
            FieldPath(("resources",)).child("limits").key("example.com/gpu"),
            "resources.limits[example.com/gpu]",
            "/resources/limits/example.com~1gpu",
            id="a map's entry",
        ),
        pytest.param(FieldPath(("a~b",)).index(3), "a~b[3]", "/a~0b/3", id="a tilde"),
    ],
)
def test_a_place_has_two_spellings(path, text, pointer):
    assert (text, pointer) == (str(path), path.pointer)


@given(NAMES, PARTS)
def test_what_is_spelled_is_read_back(first, parts):
    path = FieldPath((first, *parts))

    assert path == FieldPath.parse(str(path))


def test_digits_in_brackets_are_an_index_and_other_text_a_key():
    assert FieldPath(("a", 7, Key("x.y/z"))) == FieldPath.parse("a[7][x.y/z]")
