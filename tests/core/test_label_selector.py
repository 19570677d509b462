import pytest

from webhook.core.label_selector import is_empty, selects

LABELS = {"app": "shop", "empty": None}


def expression(key, operator, *values):
    return {"matchExpressions": [{"key": key, "operator": operator, "values": list(values)}]}


@pytest.mark.parametrize(
    ("selector", "meets"),
    [
        pytest.param({}, True, id="no demand"),
        pytest.param({"matchLabels": {"app": "shop"}}, True, id="equal"),
        pytest.param({"matchLabels": {"app": "store"}}, False, id="different"),
        pytest.param({"matchLabels": {"other": ""}}, False, id="absent is not empty"),
        pytest.param({"matchLabels": {"empty": ""}}, True, id="null is empty"),
        pytest.param(
            {"matchLabels": {"app": "shop"}, **expression("app", "DoesNotExist")}, False, id="both must be met"
        ),
        pytest.param(expression("app", "In", "store", "shop"), True, id="In"),
        pytest.param(expression("app", "In", "store"), False, id="not In"),
        pytest.param(expression("empty", "In", None), True, id="In, null is empty"),
        pytest.param(expression("app", "NotIn", "shop"), False, id="NotIn"),
        pytest.param(expression("other", "NotIn", "shop"), True, id="NotIn is met by an absent label"),
        pytest.param(expression("empty", "Exists"), True, id="Exists"),
        pytest.param(expression("other", "Exists"), False, id="does not exist"),
    ],
)
def test_labels_meet_a_selector_if_they_meet_every_demand(selector, meets):
    assert meets is selects(selector, LABELS)


def test_a_selector_is_empty_when_it_demands_nothing():
    assert is_empty({"matchLabels": {}, "matchExpressions": None})
    assert not is_empty({"matchLabels": {"app": "shop"}})
    assert not is_empty({"matchExpressions": [None]})
