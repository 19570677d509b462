import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.core.toleration import read_tolerations, toleration_faults

EXISTS = {"operator": "Exists"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("null", [], id="null"),
        pytest.param(" [] ", [], id="empty"),
        pytest.param("[null]", [{}], id="a null element"),
        pytest.param('[{"KEY": "a", "effect": null}]', [{"key": "a"}], id="capitals and a null field"),
        pytest.param('[{"key": "a", "Key": "b"}]', [{"key": "b"}], id="the last of two"),
        pytest.param(
            '[{"tolerationSeconds": -1, "x": {"y": [1.5]}}]', [{"tolerationSeconds": -1}], id="an unknown field"
        ),
        pytest.param('[{"x": 1e999, "y": ' + "1" * 5000 + "}]", [{}], id="numbers of any size where nobody looks"),
    ],
)
def test_a_list_in_json_is_read_as_go_reads_it(text, expected):
    assert expected == read_tolerations(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{}", id="no list"),
        pytest.param("[{]", id="no JSON"),
        pytest.param("[NaN]", id="no number"),
        pytest.param("[3]", id="no toleration"),
        pytest.param("[[]]", id="a list in it"),
        pytest.param('[{"key": 1, "key": "a"}]', id="the first of two is of another type"),
        pytest.param('[{"tolerationSeconds": 1.0}]', id="seconds with a fraction"),
        pytest.param('[{"tolerationSeconds": true}]', id="seconds that are none"),
        pytest.param('[{"tolerationSeconds": 9223372036854775808}]', id="seconds beyond 64 bits"),
        pytest.param("[" * 100_000, id="too deep for anybody"),
    ],
)
def test_anything_else_is_not_read(text):
    assert read_tolerations(text) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda of: st.lists(of) | st.dictionaries(st.text(), of)
    )
)
def test_no_json_breaks_it(value):
    assert isinstance(read_tolerations(json.dumps(value)), list | None)


@pytest.mark.parametrize(
    ("toleration", "expected"),
    [
        pytest.param(None, [("Invalid", "operator")], id="nothing"),
        pytest.param({"key": "a b", **EXISTS}, [("Invalid", "key")], id="a malformed key"),
        pytest.param({"operator": "Equal"}, [("Invalid", "operator")], id="no key"),
        pytest.param({"key": "a", "operator": "exists"}, [("NotSupported", "operator")], id="an unknown operator"),
        pytest.param({"value": "v", **EXISTS}, [("Invalid", "operator")], id="a value for Exists"),
        pytest.param({"key": "a", "value": "-" * 64}, [("Invalid", "operator")], id="two faults of a value, told once"),
        pytest.param({"effect": "Evict", **EXISTS}, [("NotSupported", "effect")], id="an unknown effect"),
        pytest.param(
            {"effect": "NoSchedule", "tolerationSeconds": 0, **EXISTS},
            [("Invalid", "effect")],
            id="seconds for nothing",
        ),
        pytest.param({"effect": "NoExecute", "tolerationSeconds": 0, **EXISTS}, [], id="all taints for no time"),
        pytest.param({"key": "a", "value": "v"}, [], id="Equal is the default"),
    ],
)
def test_each_fault_is_told_at_its_field(toleration, expected):
    findings = [(str(one.type), one.path) for one in toleration_faults([EXISTS, toleration])]

    assert [(kind, f"[1].{field}") for kind, field in expected] == findings
