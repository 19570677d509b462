"""The command as a process of its own: pipes that close, signals, encodings, and what is imported for what."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import container, pod
from webhook.manifest.writer import dump_yaml

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "webhook.cli.main"]
# What serving, certificates and coloured help need; a check in a hook that runs at every commit does without.
HEAVY = {
    "cryptography",
    "fastapi",
    "httptools",
    "jsonpatch",
    "prometheus_client",
    "rich",
    "starlette",
    "structlog",
    "uvicorn",
}
IMPORTED = "import json, sys; from webhook.cli.main import main; {}; print('\\n' + json.dumps(sorted(sys.modules)))"
SERVICE = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "größe ✓"}}


def start(*argv, **options):
    # Unbuffered, a write that is cut short is no error to Python.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    environment = {**inherited, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    return subprocess.Popen(
        [*COMMAND, *argv],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        **options,
    )


def finish(process, given=b""):
    out, err = process.communicate(given, timeout=30)
    return process.returncode, out.decode(), err.decode()


def imported_by(code):
    ran = subprocess.run(
        [sys.executable, "-c", IMPORTED.format(code)], cwd=ROOT, capture_output=True, check=True, timeout=30
    )
    return {name.partition(".")[0] for name in json.loads(ran.stdout.decode().splitlines()[-1])}


def test_the_exit_code_reaches_the_shell():
    bad = dump_yaml([pod(init=[{"name": "x"}])]).encode()

    assert 1 == finish(start("check", "-"), bad)[0]
    assert 2 == finish(start("check", "gone.yaml"))[0]


def test_a_reader_that_has_seen_enough_gets_no_trace():
    many = "---\n".join([dump_yaml([pod(init=[{"name": "x"}])])] * 1000)
    process = start("check", "-")
    process.stdin.write(many.encode())
    process.stdin.close()

    process.stdout.readline()
    process.stdout.close()

    assert b"" == process.stderr.read()
    process.stderr.close()
    assert 0 == process.wait(30)


def test_ctrl_c_ends_at_once_without_a_trace():
    process = start("check", "-")
    # Once all of this is read, it waits for more: a pipe holds 64 KiB.
    process.stdin.write(b"#" * (1 << 18) + b"\n")
    process.stdin.flush()

    process.send_signal(signal.SIGINT)
    code, out, err = finish(process)

    assert (130, "", "") == (code, out, err)


@pytest.mark.parametrize(
    "encoding", [pytest.param("ascii", id="ASCII"), pytest.param("latin-1", id="Latin 1"), pytest.param("", id="none")]
)
def test_what_is_written_is_utf8_whatever_the_terminal_speaks(encoding):
    settings = {"PYTHONIOENCODING": encoding, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    code, out, err = finish(start("inject", "-", env=settings), dump_yaml([SERVICE]).encode())

    assert (0, dump_yaml([SERVICE]), "") == (code, out, err)


def test_a_check_imports_nothing_that_only_others_need(tmp_path):
    (tmp_path / "pod.yaml").write_text(dump_yaml([pod(init=[container("x")])]))

    modules = imported_by(f"main(['check', {str(tmp_path / 'pod.yaml')!r}])")

    assert set() == modules & HEAVY


def test_help_imports_nothing_that_only_commands_need():
    assert set() == imported_by("main(['--help'])") & HEAVY
