import pytest

from tests.builders import container, pod, sidecar, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic116_duplicate_port import check

HTTP = {"containerPort": 80, "hostPort": 80}


def found(manifest, minor=36):
    return [(str(one.type), one.path) for one in check(view(manifest, minor))]


@pytest.mark.parametrize(
    ("names", "at"),
    [
        pytest.param(["web", "web"], [1], id="twice"),
        pytest.param(["web", "web", "web"], [1, 2], id="three times"),
        pytest.param(["web", "admin"], [], id="two names"),
        pytest.param(["", "", None], [], id="no names"),
        pytest.param(["a--b", "a--b"], [], id="malformed names are only that"),
    ],
)
def test_a_name_stands_for_one_port_of_a_container(names, at):
    ports = [{"name": name, "containerPort": 80 + i} for i, name in enumerate(names)]
    manifest = pod(init=[sidecar(ports=ports)])

    assert [("Duplicate", f"spec.initContainers[0].ports[{j}].name") for j in at] == found(manifest)


def test_two_containers_may_use_the_same_name():
    ports = [{"name": "web", "containerPort": 80}]

    assert [] == found(pod(container(ports=ports), init=[sidecar(ports=ports)]))


@pytest.mark.parametrize(
    ("other", "clash"),
    [
        pytest.param({}, True, id="the same"),
        pytest.param({"protocol": "TCP"}, True, id="TCP is the default"),
        pytest.param({"protocol": "UDP"}, False, id="another protocol"),
        pytest.param({"hostIP": ""}, True, id="no address is none"),
        pytest.param({"hostIP": "0.0.0.0"}, False, id="an address is another text"),  # noqa: S104  # no server
        pytest.param({"hostPort": 81}, False, id="another port"),
        pytest.param({"hostPort": 0}, False, id="none of the node"),
    ],
)
def test_app_containers_share_the_ports_of_the_node(other, clash):
    manifest = pod(container(ports=[HTTP]), container("b", ports=[None, {**HTTP, **other}]))

    assert ([("Duplicate", "spec.containers[1].ports[1].hostPort")] if clash else []) == found(manifest)


def test_an_init_container_clashes_with_itself_only_and_always_at_index_0():
    manifest = pod(container(ports=[HTTP]), init=[sidecar(ports=[HTTP]), container("a", ports=[HTTP, HTTP])])

    assert [("Duplicate", "spec.initContainers[0].ports[1].hostPort")] == found(manifest)


def test_ephemeral_containers_clash_by_name_only():
    ports = [{**HTTP, "name": "web"}] * 2

    assert [("Duplicate", "spec.ephemeralContainers[0].ports[1].name")] == found(
        pod(ephemeralContainers=[container("debug", ports=ports)])
    )


def test_on_the_host_network_every_port_of_a_pod_is_one_of_the_node():
    ports = [{"containerPort": 80}]
    manifest = pod(
        container(ports=ports),
        container("b", ports=ports),
        init=[container("a", ports=[*ports, *ports])],
        hostNetwork=True,
    )
    template = Pod(template_of(manifest), path="spec.template.spec", kind="Deployment")

    assert [
        ("Duplicate", "spec.containers[1].ports[0].hostPort"),
        ("Duplicate", "spec.initContainers[0].ports[1].hostPort"),
    ] == found(manifest)
    assert [] == list(check(template))
