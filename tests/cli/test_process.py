"""The command as a process of its own: pipes that close, signals, encodings, and what is imported for what."""

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import time
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


@pytest.fixture
def many(tmp_path):
    """A folder whose check takes two processes a while."""
    one = dump_yaml([pod(init=[container("a", livenessProbe={"exec": {"command": ["true"]}})])])
    for number in range(60):
        (tmp_path / f"{number:02}.yaml").write_text("---\n".join([one] * 80))
    return tmp_path


def workers_of(process):
    """The processes that a process has started; waits until there are two."""
    for _ in range(1000):
        pids = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if len(pids) == 2:
            return [int(pid) for pid in pids]
        time.sleep(0.01)
    raise AssertionError("there were never two workers")


def is_gone(pid):
    for _ in range(1000):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.01)
    return False


def test_ctrl_c_ends_all_workers_at_once_without_a_trace(many):
    process = start("check", "--jobs", "2", str(many), start_new_session=True)
    workers = workers_of(process)

    os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it: to all of them
    code, out, err = finish(process)

    assert (130, "", "") == (code, out, err)
    assert all(map(is_gone, workers))


def test_a_worker_that_is_killed_is_our_fault_and_its_file_is_told(many):
    process = start("check", "--jobs", "2", str(many))

    os.kill(workers_of(process)[1], signal.SIGKILL)
    code, out, err = finish(process)

    assert (3, "") == (code, out)
    assert re.search(rf"{re.escape(str(many))}/\d\d\.yaml: the worker that had it died \(exit code -9\)", err)
    assert err.endswith("prologue: this is our fault, not yours; please report it with the lines above\n")


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_us(many, end):
    process = start("check", "--jobs", "2", str(many))
    workers = workers_of(process)

    os.kill(process.pid, end)
    finish(process)

    assert all(map(is_gone, workers))


def test_a_reader_that_has_seen_enough_of_many_files_gets_no_trace(many):
    process = start("check", "--jobs", "2", str(many))

    process.stdout.readline()
    process.stdout.close()

    assert b"" == process.stderr.read()
    process.stderr.close()
    process.stdin.close()
    assert 0 == process.wait(60)


def in_a_terminal(*argv, columns=80):
    """Run a command as if somebody sat there; gives its exit code and all that the terminal received."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    environment.pop("COLUMNS", None)
    process = subprocess.Popen([*COMMAND, *argv], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    received = b""
    with contextlib.suppress(OSError):  # so a terminal ends
        while some := os.read(ours, 65536):
            received += some
    os.close(ours)
    return process.wait(60), received.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_and_lines_as_wide_as_it_is(tmp_path, monkeypatch):
    it = pod(init=[container("a", args=["x" * 300], livenessProbe={"exec": {"command": ["true"]}})])
    (tmp_path / "pod.json").write_text(json.dumps(it))
    monkeypatch.chdir(tmp_path)

    code, out = in_a_terminal("check", "pod.json", columns=60)

    assert 1 == code
    assert "\033[1;31mdeny\033[0m IC103" in out
    assert "\033[1;31m^^^^^^^^^^^^^^^\033[0m" in out
    plain = re.sub(r"\033\[[0-9;]*m", "", out).splitlines()
    assert 60 == max(len(line) for line in plain if line.startswith("  1 |"))


def test_a_terminal_that_wants_no_colour_gets_none(tmp_path, monkeypatch):
    (tmp_path / "pod.yaml").write_text(dump_yaml([pod(init=[{"name": "x"}])]))
    monkeypatch.setenv("NO_COLOR", "1")

    code, out = in_a_terminal("check", str(tmp_path / "pod.yaml"))

    assert (1, False) == (code, "\033" in out)


def test_a_terminal_is_told_how_far_a_long_check_is_and_then_cleaned(many):
    code, out = in_a_terminal("check", "--jobs", "2", "--output", str(many / "report"), str(many))

    assert 1 == code
    drawn = out.split("\r\033[K")
    assert "" == drawn[0] == drawn[-1]
    assert all(re.fullmatch(r"checking 60 files: \d+ %, \d+ s", line) for line in drawn[1:-1])
    assert 3 <= len(drawn)


def test_fifty_megabytes_are_read_in_bounded_memory(tmp_path):
    one = dump_yaml([{"apiVersion": "v1", "kind": "ConfigMap", "data": {f"key{n}": "x" * 1000 for n in range(1000)}}])
    (tmp_path / "big.yaml").write_text("---\n".join([one] * (50_000_000 // len(one))))
    (tmp_path / "main.py").write_text(
        "import re, sys\n"
        "from webhook.cli.main import main\n"
        "code = main(sys.argv[1:])\n"
        # Not getrusage: across fork and exec it remembers how large the process was that started this one.
        "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())\n"
        "print(code, int(peak[1]) // 1024)\n"
    )
    argv = [sys.executable, str(tmp_path / "main.py"), "check", "--jobs", "1", str(tmp_path / "big.yaml")]

    ran = subprocess.run(
        argv, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=60
    )

    summary, last = ran.stdout.decode().splitlines()
    code, mebibytes = map(int, last.split())
    assert 0 == code
    assert summary.endswith(": 0 at deny, 0 at warn; 49 without a Pod passed")
    assert mebibytes < 400


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


def test_a_check_of_one_file_starts_no_process_and_draws_no_report_it_was_not_asked_for(tmp_path):
    (tmp_path / "pod.yaml").write_text(dump_yaml([pod(init=[container("x")])]))

    modules = imported_by(f"main(['check', {str(tmp_path / 'pod.yaml')!r}])")

    assert set() == modules & {"multiprocessing", "xml"}


def test_help_imports_nothing_that_only_commands_need():
    assert set() == imported_by("main(['--help'])") & HEAVY
