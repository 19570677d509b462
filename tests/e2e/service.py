"""A `prologue serve` of the tests' own: a real process with a real certificate, whose log tells what it was asked."""

import datetime as dt
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from certs.issue import issue_pair
from certs.store import CERT_FILE, KEY_FILE, write_pair
from tests.cluster.program import Program

HOST = "127.0.0.1"
# The command as it stands beside the interpreter: what a person types.
COMMAND = Path(sys.executable).with_name("prologue")
POLICIES = Path(__file__).with_name("policies")
START_SECONDS = 30.0
POLL_SECONDS = 0.02
CERTIFICATE_DAYS = 1


@dataclass(slots=True)
class Service:
    """One service; it may be stopped and started again, on the port that it had."""

    folder: Path
    ca_pem: bytes
    port: int = 0
    _program: Program | None = None
    _logs: list[Path] = field(default_factory=list)

    @classmethod
    def prepare(cls, folder: Path) -> Self:
        """Write a certificate for the loopback address; nothing runs yet."""
        issued = issue_pair([HOST], now=dt.datetime.now(dt.UTC), days=CERTIFICATE_DAYS)
        write_pair(folder, issued.to_store(with_ca_key=False))
        return cls(folder, issued.ca_pem)

    def url(self, path: str) -> str:
        """Where the API server reaches a route."""
        return f"https://{HOST}:{self.port}{path}"

    def start(self) -> None:
        """Start, and return once it says that it serves."""
        log = self.folder / f"log-{len(self._logs)}"
        self._program = Program.start(COMMAND, self._flags(), log=log)
        self._logs.append(log)
        deadline = time.monotonic() + START_SECONDS
        while not (told := [line for line in _lines(log) if line.get("event") == "serving"]):
            if not self._program.running or time.monotonic() > deadline:
                raise AssertionError(f"prologue serve does not serve\n{self._program.tail()}")
            time.sleep(POLL_SECONDS)
        self.port = int(told[0]["admission"].rpartition(":")[2])

    def stop(self) -> None:
        """Send SIGTERM and wait for the end."""
        if self._program is not None:
            self._program.stop()
            self._program = None

    def reviews(self, *, namespace: str, name: str | None = None) -> list[dict[str, Any]]:
        """Give what the log tells of the reviews in a namespace, perhaps of one object; in their order."""
        return [
            line
            for log in self._logs
            for line in _lines(log)
            if line.get("event") == "review" and line["namespace"] == namespace and name in (None, line["name"])
        ]

    def _flags(self) -> Sequence[str]:
        return (
            "serve",
            f"--port={self.port}",
            "--operations-port=0",
            f"--policy={POLICIES}",
            f"--tls-cert={self.folder / CERT_FILE}",
            f"--tls-key={self.folder / KEY_FILE}",
            "--drain-seconds=0",
        )


def _lines(log: Path) -> list[dict[str, Any]]:
    """Read the log; its last line may be half written."""
    texts = log.read_text().splitlines(keepends=True)
    return [json.loads(text) for text in texts if text.startswith("{") and text.endswith("\n")]
