import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.kubernetes.ic130_malformed_probe import check

TCP = {"tcpSocket": {"port": 80}}


def found(probe, name="livenessProbe"):
    return [(str(one.type), one.path) for one in check(view(pod(container(**{name: probe}))))]


@pytest.mark.parametrize(
    ("probe", "expected"),
    [
        pytest.param({}, [("Required", "")], id="no handler"),
        pytest.param({"exec": {}}, [("Required", ".exec.command")], id="no command"),
        pytest.param({"httpGet": {}}, [("Invalid", ".httpGet.port")], id="no port"),
        pytest.param({"httpGet": {"port": 65536}}, [("Invalid", ".httpGet.port")], id="port too high"),
        pytest.param({"tcpSocket": {"port": -1}}, [("Invalid", ".tcpSocket.port")], id="negative port"),
        pytest.param({"grpc": {"port": 0}}, [("Invalid", ".grpc.port")], id="port zero"),
        pytest.param(
            {"tcpSocket": {"port": "--"}}, [("Invalid", ".tcpSocket.port")] * 3, id="three faults of one name"
        ),
        pytest.param({"tcpSocket": {"port": ""}}, [("Invalid", ".tcpSocket.port")] * 2, id="empty name"),
        pytest.param(
            {"httpGet": {"port": 80, "scheme": "http"}},
            [("NotSupported", ".httpGet.scheme")],
            id="scheme in lower case",
        ),
        pytest.param(
            {"httpGet": {"port": 80, "httpHeaders": [{"name": "X-Ok"}, {"name": "X_A"}, None]}},
            [("Invalid", ".httpGet.httpHeaders")] * 2,
            id="header names",
        ),
        pytest.param(
            {"exec": {}, "grpc": {"port": -1}, **TCP},
            [("Required", ".exec.command"), ("Forbidden", ".tcpSocket"), ("Forbidden", ".grpc")],
            id="only the first of three handlers is examined",
        ),
        pytest.param({**TCP, "periodSeconds": -1}, [("Invalid", ".periodSeconds")], id="negative period"),
        pytest.param({**TCP, "successThreshold": 2}, [("Invalid", ".successThreshold")], id="two successes"),
        pytest.param(
            {**TCP, "successThreshold": -1}, [("Invalid", ".successThreshold")] * 2, id="negative and not one success"
        ),
        pytest.param(
            {**TCP, "terminationGracePeriodSeconds": 0}, [("Invalid", ".terminationGracePeriodSeconds")], id="no grace"
        ),
    ],
)
def test_what_cannot_be_asked_is_reported(probe, expected):
    place = "spec.containers[0].livenessProbe"

    findings = found(probe)

    assert [(kind, place + path) for kind, path in expected] == findings


@pytest.mark.parametrize(
    "probe",
    [
        pytest.param({"exec": {"command": ["true"]}}, id="a command"),
        pytest.param({"httpGet": {"port": "nobody-has-it", "path": "", "scheme": ""}}, id="a port that nobody carries"),
        pytest.param({"grpc": {"port": 65535}, "exec": None}, id="a null handler beside it"),
        pytest.param({**TCP, "successThreshold": 0, "timeoutSeconds": 0}, id="zeros, which are the defaults"),
        pytest.param({**TCP, "terminationGracePeriodSeconds": 1}, id="a grace period of its own"),
    ],
)
def test_a_sound_probe_is_fine(probe):
    assert [] == found(probe)


def test_a_startup_probe_too_succeeds_at_the_first_success():
    findings = found({**TCP, "successThreshold": 3}, name="startupProbe")

    assert [("Invalid", "spec.containers[0].startupProbe.successThreshold")] == findings


def test_a_readiness_probe_may_need_several_successes_and_has_no_grace_period():
    place = "spec.containers[0].readinessProbe.terminationGracePeriodSeconds"

    findings = found({**TCP, "successThreshold": 3, "terminationGracePeriodSeconds": 0}, name="readinessProbe")

    assert [("Invalid", place)] * 2 == findings


def test_sidecars_are_looked_at_and_plain_init_containers_are_not():
    manifest = pod(init=[container("migrate", livenessProbe={}), sidecar("proxy", livenessProbe={})])

    [finding] = check(view(manifest))

    assert ("spec.initContainers[1].livenessProbe", "proxy") == (finding.path, finding.container)
