import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic119_contradictory_env_source import check

FIELD = {"fieldRef": {"fieldPath": "metadata.name"}}
SECRET = {"secretKeyRef": {"name": "shop", "key": "token"}}
FILE = {"fileKeyRef": {"volumeName": "made", "path": "a", "key": "A"}}


@pytest.mark.parametrize(
    ("variable", "count"),
    [
        pytest.param({"value": "x"}, 0, id="a value"),
        pytest.param({"value": "x", "valueFrom": None}, 0, id="a value beside null"),
        pytest.param({"valueFrom": FIELD}, 0, id="a source"),
        pytest.param({"value": "", "valueFrom": FIELD}, 0, id="a source beside an empty value"),
        pytest.param({"valueFrom": {**FIELD, "secretKeyRef": None}}, 0, id="a source beside null"),
        pytest.param({"valueFrom": {}}, 1, id="no source"),
        pytest.param({"value": "x", "valueFrom": {}}, 1, id="no source beside a value"),
        pytest.param({"valueFrom": {"podRef": {}}}, 1, id="an unknown source"),
        pytest.param({"value": "x", "valueFrom": FIELD}, 1, id="a source and a value"),
        pytest.param({"valueFrom": {**FIELD, **SECRET}}, 1, id="two sources"),
        pytest.param({"value": "x", "valueFrom": {**FIELD, **SECRET}}, 1, id="two sources and a value, told once"),
    ],
)
def test_a_variable_has_one_source_or_a_value(variable, count):
    manifest = pod(container(env=[None, {"name": "A", **variable}]))

    findings = [(str(finding.type), finding.path) for finding in check(view(manifest))]

    assert [("Invalid", "spec.containers[0].env[1].valueFrom")] * count == findings


@pytest.mark.parametrize(
    ("minor", "source", "count"),
    [
        pytest.param(34, FILE, 1, id="alone in 1.34"),
        pytest.param(35, FILE, 0, id="alone in 1.35"),
        pytest.param(34, {**FILE, **FIELD}, 0, id="beside another in 1.34"),
        pytest.param(35, {**FILE, **FIELD}, 1, id="beside another in 1.35"),
    ],
)
def test_a_file_is_a_source_since_35(minor, source, count):
    manifest = pod(container(env=[{"name": "A", "valueFrom": source}]))

    assert count == len(list(check(view(manifest, minor))))


def test_no_value_is_told():
    manifest = pod(container(env=[{"name": "A", "value": "s3cret", "valueFrom": FIELD}]))

    [finding] = check(view(manifest))

    assert "s3cret" not in finding.message
