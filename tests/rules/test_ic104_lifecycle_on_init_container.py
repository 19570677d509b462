import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.kubernetes.ic104_lifecycle_on_init_container import check

EXEC = {"exec": {"command": ["true"]}}


@pytest.mark.parametrize(
    "lifecycle",
    [
        pytest.param({}, id="empty"),
        pytest.param({"postStart": EXEC}, id="postStart"),
        pytest.param({"preStop": EXEC}, id="preStop"),
        pytest.param({"preStop": EXEC, "stopSignal": "SIGUSR1"}, id="preStop and stopSignal"),
    ],
)
def test_a_lifecycle_on_a_plain_init_container_is_forbidden(lifecycle):
    manifest = pod(init=[container("migrate", lifecycle=lifecycle)])

    [finding] = check(view(manifest))

    assert ("Forbidden", "spec.initContainers[0].lifecycle") == (str(finding.type), finding.path)


def test_sidecars_and_app_containers_may_have_one():
    manifest = pod(container(lifecycle={"preStop": EXEC}), init=[sidecar(lifecycle={"postStart": EXEC})])

    assert [] == list(check(view(manifest)))


def test_a_lifecycle_that_only_names_a_stop_signal_is_dropped_by_the_server_unseen():
    manifest = pod(init=[container("migrate", lifecycle={"stopSignal": "SIGUSR1"})])

    assert [] == list(check(view(manifest)))


def test_a_stop_signal_alone_is_forbidden_once_there_are_stop_signals():
    manifest = pod(init=[container("migrate", lifecycle={"stopSignal": "SIGUSR1"})])

    [finding] = check(view(manifest, minor=37))

    assert ("Forbidden", "spec.initContainers[0].lifecycle") == (str(finding.type), finding.path)
