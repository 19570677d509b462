import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic192_duplicate_env_name import check

FIRST = {"name": "A", "value": "1"}


@pytest.mark.parametrize(
    ("later", "hides"),
    [
        pytest.param({"name": "A", "value": "2"}, True, id="another value"),
        pytest.param({"name": "A", "value": "1"}, True, id="the same value"),
        pytest.param({"name": "A"}, True, id="no value"),
        pytest.param({"name": "A", "value": "$(A)"}, True, id="itself and nothing more"),
        pytest.param({"name": "A", "value": "$(A)2"}, False, id="itself and something more"),
        pytest.param({"name": "A", "value": "$(A) $(A)"}, False, id="itself twice"),
        pytest.param({"name": "A", "value": "$(B)"}, True, id="another variable"),
        pytest.param(
            {"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, True, id="a value from elsewhere"
        ),
        pytest.param({"name": "B", "value": "2"}, False, id="another name"),
    ],
)
def test_a_later_variable_of_one_name_hides_the_earlier_unless_it_builds_on_it(later, hides):
    manifest = pod(init=[container("migrate", env=[FIRST, later])])

    assert (["spec.initContainers[0].env[1]"] if hides else []) == [one.path for one in check(view(manifest))]


def test_each_later_one_is_reported():
    manifest = pod(container(env=[FIRST, None, FIRST, FIRST]))

    assert ["spec.containers[0].env[2]", "spec.containers[0].env[3]"] == [one.path for one in check(view(manifest))]


def test_two_containers_may_have_one_name():
    assert [] == list(check(view(pod(container(env=[FIRST]), init=[container("migrate", env=[FIRST])]))))


def test_the_value_is_not_repeated():
    manifest = pod(container(env=[{"name": "KEY", "value": "s3cret"}, {"name": "KEY", "value": "s3cret2"}]))

    [finding] = check(view(manifest))

    assert "s3cret" not in finding.message
