import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic101_malformed_container_name import check


def places(manifest):
    return [(str(finding.type), finding.path) for finding in check(view(manifest))]


@pytest.mark.parametrize(
    ("name", "types"),
    [
        pytest.param("", ["Required"], id="empty"),
        pytest.param("Migrate", ["Invalid"], id="upper case"),
        pytest.param("a.b", ["Invalid"], id="dots"),
        pytest.param("-a", ["Invalid"], id="hyphen first"),
        pytest.param("a\n", ["Invalid"], id="a newline at the end"),
        pytest.param("é", ["Invalid"], id="not ASCII"),
        pytest.param("x" * 64, ["Invalid"], id="64 bytes"),
        pytest.param("X" * 64, ["Invalid", "Invalid"], id="too long and badly spelled"),
        pytest.param("x" * 63, [], id="63 bytes are fine"),
        pytest.param("0", [], id="a digit is fine"),
    ],
)
def test_a_name_has_the_faults_that_kubernetes_finds(name, types):
    manifest = pod(init=[container(name)])

    assert [(one, "spec.initContainers[0].name") for one in types] == places(manifest)


def test_a_missing_name_is_required_in_every_list():
    nameless = {"image": "x"}
    manifest = pod(nameless, init=[nameless, None], ephemeralContainers=[nameless])

    paths = [path for _, path in places(manifest)]

    assert [
        "spec.containers[0].name",
        "spec.initContainers[0].name",
        "spec.initContainers[1].name",
        "spec.ephemeralContainers[0].name",
    ] == paths
