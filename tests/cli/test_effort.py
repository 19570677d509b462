"""One process or all cores: the outcome is the same, to the letter."""

from dataclasses import replace

import pytest

from tests.builders import container, pod
from webhook.cli import effort, piece
from webhook.manifest.writer import dump_json, dump_yaml
from webhook.policy.catalogue import rules

FAULTY = pod(init=[container("a", livenessProbe={"exec": {"command": ["true"]}})], metadata={"labels": {"night": "x"}})
POLICY = """\
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata: {name: agent}
spec:
  match: {namespaceSelector: {matchLabels: {team: shop}}}
  onConflict: Deny
  initContainers:
  - container: {name: a, image: "registry.example/other:1"}
"""


@pytest.fixture
def many(file, monkeypatch):
    """A folder of all sorts of files, some cut into pieces, some that cannot be read; the Namespace comes last."""
    monkeypatch.setattr(piece, "PIECE_BYTES", 1500)
    monkeypatch.setattr(effort, "PIECE_BYTES", 1500)
    for number in range(60):
        file(f"all/{number:02}.yaml", dump_yaml([pod(init=[container("a")], metadata={"name": f"p{number}"}), FAULTY]))
    file("all/10.yaml", "a: [\n")
    file("all/20.yaml", "just text\n---\nkind: Service\nkind: Service\n")
    file("all/30.yaml", "---\n".join(dump_yaml([pod(metadata={"name": f"q{n}"}), FAULTY]) for n in range(20)))
    file("all/31.yaml", "---\n".join([dump_yaml([FAULTY])] * 20) + "---\nbad: [\n---\n" + dump_yaml([FAULTY]))
    file("all/40.json", dump_json([{"apiVersion": "v1", "kind": "List", "items": [FAULTY, pod(), 7]}]))
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "default", "labels": {"team": "shop"}}}
    file("all/99.yaml", dump_yaml([namespace]))
    return "all"


@pytest.mark.parametrize("form", ["text", "json"])
def test_on_two_cores_the_report_is_the_same(run, many, file, form):
    options = ["--format", form, "--policy", file("policy.yaml", POLICY), "gone.yaml", many]

    alone = run("check", "--jobs", "1", *options)
    shared = run("check", "--jobs", "2", *options)

    assert 2 == alone.code
    assert alone == shared
    problems = [line.split(": ")[1] for line in alone.err.splitlines() if line.startswith("prologue")]
    assert ["gone.yaml", "all/10.yaml", "all/20.yaml", "all/31.yaml", "all/40.json"] == [
        one.partition(":")[0] for one in problems
    ]


def test_the_documents_of_a_file_that_was_cut_are_counted_through(run, many):
    results = run("check", "--format", "json", many).json["results"]

    assert list(range(40)) == [one["document"] for one in results if one["file"] == "all/30.yaml"]


def test_a_namespace_is_known_wherever_it_stands(run, many, file):
    options = ["--format", "json", "--policy", file("policy.yaml", POLICY)]

    for jobs in "12":
        ran = run("check", "--jobs", jobs, *options, "all/01.yaml", many)

        found = {one["code"] for result in ran.json["results"] for one in result["findings"]}
        assert "IC401" in found


def test_an_escape_hides_no_namespace(run, file):
    pods = file("pod.yaml", dump_yaml([pod(init=[container("a")])]))
    namespace = file(
        "ns.yaml", 'apiVersion: v1\nkind: "Name\\x73pace"\nmetadata: {name: default, labels: {team: shop}}\n'
    )

    ran = run("check", "--format", "json", "--policy", file("policy.yaml", POLICY), pods, namespace)

    assert ["IC401"] == [one["code"] for one in ran.json["results"][0]["findings"]]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_rule_that_breaks_is_our_fault_and_told_with_the_file(run, many, practice_rule, monkeypatch, jobs):
    def check(pod):
        if pod.metadata.get("name") == "p50":
            raise ZeroDivisionError(pod.kind)
        return ()

    monkeypatch.setitem(rules(), practice_rule.code, replace(practice_rule, check=check))

    ran = run("check", "--jobs", jobs, many)

    assert (3, "") == (ran.code, ran.out)
    assert "all/50.yaml: it could not be checked" in ran.err
    assert "ZeroDivisionError: Pod" in ran.err
    assert ran.err.endswith("prologue: this is our fault, not yours; please report it with the lines above\n")


def test_few_files_are_no_work_for_two(run, file, monkeypatch):
    monkeypatch.setattr("webhook.cli.pool.work_in_parallel", None)

    assert 0 == run("check", "--jobs", "8", file("pod.yaml", dump_yaml([pod()]))).code


def test_there_is_a_core():
    assert effort.cores() >= 1


def test_no_process_is_misuse(run):
    assert 2 == run("check", "--jobs", "0", "-").code
