import pytest

from tests.builders import container, pod, view
from webhook.rules.practice.ic345_hostpath_volume import check

LOGS = {"name": "logs", "hostPath": {"path": "/var/log"}}


@pytest.mark.parametrize(
    ("volumes", "indexes"),
    [
        pytest.param([LOGS], [0], id="one"),
        pytest.param([{"name": "a", "emptyDir": {}}, LOGS], [1], id="the second"),
        pytest.param([LOGS, {"name": "x", "hostPath": {"path": "/x", "type": "File"}}], [0, 1], id="two"),
        pytest.param(
            [{"name": "sock", "hostPath": {"path": "/run/containerd.sock", "type": "Socket"}}], [0], id="socket"
        ),
        pytest.param([{"name": "x", "hostPath": {}}], [0], id="without a path"),
    ],
)
def test_a_folder_of_the_node_is_reported(volumes, indexes):
    found = [finding.path for finding in check(view(pod(volumes=volumes)))]

    assert [f"spec.volumes[{index}].hostPath" for index in indexes] == found


@pytest.mark.parametrize(
    "volumes",
    [
        pytest.param(None, id="none"),
        pytest.param([], id="empty"),
        pytest.param([{"name": "a", "emptyDir": {}}], id="emptyDir"),
        pytest.param([{"name": "a", "hostPath": None, "emptyDir": {}}], id="null"),
        pytest.param(
            [{"name": "hostPath", "persistentVolumeClaim": {"claimName": "hostpath"}}, None], id="a name alike"
        ),
    ],
)
def test_other_volumes_are_fine(volumes):
    assert [] == list(check(view(pod(container(), volumes=volumes))))
