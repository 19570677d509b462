import pytest

from tests.builders import pod, view
from webhook.rules.kubernetes.ic143_malformed_pod_security_context import check


def found(minor=36, **spec):
    return [(str(one.type), one.path) for one in check(view(pod(**spec), minor))]


@pytest.mark.parametrize("value", [pytest.param("", id="empty"), "recursive"])
@pytest.mark.parametrize("field", ["fsGroupChangePolicy", "supplementalGroupsPolicy", "seLinuxChangePolicy"])
def test_an_unknown_policy_is_not_supported(field, value):
    findings = found(securityContext={field: value})

    assert [("NotSupported", f"spec.securityContext.{field}")] == findings


def test_known_policies_are_fine():
    context = {
        "fsGroupChangePolicy": "OnRootMismatch",
        "supplementalGroupsPolicy": "Strict",
        "seLinuxChangePolicy": "Recursive",
    }

    assert [] == found(securityContext=context)


def test_selinux_mounts_may_be_asked_for_since_1_37():
    context = {"seLinuxChangePolicy": "MountOption"}

    assert [("NotSupported", "spec.securityContext.seLinuxChangePolicy")] == found(36, securityContext=context)
    assert [] == found(37, securityContext=context)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param([None], [("Required", 0)], id="no name"),
        pytest.param(["vm.Swappiness"], [("Invalid", 0)], id="a capital letter"),
        pytest.param(["a" * 254], [("Invalid", 0)], id="too long"),
        pytest.param(["vm.swappiness", "vm.swappiness"], [("Duplicate", 1)], id="twice"),
        pytest.param(["vm.swappiness", "vm/swappiness"], [], id="twice in two spellings, which is fine"),
    ],
)
def test_a_sysctl_needs_one_well_spelled_name(names, expected):
    context = {"sysctls": [{"name": name, "value": "1"} if name else None for name in names]}

    findings = found(securityContext=context)

    assert [(kind, f"spec.securityContext.sysctls[{i}].name") for kind, i in expected] == findings


@pytest.mark.parametrize(
    ("field", "name", "is_the_hosts"),
    [
        ("hostNetwork", "net.core.somaxconn", True),
        pytest.param("hostNetwork", "net/ipv4/conf/eth0.1/forwarding", True, id="hostNetwork, with slashes"),
        ("hostNetwork", "kernel.shmmax", False),
        ("hostIPC", "kernel.shmmax", True),
        ("hostIPC", "fs.mqueue.msg_max", True),
        ("hostIPC", "net.core.somaxconn", False),
        ("hostPID", "kernel.shmmax", False),
    ],
)
def test_a_sysctl_of_a_namespace_of_the_host_is_invalid(field, name, is_the_hosts):
    findings = found(securityContext={"sysctls": [{"name": name, "value": "1"}]}, **{field: True})

    assert [("Invalid", "spec.securityContext.sysctls[0].name")] * is_the_hosts == findings


def test_shared_processes_and_those_of_the_host_exclude_each_other():
    findings = found(shareProcessNamespace=True, hostPID=True)

    assert [("Invalid", "spec.securityContext.shareProcessNamespace")] == findings


@pytest.mark.parametrize("spec", [{"shareProcessNamespace": True}, {"shareProcessNamespace": False, "hostPID": True}])
def test_one_of_them_is_fine(spec):
    assert [] == found(**spec)
