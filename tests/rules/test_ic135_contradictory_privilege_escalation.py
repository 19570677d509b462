import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic135_contradictory_privilege_escalation import check


def found(**context):
    manifest = pod(init=[container("tune", securityContext=context)])
    return [(str(one.type), one.path) for one in check(view(manifest))]


PLACE = "spec.initContainers[0].securityContext"


def test_a_privileged_container_cannot_do_without_escalation():
    assert [("Invalid", PLACE)] == found(allowPrivilegeEscalation=False, privileged=True)


def test_every_literal_cap_sys_admin_is_reported():
    capabilities = {"add": ["CAP_SYS_ADMIN", "NET_ADMIN", "CAP_SYS_ADMIN"]}

    findings = found(allowPrivilegeEscalation=False, capabilities=capabilities)

    assert [("Invalid", PLACE)] * 2 == findings


@pytest.mark.parametrize(
    "context",
    [
        pytest.param({"privileged": True}, id="nothing said of escalation"),
        pytest.param({"privileged": True, "allowPrivilegeEscalation": True}, id="escalation allowed"),
        pytest.param({"privileged": False, "allowPrivilegeEscalation": False}, id="neither"),
        pytest.param(
            {"allowPrivilegeEscalation": False, "capabilities": {"add": ["SYS_ADMIN"]}}, id="the usual spelling"
        ),
        pytest.param(
            {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["CAP_SYS_ADMIN"]}}, id="dropped, not added"
        ),
    ],
)
def test_what_kubernetes_does_not_see_as_a_contradiction_is_fine(context):
    assert [] == found(**context)
