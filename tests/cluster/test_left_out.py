import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The runner's own plugins are of no use here, and reading them costs more time than the rest.
PYTEST = [
    sys.executable,
    "-m",
    "pytest",
    "-p",
    "tests.cluster.plugin",
    "-p",
    "no:xdist",
    "-o",
    "addopts=--import-mode=importlib",
]


def run_where_nothing_is_to_be_had(tests: Path, empty: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "KUBEBUILDER", "BUSYBOX"))
    }
    environment |= {"PATH": str(empty), "PROLOGUE_CACHE": str(empty / "cache"), "PIP_NO_INDEX": "1"}
    return subprocess.run(
        [*PYTEST, tests], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_one_line_says_what_was_left_out_and_why(tmp_path: Path):
    tests = tmp_path / "test_both.py"
    tests.write_text(
        "def test_a(api_server): ...\ndef test_b(namespace): ...\ndef test_c(busybox): ...\ndef test_d(): ...\n"
    )
    (tmp_path / "empty").mkdir()

    done = run_where_nothing_is_to_be_had(tests, tmp_path / "empty")

    lines = [line for line in done.stdout.splitlines() if line.startswith("LEFT OUT:")]
    assert len(lines) == 1, done.stdout + done.stderr
    assert re.fullmatch(
        r"LEFT OUT: 2 tests, because there is no Go .*; 1 test, because there is no busybox .*", lines[0]
    )
    assert "1 passed, 3 skipped" in done.stdout
    assert done.returncode == 0


def test_nothing_is_looked_for_where_no_test_needs_it(tmp_path: Path):
    tests = tmp_path / "test_none.py"
    tests.write_text("def test_d(): ...\n")
    (tmp_path / "empty").mkdir()

    done = run_where_nothing_is_to_be_had(tests, tmp_path / "empty")

    assert "LEFT OUT" not in done.stdout
    assert not (tmp_path / "empty" / "cache").exists()
