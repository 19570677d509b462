import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic344_privileged_container import check

ROOT = {"privileged": True}


@pytest.mark.parametrize(
    ("manifest", "where"),
    [
        pytest.param(pod(container(securityContext=ROOT)), "containers[0]", id="app"),
        pytest.param(pod(init=[container(securityContext=ROOT)]), "initContainers[0]", id="init container"),
        pytest.param(pod(init=[container(), sidecar(securityContext=ROOT)]), "initContainers[1]", id="sidecar"),
        pytest.param(
            pod(ephemeralContainers=[container(securityContext=ROOT)]), "ephemeralContainers[0]", id="ephemeral"
        ),
        pytest.param(pod(container(securityContext=ROOT | {"runAsUser": 7})), "containers[0]", id="with a user"),
    ],
)
def test_a_privileged_container_is_reported(manifest, where):
    [finding] = check(view(manifest))

    assert f"spec.{where}.securityContext.privileged" == finding.path


@pytest.mark.parametrize(
    "context",
    [
        pytest.param(None, id="no context"),
        pytest.param({}, id="empty"),
        pytest.param({"privileged": False}, id="false"),
        pytest.param({"privileged": None}, id="null"),
        pytest.param({"capabilities": {"add": ["SYS_ADMIN"]}}, id="much, which another rule knows"),
    ],
)
def test_what_is_not_privileged_is_fine(context):
    assert [] == list(check(view(pod(container(securityContext=context), init=[container(securityContext=context)]))))
