import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic340_privilege_escalation_allowed import check

SAFE = {"allowPrivilegeEscalation": False}
FIELD = "securityContext.allowPrivilegeEscalation"


@pytest.mark.parametrize(
    "context",
    [
        pytest.param(None, id="no context"),
        pytest.param({}, id="empty context"),
        pytest.param({"allowPrivilegeEscalation": None}, id="null"),
        pytest.param({"allowPrivilegeEscalation": True}, id="true"),
        pytest.param({"runAsNonRoot": True, "capabilities": {"drop": ["ALL"]}}, id="all but that"),
    ],
)
def test_what_does_not_forbid_it_is_reported(context):
    [finding] = check(view(pod(container(securityContext=context))))

    assert (f"spec.containers[0].{FIELD}", "app") == (finding.path, finding.container)


def test_every_kind_of_container_is_judged():
    manifest = pod(init=[container("i"), sidecar("s")], ephemeralContainers=[container("e")])

    paths = [finding.path.removesuffix(f".{FIELD}") for finding in check(view(manifest))]

    assert [
        "spec.containers[0]",
        "spec.initContainers[0]",
        "spec.initContainers[1]",
        "spec.ephemeralContainers[0]",
    ] == paths


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(pod(container(securityContext=SAFE)), id="forbidden"),
        pytest.param(pod(container(securityContext=SAFE), init=[sidecar(securityContext=SAFE)]), id="forbidden twice"),
        pytest.param(pod(os={"name": "windows"}), id="Windows"),
        pytest.param(pod(container(securityContext=SAFE | {"runAsUser": 0})), id="root, which another rule knows"),
        pytest.param(pod(container(securityContext=SAFE), os={"name": "linux"}), id="Linux by name"),
    ],
)
def test_what_forbids_it_is_fine(manifest):
    assert [] == list(check(view(manifest)))
