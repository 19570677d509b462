import pytest

from webhook.core.label_faults import annotation_faults, label_faults, label_value_faults, selector_faults


def told(faults):
    return [(str(fault.type), fault.path) for fault in faults]


@pytest.mark.parametrize(
    ("value", "count"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("a.b-C_1", 0, id="every letter that may be"),
        pytest.param("a\n", 1, id="a line break"),
        pytest.param("-a", 1, id="a hyphen in front"),
        pytest.param("a" * 63, 0, id="as long as may be"),
        pytest.param("a" * 64, 1, id="too long"),
        pytest.param("é" * 32, 2, id="too many bytes, and none that may be"),
    ],
)
def test_each_fault_of_a_value_counts(value, count):
    assert count == len(label_value_faults(value))


def test_labels_are_told_at_their_map():
    faults = told(label_faults({"a b": "x", "ok": None, "c": "/"}))

    assert [("Invalid", ""), ("Invalid", "")] == faults


def test_annotations_may_hold_anything_under_keys_of_any_case():
    assert [] == told(annotation_faults({"Example.com/A": "any thing", "b": None}))
    assert [("Invalid", "")] == told(annotation_faults({"a b": ""}))


@pytest.mark.parametrize(
    ("size", "faults"),
    [pytest.param(262143, [], id="fits"), pytest.param(262144, [("TooLong", "")], id="one byte more")],
)
def test_all_annotations_together_have_a_size(size, faults):
    assert faults == told(annotation_faults({"a": "x" * size}))


@pytest.mark.parametrize(
    ("selector", "faults"),
    [
        pytest.param({}, [], id="empty"),
        pytest.param({"matchLabels": {"a": "b"}}, [], id="labels"),
        pytest.param({"matchLabels": {"a b": ""}}, [("Invalid", "matchLabels")], id="a bad label"),
        pytest.param({"matchExpressions": [{"key": "a", "operator": "Exists"}]}, [], id="there"),
        pytest.param(
            {"matchExpressions": [{"key": "a", "operator": "In"}]},
            [("Required", "matchExpressions[0].values")],
            id="in nothing",
        ),
        pytest.param(
            {"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["b"]}]},
            [("Forbidden", "matchExpressions[0].values")],
            id="there, with values",
        ),
        pytest.param(
            {"matchExpressions": [{"key": "a", "operator": "In", "values": ["b", "/"]}]},
            [("Invalid", "matchExpressions[0].values[1]")],
            id="a bad value",
        ),
        pytest.param(
            {"matchExpressions": [None]},
            [("Invalid", "matchExpressions[0].operator"), *[("Invalid", "matchExpressions[0].key")] * 2],
            id="null",
        ),
    ],
)
def test_a_selector_is_judged_piece_by_piece(selector, faults):
    assert faults == told(selector_faults(selector))
