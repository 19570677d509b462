"""A control plane for tests: etcd and kube-apiserver on free loopback ports, gone without a trace afterwards.

Nothing else of Kubernetes runs. Without a controller manager no namespace gets its default ServiceAccount, so the
admission plugin of that name would refuse every Pod: it is off unless asked for. RuntimeClass is off too, because it
refuses Pods that state an overhead, and the verdicts we compare with are validation's alone.
"""

import json
import secrets
import socket
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.cluster import pki
from tests.cluster.api_server import ApiServer
from tests.cluster.binaries import Binaries
from tests.cluster.program import Program

# Ready after some 4 s where nothing else runs; the deadline is for a machine that is busy with something else.
READY_SECONDS = 120.0
POLL_SECONDS = 0.1
# Whoever has taken our port may well accept a connection and say nothing.
PROBE_SECONDS = 2.0
# A port that was free may be taken by the time that a server binds it.
ATTEMPTS = 3
PORT_TAKEN = "address already in use"


class ControlPlaneError(Exception):
    """The control plane did not come up; the message ends with what its programs said last."""


@contextmanager
def running(
    binaries: Binaries,
    *,
    authorization: str = "RBAC",
    disabled_plugins: Sequence[str] = ("RuntimeClass", "ServiceAccount"),
    flags: Sequence[str] = (),
) -> Iterator[ApiServer]:
    """Give a ready API server, ended on the way out; several may run at once.

    `authorization` is RBAC or AlwaysAllow; `disabled_plugins` names admission plugins; `flags` go to kube-apiserver last.

    Raises:
        ControlPlaneError: a program ended by itself, or was not ready in time.
    """
    plugins = [f"--disable-admission-plugins={','.join(disabled_plugins)}"] if disabled_plugins else []
    all_flags = [f"--authorization-mode={authorization}", *plugins, *flags]
    with ExitStack() as stack:
        server = _start_on_free_ports(stack, binaries, all_flags)
        yield server


def _start_on_free_ports(stack: ExitStack, binaries: Binaries, flags: Sequence[str]) -> ApiServer:
    for attempts_left in reversed(range(ATTEMPTS)):
        try:
            with ExitStack() as attempt:
                server = _start(attempt, binaries, flags)
                stack.push(attempt.pop_all())
                return server
        except ControlPlaneError as error:
            if PORT_TAKEN not in str(error) or not attempts_left:
                raise
    raise AssertionError("the last attempt returned or raised")


def _start(stack: ExitStack, binaries: Binaries, flags: Sequence[str]) -> ApiServer:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="prologue-cluster-")))
    client_port, peer_port, port = _free_ports(3)
    server = ApiServer(port, binaries.version, folder, binaries.kubectl, secrets.token_hex(16))
    _write_files(server)
    programs: list[Program] = []
    for program, its_flags in (
        (binaries.etcd, _etcd_flags(folder, client_port, peer_port)),
        (binaries.kube_apiserver, [*_server_flags(server, client_port), *flags]),
    ):
        started = Program.start(program, its_flags, log=folder / f"{program.name}.log")
        stack.callback(started.stop)  # kube-apiserver ends before the etcd it writes to
        programs.append(started)
    _wait_until_ready(server, programs)
    return server


def _write_files(server: ApiServer) -> None:
    pki.write_service_account_keys(server.folder)
    pki.write_serving_certificate(server.folder)
    (server.folder / "tokens.csv").write_text(f"{server.token},admin,admin,system:masters\n")
    cluster = {"server": server.url, "certificate-authority": str(server.ca_file)}
    kubeconfig = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "test", "cluster": cluster}],
        "users": [{"name": "admin", "user": {"token": server.token}}],
        "contexts": [{"name": "test", "context": {"cluster": "test", "user": "admin"}}],
        "current-context": "test",
    }
    server.kubeconfig.write_text(json.dumps(kubeconfig))


def _etcd_flags(folder: Path, client_port: int, peer_port: int) -> list[str]:
    client, peer = f"http://127.0.0.1:{client_port}", f"http://127.0.0.1:{peer_port}"
    return [
        f"--data-dir={folder / 'etcd'}",
        "--unsafe-no-fsync",  # what a crash would lose, nobody misses
        "--log-level=warn",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peer}",
        f"--initial-advertise-peer-urls={peer}",
        f"--initial-cluster=default={peer}",
    ]


def _server_flags(server: ApiServer, etcd_port: int) -> list[str]:
    folder = server.folder
    issuer = "https://kubernetes.default.svc"
    return [
        f"--etcd-servers=http://127.0.0.1:{etcd_port}",
        "--bind-address=127.0.0.1",
        f"--secure-port={server.port}",
        f"--cert-dir={folder}",
        f"--tls-cert-file={folder / 'tls.crt'}",
        f"--tls-private-key-file={folder / 'tls.key'}",
        f"--token-auth-file={folder / 'tokens.csv'}",
        f"--service-account-key-file={folder / 'sa.pub'}",
        f"--service-account-signing-key-file={folder / 'sa.key'}",
        f"--service-account-issuer={issuer}",
        f"--api-audiences={issuer}",
        "--service-cluster-ip-range=10.96.0.0/24",
        "--allow-privileged=true",  # the default refuses privileged containers, which no real cluster does
        "--enable-aggregator-routing=true",  # a webhook's Service is dialled at its endpoints: no kube-proxy needed
    ]


def _wait_until_ready(server: ApiServer, programs: Sequence[Program]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _ready(server):
        if not all(program.running for program in programs):
            raise ControlPlaneError("\n".join(("the control plane ended by itself", *(it.tail() for it in programs))))
        if time.monotonic() > deadline:
            late = f"the control plane was not ready after {READY_SECONDS:.0f} s"
            raise ControlPlaneError("\n".join((late, *(it.tail() for it in programs))))
        time.sleep(POLL_SECONDS)


def _ready(server: ApiServer) -> bool:
    """Tell whether the server is ready and has made the namespace default, which it does a moment later."""
    with suppress(OSError):
        return all(
            server.request("GET", path, timeout=PROBE_SECONDS).status == 200
            for path in ("/readyz", "/api/v1/namespaces/default")
        )
    return False


def _free_ports(count: int) -> list[int]:
    """Give ports of the loopback address that nobody has, all different because all are held while we choose."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
