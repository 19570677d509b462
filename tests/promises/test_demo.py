"""`make demo` shows the main job, says so when it goes wrong, and leaves nothing behind."""

import dataclasses
import importlib.util
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

DEMO = Path(__file__).resolve().parents[2] / "deploy" / "demo" / "demo.py"
MARK = "DEMO_OF_THIS_TEST"


@pytest.fixture
def demo():
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("demo", DEMO)
    module = importlib.util.module_from_spec(spec)
    sys.modules["demo"] = module  # where dataclasses look for it
    yield spec.loader.exec_module(module) or module
    del sys.modules["demo"]


@pytest.fixture
def environment(tmp_path):
    """An environment with a temporary folder of its own and a mark on every process that inherits it."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return {**os.environ, "TMPDIR": str(folder), MARK: uuid.uuid4().hex}


def run(environment, folder=None):
    return subprocess.run(
        [sys.executable, DEMO], env=environment, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


def left_behind(environment):
    """The files in its temporary folder, and the processes that still carry its mark."""
    mark = f"{MARK}={environment[MARK]}".encode()
    carrying = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            carrying += [path.parent.name] if mark in path.read_bytes().split(b"\0") else []
        except OSError:
            continue  # it ended meanwhile, or is not ours to look at
    return [*carrying, *(path.name for path in Path(environment["TMPDIR"]).iterdir())]


def test_the_demo_shows_verdicts_patches_and_arithmetic(environment):
    done = run(environment)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert done.stdout.count("allowed, ") == 2
    assert done.stdout.count("denied: 422 Invalid") == 2
    assert done.stdout.count("IC103 Forbidden") == 2
    assert '"path": "/spec/initContainers/0"' in done.stdout
    assert "effective requests" in done.stdout
    assert len(done.stdout.splitlines()) < 80
    assert "\x1b" not in done.stdout
    assert left_behind(environment) == []


def test_the_demo_does_without_curl(environment, tmp_path):
    done = run({**environment, "PATH": str(tmp_path)})

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("curl is not installed") == 4


def test_options_in_the_environment_do_not_lead_the_demo_astray(environment):
    done = run({**environment, "PROLOGUE_PORT": "tcp://10.0.0.1:443", "PROLOGUE_POLICY": "/nowhere"})

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_demo_leaves_nothing_behind(environment, number):
    with subprocess.Popen([sys.executable, DEMO], env=environment, stdout=subprocess.PIPE, text=True) as process:
        line = next(line for line in process.stdout if "reviews at https://" in line)
        process.send_signal(number)
        rest = process.stdout.read()

    assert line
    assert process.returncode == 130
    assert rest.endswith("demo: interrupted; the service has ended\n")
    assert left_behind(environment) == []


def test_a_service_that_does_not_start_is_told_with_its_own_words(environment, tmp_path):
    (tmp_path / "webhook").mkdir()
    (tmp_path / "webhook" / "__init__.py").write_text("raise SystemExit('broken on purpose')\n")

    done = run(environment, tmp_path)

    assert done.returncode == 1
    assert "the service did not start:\nbroken on purpose" in done.stdout
    assert left_behind(environment) == []


def test_a_wrong_verdict_is_a_complaint(demo):
    case = demo.CASES[2]

    complaints = demo.complaints_of(case, {"allowed": True}, [], [])

    assert complaints == [
        f"{case.file}: allowed True, not False",
        f"{case.file}: codes (), not ('IC103',)",
    ]


def test_a_demo_with_complaints_fails(demo, monkeypatch, capsys):
    wrong = dataclasses.replace(demo.CASES[0], added=("somebody-else",))
    monkeypatch.setattr(demo, "CASES", (wrong,))
    monkeypatch.setattr(demo.signal, "signal", lambda *_: None)

    code = demo.main()

    assert code == 1
    assert "init containers added ('log-agent',), not ('somebody-else',)" in capsys.readouterr().out
