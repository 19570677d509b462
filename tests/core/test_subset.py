import pytest

from webhook.core.subset import is_part_of


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param({"a": 1}, {"a": 1, "b": 2}, id="defaults were added"),
        pytest.param({"memory": "1024Mi"}, {"memory": "1Gi"}, id="a quantity in another spelling"),
        pytest.param({"cpu": 1}, {"cpu": "1"}, id="a number became text"),
        pytest.param([{"name": "a"}], [{"name": "token"}, {"name": "a", "x": 1}], id="an element was added in front"),
        pytest.param({"value": ""}, {}, id="empty text was left out"),
        pytest.param({"items": []}, {}, id="an empty list was left out"),
        pytest.param({"readOnly": False}, {}, id="a plain false was left out"),
        pytest.param({"hostPort": 0}, {}, id="a plain zero was left out"),
        pytest.param({"command": ["sh", "-c"]}, {"command": ["sh", "-c"]}, id="equal lists of text"),
    ],
)
def test_what_the_cluster_does_to_it_leaves_it_the_same(ours, theirs):
    assert is_part_of(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param({"a": 1}, {}, id="a member is missing"),
        pytest.param({"image": "a:1"}, {"image": "a:2"}, id="another text"),
        pytest.param({"command": ["sh"]}, {"command": ["sh", "-c"]}, id="a longer list of text"),
        pytest.param([{"name": "a"}], [{"name": "b"}], id="another element"),
        pytest.param({"a": True}, {"a": "1"}, id="a boolean is no quantity"),
        pytest.param({"a": {}}, {"a": None}, id="an object is not null"),
        pytest.param({"emptyDir": {}}, {"hostPath": {"path": "/"}}, id="an empty object is not absent"),
        pytest.param({"runAsUser": 0}, {}, id="a zero that means something is missing"),
        pytest.param({"allowPrivilegeEscalation": False}, {}, id="a false that means something is missing"),
        pytest.param({"readOnly": False}, {"readOnly": True}, id="the opposite"),
        pytest.param({"a": []}, {"a": "x"}, id="a list is not text"),
    ],
)
def test_what_differs_is_not_the_same(ours, theirs):
    assert not is_part_of(ours, theirs)
