from hypothesis import given
from hypothesis import strategies as st

from webhook.core.virtual_path import overlaps

PATHS = st.lists(st.sampled_from(["a", "b", "/", "a/", "a/b", "a/c", "ab", "a/b/c", ""]), max_size=6)


def volume(paths):
    return {"name": "data", "secret": {"secretName": "s", "items": [{"key": "k", "path": path} for path in paths]}}


@given(PATHS)
def test_there_is_an_overlap_exactly_where_two_files_cannot_both_be(paths):
    parts = [path.rstrip("/").split("/") for path in paths if path.rstrip("/")]
    both = any(
        one[: len(other)] == other or other[: len(one)] == one for i, one in enumerate(parts) for other in parts[:i]
    )

    assert both == any(overlaps(volume(paths)))


def test_the_later_file_is_named_with_the_earlier():
    [overlap] = overlaps(volume(["a", "b", "a/c/"]))

    assert ("secret.items[2].path", "a/c", "a") == overlap


def test_sources_without_files_show_none():
    sources = [
        {"serviceAccountToken": {"path": "a"}},
        {"podCertificate": {"keyPath": "a"}},
        {"secret": None, "name": "x"},
    ]

    assert [] == list(overlaps({"name": "data", "projected": {"sources": sources}}))


def test_a_volume_without_files_has_no_overlaps():
    assert [] == list(overlaps({"name": "data", "emptyDir": {}}))
