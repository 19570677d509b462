"""The command line in process: what it writes, what it says, how it ends."""

import io
import os
import sys
from dataclasses import dataclass, replace
from typing import Any

import orjson
import pytest

from webhook.cli.main import main
from webhook.core.finding import ErrorType, Finding
from webhook.core.rule import Rule, Tier
from webhook.manifest.reader import read_documents
from webhook.policy.catalogue import rules


@dataclass(frozen=True)
class Ran:
    """The end of a command: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return orjson.loads(self.out)

    @property
    def manifests(self) -> list[Any]:
        """Standard output read as Kubernetes reads it."""
        return [document.value for document in read_documents(self.out.encode())]


@pytest.fixture(autouse=True)
def _own_folder_and_no_settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("PROLOGUE_POLICY", "PROLOGUE_KUBERNETES_VERSION", "NO_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PROLOGUE_JOBS", "1")  # tests that want processes ask for them
    before = os.umask(0o022)  # the service sets its own
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def practice_rule(monkeypatch):
    """In place of the families of opinion, which grow: one rule, IC399, that warns of the label `night`."""

    def check(pod):
        if "night" in pod.labels:
            yield Finding("IC399", ErrorType.PRACTICE, "metadata.labels[night]", "will wake someone")

    for code in [code for code in rules() if code.startswith(("IC2", "IC3"))]:
        monkeypatch.delitem(rules(), code)
    rule = Rule(code="IC399", title="Night work", check=check, source="these tests")
    monkeypatch.setitem(rules(), rule.code, rule)
    return rule


@pytest.fixture
def of_every_tier(practice_rule, monkeypatch):
    """Two rules more, which warn of the same label when they are asked for: IC397 is recommended, IC398 strict."""
    for code, tier in (("IC397", Tier.RECOMMENDED), ("IC398", Tier.STRICT)):

        def check(pod, code=code):
            yield from (replace(finding, code=code) for finding in practice_rule.check(pod))

        monkeypatch.setitem(rules(), code, replace(practice_rule, code=code, check=check, tier=tier))


@pytest.fixture
def file(tmp_path):
    """Write a file below the working folder; gives its name."""

    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    return write


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a command; `stdin` is what is piped into it."""

    def run(*argv: str, stdin: Any = "") -> Ran:
        given = io.TextIOWrapper(io.BytesIO(stdin.encode())) if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", given)
        code = main([str(one) for one in argv])
        return Ran(int(code), *capsys.readouterr())

    return run
