import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic118_malformed_env_name import check


@pytest.mark.parametrize(
    ("name", "types"),
    [
        pytest.param("PORT", [], id="an identifier"),
        pytest.param("1 a..", [], id="a digit in front, a space and dots"),
        pytest.param("!\"#$%&'()*+,-./:;<>?@[]^`{|}~", [], id="every sign but one"),
        pytest.param("A=", ["Invalid"], id="an equals sign"),
        pytest.param("é", ["Invalid"], id="beyond ASCII"),
        pytest.param("ª", ["Invalid"], id="an identifier beyond ASCII"),
        pytest.param("A\n", ["Invalid"], id="a line break"),
        pytest.param("", ["Required"], id="empty"),
        pytest.param(None, ["Required"], id="null"),
    ],
)
def test_a_name_is_printable_ascii_without_an_equals_sign(name, types):
    manifest = pod(container(env=[{"name": "OK"}, {"name": name, "value": "x"}]))

    findings = [(str(finding.type), finding.path) for finding in check(view(manifest))]

    assert [(type_, "spec.containers[0].env[1].name") for type_ in types] == findings


def test_a_null_variable_has_no_name():
    manifest = pod(init=[container("fetch", env=[None, {}])])

    assert ["spec.initContainers[0].env[0].name", "spec.initContainers[0].env[1].name"] == [
        finding.path for finding in check(view(manifest))
    ]


def test_one_name_may_stand_twice():
    manifest = pod(container(env=[{"name": "A"}, {"name": "A"}]))

    assert [] == list(check(view(manifest)))
