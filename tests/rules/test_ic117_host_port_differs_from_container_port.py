import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.kubernetes.ic117_host_port_differs_from_container_port import check


def found(manifest, minor=36):
    return [(str(one.type), one.path) for one in check(view(manifest, minor))]


@pytest.mark.parametrize(
    ("port", "differs"),
    [
        pytest.param({"containerPort": 80, "hostPort": 80}, False, id="equal"),
        pytest.param({"containerPort": 80}, False, id="absent"),
        pytest.param({"containerPort": 80, "hostPort": 0}, False, id="zero"),
        pytest.param(None, False, id="null"),
        pytest.param({"containerPort": 80, "hostPort": 81}, True, id="another"),
        pytest.param({"hostPort": 81}, True, id="no containerPort"),
    ],
)
def test_on_the_host_network_the_two_ports_are_one(port, differs):
    manifest = pod(container(ports=[port]), hostNetwork=True)

    assert ([("Invalid", "spec.containers[0].ports[0].hostPort")] if differs else []) == found(manifest)


@pytest.mark.parametrize("host_network", [False, None])
def test_elsewhere_they_may_differ(host_network):
    assert [] == found(pod(container(ports=[{"containerPort": 80, "hostPort": 81}]), hostNetwork=host_network))


def test_init_containers_and_sidecars_are_not_asked():
    ports = [{"containerPort": 80, "hostPort": 81}]

    assert [] == found(pod(init=[container("a", ports=ports), sidecar(ports=ports)], hostNetwork=True))
