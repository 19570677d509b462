import pytest

from tests.builders import container, pod, sidecar, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic193_port_clash import check

PORT = {"containerPort": 80}


def clashes(manifest):
    return [(finding.path, finding.message) for finding in check(view(manifest))]


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        pytest.param(PORT, PORT, "same port", id="the same"),
        pytest.param(PORT, {**PORT, "protocol": "TCP"}, "same port", id="no protocol is TCP"),
        pytest.param(PORT, {**PORT, "protocol": "UDP"}, None, id="another protocol"),
        pytest.param(PORT, {**PORT, "hostPort": 8080}, "overlaps", id="one of them on the node"),
        pytest.param({**PORT, "hostPort": 8080}, {**PORT, "hostPort": 8081}, None, id="two ports of the node"),
        pytest.param({**PORT, "hostPort": 8080}, {**PORT, "hostPort": 8080}, "same port", id="one port of the node"),
        pytest.param(
            {**PORT, "hostPort": 8080, "hostIP": "10.0.0.1"},
            {**PORT, "hostPort": 8080},
            "may or may not",
            id="one address",
        ),
        pytest.param(
            {**PORT, "hostPort": 8080, "hostIP": "10.0.0.1"},
            {**PORT, "hostPort": 8080, "hostIP": "10.0.0.2"},
            None,
            id="two addresses",
        ),
        pytest.param({"containerPort": 80}, {"containerPort": 81}, None, id="two ports"),
        pytest.param({**PORT, "hostIP": "::1"}, {**PORT, "hostIP": ""}, "overlaps", id="an address without a port"),
    ],
)
def test_a_port_of_an_init_container_and_one_of_an_app_container_may_clash(first, second, word):
    manifest = pod(container(ports=[second]), init=[sidecar(ports=[first])])

    found = clashes(manifest)

    pairs = [(path, message) for path, message in found if "hostIP and no hostPort" not in message]
    assert ([] if word is None else ["spec.containers[0].ports[0]"]) == [path for path, _ in pairs]
    assert all(word in message and "spec.initContainers[0].ports[0]" in message for _, message in pairs)


def test_each_earlier_port_brings_a_warning_of_its_own():
    manifest = pod(container("a", ports=[PORT]), container("b", ports=[PORT]), container("c", ports=[PORT, None]))

    assert ["spec.containers[1].ports[0]", *["spec.containers[2].ports[0]"] * 2] == [
        path for path, _ in clashes(manifest)
    ]


def test_what_is_an_error_already_is_not_warned_about():
    on_node = {**PORT, "hostPort": 80}

    assert [] == clashes(pod(container("a", ports=[on_node]), container("b", ports=[on_node])))
    assert [] == clashes(pod(init=[container("a", ports=[on_node, on_node])]))


def test_an_address_of_the_node_needs_a_port_there():
    manifest = pod(container(ports=[{**PORT, "hostIP": "10.0.0.1"}]))
    template = Pod(template_of(pod(container(ports=[{**PORT, "hostIP": "::1"}]), hostNetwork=True)), kind="Job")

    assert ["spec.containers[0].ports[0]"] == [path for path, _ in clashes(manifest)]
    assert 1 == len(list(check(template)))


def test_on_the_host_network_a_port_of_a_pod_is_one_of_the_node():
    alone = pod(container(ports=[{**PORT, "hostIP": "10.0.0.1"}]), hostNetwork=True)
    pair = pod(container(ports=[PORT]), init=[container("a", ports=[{**PORT, "hostPort": 80}])], hostNetwork=True)

    assert [] == clashes(alone)
    assert ["same port" in message for _, message in clashes(pair)] == [True]
