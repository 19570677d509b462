import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic145_field_of_another_operating_system import check


def found(*containers, **spec):
    return [(str(one.type), one.path) for one in check(view(pod(*containers, **spec)))]


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        pytest.param({}, [("Required", "spec.os.name")], id="no name"),
        pytest.param({"name": "Linux"}, [("NotSupported", "spec.os")], id="a capital letter"),
    ],
)
def test_an_unknown_system_is_the_only_fault(system, expected):
    context = {"windowsOptions": {}, "runAsUser": 1}

    assert expected == found(container(securityContext=context), os=system, hostPID=True)


def test_windows_options_are_forbidden_on_linux():
    context = {"windowsOptions": {}, "runAsUser": 1}

    findings = found(container(securityContext=context), container("b"), os={"name": "linux"}, securityContext=context)

    places = ["spec.securityContext.windowsOptions", "spec.containers[0].securityContext.windowsOptions"]
    assert [("Forbidden", place) for place in places] == findings


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("appArmorProfile", {}),
        ("seLinuxOptions", {}),
        ("seccompProfile", {}),
        ("capabilities", {}),
        ("readOnlyRootFilesystem", False),
        ("privileged", False),
        ("allowPrivilegeEscalation", False),
        ("procMount", "Default"),
        ("runAsUser", 0),
        ("runAsGroup", 0),
    ],
)
def test_a_linux_field_of_a_container_is_forbidden_on_windows_whatever_it_says(field, value):
    findings = found(container(securityContext={field: value}), os={"name": "windows"})

    assert [("Forbidden", f"spec.containers[0].securityContext.{field}")] == findings


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("appArmorProfile", {}),
        ("seLinuxOptions", {}),
        ("seccompProfile", {}),
        ("fsGroup", 0),
        ("fsGroupChangePolicy", "Always"),
        ("sysctls", [{}]),
        ("runAsUser", 0),
        ("runAsGroup", 0),
        ("supplementalGroups", []),
        ("supplementalGroupsPolicy", "Merge"),
        ("seLinuxChangePolicy", "Recursive"),
    ],
)
def test_a_linux_field_of_the_pod_is_forbidden_on_windows(field, value):
    findings = found(os={"name": "windows"}, securityContext={field: value})

    assert [("Forbidden", f"spec.securityContext.{field}")] == findings


@pytest.mark.parametrize(
    ("field", "value", "is_set"),
    [
        ("hostPID", True, True),
        ("hostPID", False, False),
        ("hostIPC", True, True),
        ("hostUsers", True, True),
        ("hostUsers", False, True),
        ("shareProcessNamespace", False, True),
        ("hostNetwork", True, False),
    ],
)
def test_namespaces_of_linux_are_forbidden_on_windows(field, value, is_set):
    findings = found(os={"name": "windows"}, **{field: value})

    assert [("Forbidden", f"spec.{field}")] * is_set == findings


def test_what_windows_has_is_fine_there():
    context = {"windowsOptions": {"runAsUserName": "ContainerUser"}, "runAsNonRoot": True}

    findings = found(
        container(securityContext=context), os={"name": "windows"}, securityContext={**context, "sysctls": []}
    )

    assert [] == findings


def test_without_an_operating_system_nothing_is_compared():
    assert [] == found(container(securityContext={"windowsOptions": {}, "privileged": True}))
