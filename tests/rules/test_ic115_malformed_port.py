import pytest

from tests.builders import container, pod, sidecar, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic115_malformed_port import check


def found(manifest, minor=36):
    return [(str(one.type), one.path) for one in check(view(manifest, minor))]


@pytest.mark.parametrize(
    ("port", "errors"),
    [
        pytest.param({"containerPort": 8080}, [], id="number only"),
        pytest.param({"containerPort": 65535, "hostPort": 1, "protocol": "SCTP", "name": "a-1"}, [], id="everything"),
        pytest.param({"containerPort": 1, "protocol": "", "hostPort": 0, "name": ""}, [], id="empty is defaulted"),
        pytest.param({}, [("Required", "containerPort")], id="no number"),
        pytest.param(None, [("Required", "containerPort")], id="null"),
        pytest.param({"containerPort": 65536}, [("Invalid", "containerPort")], id="number too high"),
        pytest.param({"containerPort": -1}, [("Invalid", "containerPort")], id="negative number"),
        pytest.param(
            {"containerPort": 1, "hostPort": 65536}, [("Invalid", "hostPort")], id="port of the node too high"
        ),
        pytest.param({"containerPort": 1, "hostPort": -1}, [("Invalid", "hostPort")], id="negative port of the node"),
        pytest.param({"containerPort": 1, "protocol": "tcp"}, [("NotSupported", "protocol")], id="lower-case protocol"),
        pytest.param({"containerPort": 1, "name": "a" * 15}, [], id="15 letters"),
        pytest.param({"containerPort": 1, "name": "a" * 16}, [("Invalid", "name")], id="16 letters"),
        pytest.param({"containerPort": 1, "name": "80"}, [("Invalid", "name")], id="no letter"),
        pytest.param({"containerPort": 1, "name": "web\n"}, [("Invalid", "name")], id="a line end"),
        pytest.param({"containerPort": 1, "name": "--"}, [("Invalid", "name")] * 3, id="three faults of one name"),
    ],
)
def test_each_fault_of_a_port_is_found(port, errors):
    manifest = pod(init=[sidecar(ports=[port])])

    assert [(type_, f"spec.initContainers[0].ports[0].{field}") for type_, field in errors] == found(manifest)


def test_on_the_host_network_a_pods_port_is_one_of_the_node_too():
    ports = [{"containerPort": 70000}]
    manifest = pod(container(ports=ports), ephemeralContainers=[container("debug", ports=ports)], hostNetwork=True)
    template = Pod(template_of(manifest), path="spec.template.spec", kind="Deployment")

    assert [
        ("Invalid", "spec.containers[0].ports[0].containerPort"),
        ("Invalid", "spec.containers[0].ports[0].hostPort"),
        ("Invalid", "spec.ephemeralContainers[0].ports[0].containerPort"),
    ] == found(manifest)
    assert not any(one.path.endswith("hostPort") for one in check(template))
