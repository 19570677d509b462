"""The real `prologue serve` as a program of its own, and clients that speak to it over real TLS."""

import contextlib
import dataclasses
import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from certs.issue import Issued
from certs.store import write_pair
from tests.builders import envelope
from webhook.core.pod import Raw

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "webhook.cli.main", "serve"]
JSON = {"Content-Type": "application/json"}
# Nothing on loopback takes this long; what hangs fails instead of stopping the run.
PATIENCE = 30.0
_POLL_SECONDS = 0.02


def eventually(look: Callable[[], Any], *, seconds: float = PATIENCE) -> Any:
    """Look again and again until something true is seen, and give it; fail when it never is."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline, f"not seen within {seconds} s; last seen {seen!r}"
        time.sleep(_POLL_SECONDS)
    return seen


def environment(**variables: str) -> dict[str, str]:
    """Give the environment of a service: ours, without any PROLOGUE_ variable but those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PROLOGUE_")}
    return {**kept, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "300", **variables}


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers in lower case, the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def read(cls, connection: http.client.HTTPConnection) -> Self:
        """Read the answer to the request that was sent last."""
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return cls(response.status, headers, response.read())

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def response(self) -> Raw:
        """The `response` of an AdmissionReview that was answered with 200."""
        assert self.status == 200, self.body
        review = self.json
        assert review["apiVersion"] == "admission.k8s.io/v1"
        assert review["kind"] == "AdmissionReview"
        return review["response"]

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Log:
    """The log of a service, read as it is written, so that the service never waits for a reader."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.lines: list[str] = []
        self._thread = threading.Thread(target=self._drain, args=(process,), daemon=True)
        self._thread.start()

    def _drain(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stderr is not None
        with process.stderr as stream:
            self.lines += (line.decode().rstrip("\n") for line in stream)

    @property
    def events(self) -> list[Raw]:
        """Every line so far; each has to be one JSON object."""
        return [json.loads(line) for line in list(self.lines)]

    def all(self, event: str, **fields: Any) -> list[Raw]:
        """Give the lines of one event that have these fields."""
        return [one for one in self.events if one["event"] == event and one.items() >= fields.items()]

    def wait(self, event: str, *, count: int = 1, **fields: Any) -> Raw:
        """Wait until an event was told so many times, and give the last of them."""
        return eventually(lambda: self.all(event, **fields)[count - 1 :])[-1]

    def close(self) -> None:
        """Wait until everything was read; the service has to be gone."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


class Service:
    """One running `prologue serve`, with the folder that holds its certificate (tls/) and its policies (policies/)."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes], trust: ssl.SSLContext) -> None:
        self.folder = folder
        self.process = process
        self.trust = trust
        self.log = Log(process)
        self.admission = ("127.0.0.1", 0)
        self.operations = ("127.0.0.1", 0)

    def find(self) -> None:
        """Wait until it serves, and take its addresses from its log."""
        eventually(lambda: any('"serving"' in line for line in self.log.lines) or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.lines
        told = self.log.wait("serving")
        self.admission, self.operations = (_address(told[port]) for port in ("admission", "operations"))

    @contextlib.contextmanager
    def connect(self) -> Iterator[http.client.HTTPSConnection]:
        """Open one connection to the admission port; it is kept alive as long as the block lasts."""
        connection = http.client.HTTPSConnection(*self.admission, timeout=PATIENCE, context=self.trust)
        with contextlib.closing(connection):
            connection.connect()
            yield connection

    def post(self, body: Any, *, path: str = "/mutate", headers: Mapping[str, str] = JSON) -> Answer:
        """Post on a connection of its own."""
        with self.connect() as connection:
            return post(connection, body, path=path, headers=headers)

    def review(self, manifest: Raw | None, *, path: str = "/mutate", **request: Any) -> Raw:
        """Ask for a review of a manifest and give the `response`, which must be there."""
        return self.post(envelope(manifest, **request), path=path).response

    def get(self, path: str) -> Answer:
        """Get a page of the operations port."""
        connection = http.client.HTTPConnection(*self.operations, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", path)
            return Answer.read(connection)

    def metrics(self) -> dict[str, float]:
        """Give the figures by name and labels, as Prometheus reads them."""
        lines = self.get("/metrics").text.splitlines()
        pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
        return {name: float(value) for name, _, value in pairs}

    def policy(self, text: str, name: str = "policy.yaml") -> Path:
        """Write a policy file whole, as an editor does, and give its path."""
        path = self.folder / "policies" / name
        beside = path.with_name(f".{name}.new")
        beside.write_text(text)
        return beside.replace(path)

    def signal(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def wait(self) -> int:
        """Wait until it has ended and all of its log is read, and give its exit code."""
        code = self.process.wait(PATIENCE)
        self.log.close()
        return code

    def close(self) -> None:
        """End it, however it stands."""
        if self.process.poll() is None:
            self.process.kill()
        self.wait()


def post(
    connection: http.client.HTTPConnection, body: Any, *, path: str = "/mutate", headers: Mapping[str, str] = JSON
) -> Answer:
    """Post on an open connection; a body that is no bytes is sent in chunks."""
    connection.request("POST", path, body, dict(headers))
    return Answer.read(connection)


def prepare(folder: Path, issued: Issued, policy: str = "") -> list[str]:
    """Write certificate and policies to a folder, and give the flags for a service that uses them on any free ports."""
    write_pair(folder / "tls", issued.to_store(with_ca_key=False))
    (folder / "policies").mkdir()
    if policy:
        (folder / "policies" / "policy.yaml").write_text(policy)
    tls = ["--tls-cert", str(folder / "tls" / "tls.crt"), "--tls-key", str(folder / "tls" / "tls.key")]
    return ["--port", "0", "--operations-port", "0", "--policy", str(folder / "policies"), *tls]


@contextlib.contextmanager
def running(
    folder: Path, issued: Issued, *flags: str, policy: str = "", given: Mapping[str, str] | None = None
) -> Iterator[Service]:
    """Run a service until the block ends; `given` are environment variables, which take the place of all flags."""
    prepared = prepare(folder, issued, policy)
    arguments = [] if given is not None else [*prepared, *flags]
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=environment(**(given or {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    service = Service(folder, process, trusting(issued))
    try:
        service.find()
        yield service
    finally:
        service.close()


def trusting(issued: Issued) -> ssl.SSLContext:
    """Make a client's context that trusts only the authority of a pair, and checks names and dates."""
    return ssl.create_default_context(cadata=issued.ca_pem.decode())


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    return parts.hostname, parts.port
