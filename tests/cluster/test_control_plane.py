import socket

import pytest

from tests.cluster import control_plane
from tests.cluster.binaries import Binaries
from tests.cluster.control_plane import ControlPlaneError


def test_a_wrong_flag_is_shown_in_what_the_server_says_of_it(cluster_binaries: Binaries):
    with (
        pytest.raises(ControlPlaneError, match="--no-such-flag"),
        control_plane.running(cluster_binaries, flags=["--no-such-flag"]),
    ):
        pass


def test_a_port_that_was_taken_meanwhile_is_no_failure_and_nothing_stays_behind(
    cluster_binaries: Binaries, monkeypatch: pytest.MonkeyPatch
):
    free_ports = control_plane._free_ports
    with socket.create_server(("127.0.0.1", 0)) as another:
        taken = another.getsockname()[1]
        offers = iter([[*free_ports(2), taken]])
        monkeypatch.setattr(control_plane, "_free_ports", lambda count: next(offers, None) or free_ports(count))

        with control_plane.running(cluster_binaries, authorization="AlwaysAllow") as server:
            ready = server.request("GET", "/readyz")

    assert server.port != taken
    assert ready.body == "ok"
    assert not server.folder.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port))
