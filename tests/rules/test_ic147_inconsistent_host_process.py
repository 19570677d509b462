import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic147_inconsistent_host_process import check

INVALID = "Invalid"


def context(says):
    return {"windowsOptions": {"hostProcess": says}}


def found(*of_containers, of_pod=None, **spec):
    containers = [container(f"c{i}", securityContext=context(says)) for i, says in enumerate(of_containers)]
    manifest = pod(*containers, securityContext=context(of_pod), **spec)
    return [(str(one.type), one.path) for one in check(view(manifest))]


@pytest.mark.parametrize(
    ("of_pod", "of_containers"),
    [
        pytest.param(None, [True, None], id="one container of two"),
        pytest.param(None, [False, True], id="one says yes and one says no"),
    ],
)
def test_host_processes_among_others_are_invalid_at_the_spec(of_pod, of_containers):
    assert [(INVALID, "spec")] == found(*of_containers, of_pod=of_pod, hostNetwork=True)


def test_an_init_container_counts():
    manifest = pod(container(securityContext=context(says=True)), init=[container("fetch")], hostNetwork=True)

    assert ["spec"] == [one.path for one in check(view(manifest))]


@pytest.mark.parametrize("says", [True, False])
def test_a_container_may_not_contradict_the_pod(says):
    place = "spec.containers[1].securityContext.windowsOptions.hostProcess"

    findings = found(None, not says, of_pod=says, hostNetwork=True)

    assert [(INVALID, place), (INVALID, "spec")] == findings


def test_where_every_container_says_no_the_pod_has_no_host_process():
    place = "spec.containers[0].securityContext.windowsOptions.hostProcess"

    assert [(INVALID, place)] == found(False, of_pod=True)  # noqa: FBT003  # what the container says


def test_host_processes_need_the_network_of_the_host():
    assert [(INVALID, "spec.hostNetwork")] == found(None, of_pod=True)


@pytest.mark.parametrize(
    ("of_pod", "of_containers"),
    [
        pytest.param(True, [None, True], id="the Pod says it, a container repeats it"),
        pytest.param(None, [True, True], id="every container says it"),
        pytest.param(False, [None, False], id="nobody is one"),
        pytest.param(None, [None], id="nobody says anything"),
    ],
)
def test_all_or_none_is_fine(of_pod, of_containers):
    assert [] == found(*of_containers, of_pod=of_pod, hostNetwork=True)
