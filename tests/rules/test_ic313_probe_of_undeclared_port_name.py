import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic313_probe_of_undeclared_port_name import check

HTTP = {"httpGet": {"port": "http"}}
PORTS = [{"name": "http", "containerPort": 8080}]
SIDE = sidecar(ports=PORTS)

FIRES = [
    pytest.param(pod(container(readinessProbe=HTTP), init=[SIDE]), "readinessProbe.httpGet.port", id="a sidecar's"),
    pytest.param(
        pod(container(livenessProbe={"tcpSocket": {"port": "http"}}), init=[SIDE]),
        "livenessProbe.tcpSocket.port",
        id="tcp",
    ),
    pytest.param(
        pod(container(startupProbe=HTTP), container("b", ports=PORTS)), "startupProbe.httpGet.port", id="a neighbour's"
    ),
    pytest.param(
        pod(container(startupProbe=HTTP, ports=[{"name": "web", "containerPort": 80}])),
        "startupProbe.httpGet.port",
        id="nobody's",
    ),
    pytest.param(pod(container(lifecycle={"preStop": HTTP}), init=[SIDE]), "lifecycle.preStop.httpGet.port", id="hook"),
    pytest.param(
        pod(container(readinessProbe=HTTP, ports=[{"containerPort": 8080}])),
        "readinessProbe.httpGet.port",
        id="no name",
    ),
]


@pytest.mark.parametrize(("manifest", "path"), FIRES)
def test_a_name_that_the_container_does_not_declare_is_found(manifest, path):
    [finding] = check(view(manifest))

    assert f"spec.containers[0].{path}" == finding.path


def test_a_sidecar_is_judged_as_well():
    manifest = pod(container(ports=PORTS), init=[sidecar(startupProbe=HTTP)])

    [finding] = check(view(manifest))

    assert "spec.initContainers[0].startupProbe.httpGet.port" == finding.path
    assert "'app'" in finding.message


NEAR_MISSES = [
    pytest.param(
        pod(container(readinessProbe=HTTP, ports=PORTS), init=[SIDE]), id="both declare it, and each means its own"
    ),
    pytest.param(
        pod(container(readinessProbe={"httpGet": {"port": 15001}}), init=[SIDE]), id="number of a sidecar's port"
    ),
    pytest.param(pod(container(readinessProbe={"httpGet": {"port": 8080}})), id="number that nobody declares"),
    pytest.param(pod(container(readinessProbe={"tcpSocket": {"port": "8080"}})), id="number as text"),
    pytest.param(pod(container(readinessProbe={"exec": {"command": ["true"]}})), id="no port"),
    pytest.param(pod(container(readinessProbe={"grpc": {"port": 9}}, lifecycle={"postStart": None})), id="grpc"),
    pytest.param(pod(container(readinessProbe=None, ports=[None])), id="nulls"),
    pytest.param(pod(init=[container("plain", readinessProbe=HTTP)]), id="plain init container, refused anyway"),
]


@pytest.mark.parametrize("manifest", NEAR_MISSES)
def test_what_the_kubelet_can_look_up_is_fine(manifest):
    assert [] == list(check(view(manifest)))
