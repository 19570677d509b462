import pytest

from tests.builders import container, pod, view
from webhook.rules.practice.ic329_duplicate_work import check

WAIT = {"name": "first", "image": "registry.example/tools:1", "command": ["wait-for", "db:5432"]}
LOAD = {"name": "first", "image": "registry.example/load:1", "env": [{"name": "A", "value": "1"}]}


@pytest.mark.parametrize(
    "init",
    [
        pytest.param([WAIT, WAIT | {"name": "again"}], id="same command"),
        pytest.param([WAIT, container("x"), WAIT | {"name": "again"}], id="with work between"),
        pytest.param([LOAD, LOAD | {"name": "again"}], id="same image alone"),
        pytest.param([WAIT, WAIT | {"name": "again", "resources": {"limits": {"cpu": "1"}}}], id="other resources"),
        pytest.param([WAIT, WAIT | {"name": "again", "args": [], "env": None}], id="empty fields"),
    ],
)
def test_the_same_work_again_is_reported(init):
    [finding] = check(view(pod(init=init)))

    assert (f"spec.initContainers[{len(init) - 1}]", "again") == (finding.path, finding.container)
    assert "'first'" in finding.message


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"command": ["wait-for", "cache:6379"]}, id="another command"),
        pytest.param({"args": ["-v"]}, id="other args"),
        pytest.param({"env": [{"name": "TARGET", "value": "cache"}]}, id="other variables"),
        pytest.param({"volumeMounts": [{"name": "a", "mountPath": "/a"}]}, id="other mounts"),
        pytest.param({"image": "registry.example/tools:2"}, id="another image"),
        pytest.param({"workingDir": "/b"}, id="another folder"),
        pytest.param({"securityContext": {"runAsUser": 7}}, id="another user"),
        pytest.param({"restartPolicy": "Always"}, id="a sidecar"),
    ],
)
def test_work_that_differs_is_fine(other):
    assert [] == list(check(view(pod(init=[WAIT, WAIT | {"name": "again"} | other]))))


def test_containers_without_an_image_are_refused_anyway():
    assert [] == list(check(view(pod(init=[None, None]))))
