import pytest

from tests.builders import container, pod, sidecar, view, workload
from webhook.core.workload import workload_of
from webhook.rules.kubernetes.ic131_malformed_lifecycle_handler import check


def found(hook, **spec):
    manifest = pod(container(lifecycle={"preStop": hook}), **spec)
    return [(str(one.type), one.path) for one in check(view(manifest))]


@pytest.mark.parametrize(
    ("hook", "expected"),
    [
        pytest.param({}, [("Required", "")], id="no handler"),
        pytest.param({"grpc": {"port": 80}}, [("Required", "")], id="a handler that hooks do not have"),
        pytest.param({"exec": {"command": []}}, [("Required", ".exec.command")], id="no command"),
        pytest.param({"httpGet": {"port": "no_name"}}, [("Invalid", ".httpGet.port")], id="malformed port name"),
        pytest.param({"tcpSocket": {}}, [("Invalid", ".tcpSocket.port")], id="no port"),
        pytest.param({"sleep": {"seconds": -1}}, [("Invalid", ".sleep")], id="negative sleep"),
        pytest.param({"sleep": {"seconds": 31}}, [("Invalid", ".sleep")], id="longer than the default grace period"),
        pytest.param(
            {"tcpSocket": {"port": 1}, "sleep": {"seconds": 99}}, [("Forbidden", ".sleep")], id="a second handler"
        ),
    ],
)
def test_what_cannot_be_done_is_reported(hook, expected):
    findings = found(hook)

    assert [(kind, f"spec.containers[0].lifecycle.preStop{path}") for kind, path in expected] == findings


@pytest.mark.parametrize("seconds", [pytest.param(None, id="absent"), 0, 30])
def test_a_sleep_within_the_grace_period_is_fine(seconds):
    assert [] == found({"sleep": {"seconds": seconds}})


def test_the_grace_period_of_the_pod_is_the_longest_sleep():
    hook = {"sleep": {"seconds": 5}}

    assert [] == found(hook, terminationGracePeriodSeconds=5)
    assert [("Invalid", "spec.containers[0].lifecycle.preStop.sleep")] == found(hook, terminationGracePeriodSeconds=4)


def test_a_negative_grace_period_is_one_second_in_a_pod_and_stays_negative_in_a_template():
    manifest = pod(container(lifecycle={"preStop": {"sleep": {"seconds": 1}}}), terminationGracePeriodSeconds=-9)
    template = workload_of("apps/v1", "Deployment").pod(workload("Deployment", manifest), 36)

    assert [] == list(check(view(manifest)))
    assert ["spec.template.spec.containers[0].lifecycle.preStop.sleep"] == [one.path for one in check(template)]


def test_sidecars_are_looked_at_and_plain_init_containers_are_not():
    lifecycle = {"postStart": {}}
    manifest = pod(init=[container("migrate", lifecycle=lifecycle), sidecar("agent", lifecycle=lifecycle)])

    [finding] = check(view(manifest))

    assert ("spec.initContainers[1].lifecycle.postStart", "agent") == (finding.path, finding.container)
