"""Reviews a second over HTTPS, beside a bare echo of the same body in the same run."""

import datetime as dt
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import webhook.policy
from certs.issue import issue_development_pair
from certs.store import write_pair
from tests.benchmarks.samples import review_body

pytestmark = pytest.mark.bench

HERE = Path(__file__).parent
EXAMPLE = Path(webhook.policy.__path__[0]) / "example.yaml"
CONNECTIONS = 16
SECONDS = 4
ROUNDS = 3
CONTAINERS = 3


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def listens(port):
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


def on_the_first_processor():
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


@contextmanager
def running(command, port):
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=on_the_first_processor) as process:  # noqa: PLW1509  # no threads here
        try:
            deadline = time.monotonic() + 20
            while not listens(port):
                assert time.monotonic() < deadline, f"{command} does not listen"
                time.sleep(0.05)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def load(port, folder, path):
    command = [sys.executable, HERE / "load.py", str(port), folder / "ca.crt", folder / "body.json", path]
    done = subprocess.run(
        [*command, str(SECONDS), str(CONNECTIONS)], capture_output=True, text=True, check=False, timeout=SECONDS + 30
    )
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


def test_https(tmp_path):
    body = review_body(CONTAINERS)
    pair = issue_development_pair(now=dt.datetime.now(dt.UTC))
    write_pair(tmp_path, pair.to_store(with_ca_key=False))
    (tmp_path / "body.json").write_bytes(body)
    cert, key = str(tmp_path / "tls.crt"), str(tmp_path / "tls.key")
    ports = free_port(), free_port(), free_port()
    serve = [sys.executable, "-m", "webhook.cli.main", "serve", "--port", str(ports[0])]
    serve += ["--operations-port", str(ports[2]), "--tls-cert", cert, "--tls-key", key, "--drain-seconds", "0"]
    serve += ["--policy", str(EXAMPLE)]
    echo = [sys.executable, str(HERE / "echo.py"), str(ports[1]), cert, key]
    rounds = {"mutate": [], "validate": [], "echo": []}
    with running(serve, ports[0]), running(echo, ports[1]):
        for _ in range(ROUNDS):
            rounds["mutate"].append(load(ports[0], tmp_path, "/mutate"))
            rounds["validate"].append(load(ports[0], tmp_path, "/validate"))
            rounds["echo"].append(load(ports[1], tmp_path, "/"))

    reference = statistics.median(one["rate"] for one in rounds["echo"])
    print(f"\nHTTPS, {len(body)} bytes, {CONNECTIONS} kept-alive connections, medians of {ROUNDS} interleaved rounds")
    print(f"{'':>22} {'requests/s':>11} {'p50 ms':>8} {'p99 ms':>8} {'of the echo':>12}")
    for name, runs in rounds.items():
        rate, p50, p99 = (statistics.median(one[key] for one in runs) for key in ("rate", "p50", "p99"))
        label = {"mutate": "prologue /mutate", "validate": "prologue /validate", "echo": "bare uvicorn echo"}[name]
        print(f"{label:>22} {rate:>11.0f} {p50 * 1e3:>8.2f} {p99 * 1e3:>8.2f} {rate / reference:>12.3f}")
        assert all(one["requests"] for one in runs)
