import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic122_bad_configmap_or_secret_key import check


@pytest.mark.parametrize("kind", ["configMapKeyRef", "secretKeyRef"])
@pytest.mark.parametrize(
    ("ref", "findings"),
    [
        pytest.param({"name": "shop", "key": "token"}, [], id="a key"),
        pytest.param({"name": "shop.a", "key": ".dot-and_more"}, [], id="every letter that may be"),
        pytest.param({"key": "token"}, [("Invalid", "name")], id="no name is a bad one"),
        pytest.param({"name": "shop-", "key": "token"}, [("Invalid", "name")], id="a hyphen at the end"),
        pytest.param({"name": "A" * 254, "key": "token"}, [("Invalid", "name")] * 2, id="long and bad"),
        pytest.param({"name": "shop"}, [("Required", "key")], id="no key"),
        pytest.param({"name": "shop", "key": "a/b"}, [("Invalid", "key")], id="a slash"),
        pytest.param({"name": "shop", "key": "../x"}, [("Invalid", "key")] * 2, id="a slash and dots"),
        pytest.param({"name": "shop", "key": "k" * 254}, [("Invalid", "key")], id="a long key"),
        pytest.param({"name": "shop", "key": "ª"}, [("Invalid", "key")], id="beyond ASCII"),
    ],
)
def test_a_key_could_exist(kind, ref, findings):
    manifest = pod(container(env=[{"name": "A", "valueFrom": {kind: ref}}]))

    expected = [(type_, f"spec.containers[0].env[0].valueFrom.{kind}.{field}") for type_, field in findings]

    assert expected == [(str(finding.type), finding.path) for finding in check(view(manifest))]


def test_a_null_reference_is_none():
    manifest = pod(container(env=[{"name": "A", "valueFrom": {"secretKeyRef": None}}]))

    assert [] == list(check(view(manifest)))
