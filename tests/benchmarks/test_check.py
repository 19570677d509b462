"""How many manifests `prologue check` takes a second on one core, beside kube-score on the same files in the same run."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from tests.benchmarks.kube_score import find_or_build
from tests.cluster.left_out import LeftOutError

pytestmark = pytest.mark.bench

ORACLE = Path(__file__).parents[1] / "oracle" / "manifests.jsonl"
MANIFESTS = 2000
ROUNDS = 5


def written(folder: Path) -> list[str]:
    """Write the manifests of the oracle as files of YAML, again and again until there are enough."""
    texts = [
        yaml.dump(json.loads(line)["manifest"], Dumper=yaml.CSafeDumper, sort_keys=False)
        for line in ORACLE.read_text().splitlines()
    ]
    files = [folder / f"{number:04}.yaml" for number in range(MANIFESTS)]
    for number, file in enumerate(files):
        file.write_text(texts[number % len(texts)])
    return [str(file) for file in files]


def seconds(command: list[str], said: Path) -> tuple[float, float]:
    """Run a program once; gives the time that passed and the time of the processor."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with said.open("wb") as out:
        done = subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, env=os.environ | {"GOMAXPROCS": "1"}, check=False
        )
    passed, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 1, done.stderr  # both found something
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_check(tmp_path):
    files = written(tmp_path)
    check = [sys.executable, "-m", "webhook.cli.main", "check", "--jobs", "1", "--format", "json", *files]
    commands = {"prologue check": check}
    try:
        commands["kube-score"] = [str(find_or_build()), "score", "--output-format", "json", *files]
    except LeftOutError as error:
        print(f"\nkube-score is left out: {error}")
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            rounds[name].append(seconds(command, tmp_path / "said"))

    print(f"\n{MANIFESTS} manifests, one file each, report as JSON, one core; the least of {ROUNDS} interleaved rounds")
    print(f"{'':>16} {'s':>6} {'s of CPU':>9} {'manifests/s of CPU':>19}")
    for name, runs in rounds.items():
        passed, cpu = (min(run[which] for run in runs) for which in (0, 1))
        print(f"{name:>16} {passed:>6.2f} {cpu:>9.2f} {MANIFESTS / cpu:>19.0f}")
    if len(rounds) > 1:
        ours, theirs = rounds.values()
        ratio = statistics.median(its[1] / our[1] for our, its in zip(ours, theirs, strict=True))
        print(f"prologue check takes {1 / ratio:.2f} times the CPU of kube-score (median of the rounds)")
