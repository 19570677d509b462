import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import pod, view, workload
from webhook.core.names import port_name_faults
from webhook.core.port import defaults_host_ports, host_port, is_good_name, protocol
from webhook.core.workload import WORKLOADS


@given(st.text(alphabet="ab09-\nA", max_size=17))
def test_a_good_name_is_one_without_faults(name):
    assert (port_name_faults(name) == []) is is_good_name(name)


@pytest.mark.parametrize("given", [None, "", "TCP"])
def test_the_protocol_is_tcp_unless_another_is_given(given):
    assert protocol({"protocol": given}) == "TCP"
    assert protocol({"protocol": "UDP"}) == "UDP"


@pytest.mark.parametrize(
    ("port", "on_host_network", "number"),
    [
        pytest.param({"containerPort": 80}, False, 0, id="none"),
        pytest.param({"containerPort": 80}, True, 80, id="the container's on the host network"),
        pytest.param({"containerPort": 80, "hostPort": 81}, True, 81, id="its own"),
        pytest.param({}, True, 0, id="nothing at all"),
    ],
)
def test_on_the_host_network_the_port_of_the_node_is_the_containers(port, on_host_network, number):
    assert number == host_port(port, on_host_network=on_host_network)


def test_only_pods_on_the_host_network_get_ports_of_the_node_by_themselves():
    deployment = WORKLOADS["apps/v1", "Deployment"].pod(workload("Deployment", pod(hostNetwork=True)), 36)

    assert defaults_host_ports(view(pod(hostNetwork=True)))
    assert not defaults_host_ports(view(pod()))
    assert not defaults_host_ports(deployment)
