import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.kubernetes.ic132_unsupported_stop_signal import check


def found(signal, minor=37, **spec):
    manifest = pod(container(lifecycle={"stopSignal": signal}), **spec)
    return [(str(one.type), one.path) for one in check(view(manifest, minor))]


PLACE = "spec.containers[0].lifecycle.stopSignal"


@pytest.mark.parametrize(
    ("system", "signal"),
    [
        pytest.param("linux", "TERM", id="linux without SIG"),
        pytest.param("linux", "SIGRTMIN+16", id="linux beyond the middle of the real-time signals"),
        pytest.param("linux", "", id="linux and empty"),
        pytest.param("windows", "SIGHUP", id="windows"),
    ],
)
def test_a_signal_that_the_system_does_not_have_is_not_supported(system, signal):
    assert [("NotSupported", PLACE)] == found(signal, os={"name": system})


@pytest.mark.parametrize(
    ("system", "signal"),
    [
        ("linux", "SIGUSR1"),
        ("linux", "SIGRTMIN"),
        ("linux", "SIGRTMIN+15"),
        ("linux", "SIGRTMAX-14"),
        ("linux", "SIGRTMAX"),
        ("windows", "SIGKILL"),
        pytest.param("plan9", "note", id="of an unknown system only the system is reported"),
    ],
)
def test_a_signal_that_the_system_has_is_fine(system, signal):
    assert [] == found(signal, os={"name": system})


def test_without_an_operating_system_it_is_forbidden():
    assert [("Forbidden", PLACE)] == found("SIGTERM")


def test_up_to_1_36_the_field_is_dropped_unseen():
    assert [] == found("SIGTERM", minor=36)


def test_sidecars_are_looked_at_and_plain_init_containers_are_not():
    lifecycle = {"stopSignal": "SIGTERM"}
    init = [container("migrate", lifecycle=lifecycle), sidecar("agent", lifecycle=lifecycle), sidecar("proxy")]
    manifest = pod(container(lifecycle={"preStop": {}}), init=init)

    [finding] = check(view(manifest, 37))

    assert ("spec.initContainers[1].lifecycle.stopSignal", "agent") == (finding.path, finding.container)
