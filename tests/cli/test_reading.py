"""Files, folders, standard input; and what is said of what cannot be read."""

import contextlib
import io
import os
import socket
from pathlib import Path

import pytest

import webhook.cli.check
from tests.builders import pod
from webhook.cli.listing import list_sources
from webhook.manifest.bounds import MAX_BYTES
from webhook.manifest.writer import dump_json, dump_yaml

POD = dump_yaml([pod()])


def names(ran):
    return [result["file"] for result in ran.json["results"]]


def test_a_dash_reads_standard_input(run):
    ran = run("check", "--format", "json", "-", stdin=POD)

    assert (0, ["<stdin>"]) == (ran.code, names(ran))


def test_standard_input_may_be_a_stream_of_json_values(run):
    ran = run("check", "--format", "json", "-", stdin=dump_json([pod(), pod()]))

    assert [0, 1] == [result["document"] for result in ran.json["results"]]


def test_empty_standard_input_is_no_document(run):
    ran = run("check", "-")

    assert (0, "0 documents: 0 at deny, 0 at warn\n") == (ran.code, ran.out)


def test_a_folder_is_read_deeply_in_the_order_of_names(run, file):
    for name in ("all/b.yml", "all/a.yaml", "all/deep/er/c.json", "all/readme.md", "all/x.yaml.orig"):
        file(name, dump_json([pod()]))

    ran = run("check", "--format", "json", "all")

    assert ["all/a.yaml", "all/b.yml", "all/deep/er/c.json"] == names(ran)


def test_hidden_names_in_a_folder_are_left_out(run, file):
    for name in ("all/..2026/a.yaml", "all/.git/b.yaml", "all/.c.yaml", "all/d.yaml"):
        file(name, POD)

    ran = run("check", "--format", "json", "all")

    assert ["all/d.yaml"] == names(ran)


def test_a_hidden_file_that_is_named_is_read(run, file):
    ran = run("check", "--format", "json", file(".hidden/.pod.yaml", POD))

    assert [".hidden/.pod.yaml"] == names(ran)


def test_an_empty_file_holds_no_document(run, file):
    ran = run("check", file("empty.yaml", ""))

    assert (0, "0 documents: 0 at deny, 0 at warn\n", "") == (ran.code, ran.out, ran.err)


@pytest.mark.parametrize(
    ("name", "content", "place", "says"),
    [
        pytest.param("a.yaml", "kind: Pod\nmetadata: {name: x\n", "a.yaml:3:1", "this is no YAML", id="a bracket open"),
        pytest.param("a.yaml", "a: 1\n\tb: 2\n", "a.yaml:2:1", "a tab character", id="a tab"),
        pytest.param("a.yaml", "a: b: c\n", "a.yaml:1:5", "quote a value", id="two colons"),
        pytest.param("a.json", '{\n  "a": 1\n  "b": 2}\n', "a.json:3:3", "this is no JSON", id="a missing comma"),
        pytest.param("a.yaml", b"a: 1\nb: \xff\n", "a.yaml:2:4", "no UTF-8", id="another encoding"),
        pytest.param("a.yaml", "a: 1\n---\njust text\n", "a.yaml:3:1", "an object with apiVersion", id="text alone"),
        pytest.param("a.yaml", "- a\n- b\n", "a.yaml:1:1", "an object with apiVersion", id="a list alone"),
        pytest.param("a.yaml", "kind: {{ .Values.kind }}\n", "a.yaml:1:", "render it first", id="a template"),
    ],
)
def test_what_is_no_manifest_is_told_with_file_line_and_column(run, file, name, content, place, says):
    ran = run("check", file(name, content))

    assert 2 == ran.code
    assert ran.err.startswith(f"prologue: {place}")
    assert says in ran.err
    assert 1 == len(ran.err.splitlines())


def test_an_item_of_a_list_that_is_no_object_is_told_at_its_own_place(run, file):
    ran = run("check", file("list.yaml", "apiVersion: v1\nkind: List\nitems:\n- a: 1\n- text\n"))

    assert 2 == ran.code
    assert ran.err.startswith("prologue: list.yaml:5:3: ")


def test_a_missing_file_is_told_with_what_to_give(run):
    ran = run("check", "gone.yaml")

    assert 2 == ran.code
    assert "prologue: gone.yaml: there is no such file or folder; give manifests, folders of them, or - for " in ran.err


def test_a_link_that_leads_nowhere_is_a_missing_file(run, tmp_path):
    (tmp_path / "link.yaml").symlink_to("gone.yaml")

    ran = run("check", "link.yaml")

    assert (2, True) == (ran.code, "link.yaml: there is no such file" in ran.err)


def test_a_link_that_leads_nowhere_inside_a_folder_is_told_too(run, file, tmp_path):
    file("all/a.yaml", POD)
    (tmp_path / "all/link.yaml").symlink_to("gone.yaml")

    ran = run("check", "all")

    assert (2, True) == (ran.code, "all/link.yaml: there is no such file" in ran.err)


def test_what_cannot_be_opened_is_told_with_the_reason(run, tmp_path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.yaml")

        ran = run("check", "socket.yaml")

    assert (2, True) == (ran.code, ran.err.startswith("prologue: socket.yaml: cannot be read: "))


def test_a_folder_named_like_a_file_is_a_folder(run, tmp_path):
    (tmp_path / "pod.yaml").mkdir()

    ran = run("check", "pod.yaml")

    assert (2, "prologue: pod.yaml: holds no *.yaml, *.yml or *.json file\n") == (ran.code, ran.err)


def test_what_can_be_read_is_still_answered(run, file):
    ran = run("check", "gone.yaml", file("bad.yaml", "a: ["), file("pod.yaml", POD))

    assert 2 == ran.code
    assert ran.out.startswith("ok  pod.yaml: Pod shop")
    assert ["gone.yaml", "bad.yaml"] == [line.split(":")[1].strip() for line in ran.err.splitlines()]


def test_a_folder_that_cannot_be_listed_is_told(run, file):
    file("all/secret/a.yaml", POD)
    run("check", file("all/b.yaml", POD))  # all is imported, for who has no rights may not import either

    with unprivileged("all/secret"):
        ran = run("check", "all")

    assert 2 == ran.code
    assert ran.out.startswith("ok  all/b.yaml")
    assert "prologue: all/secret: cannot be read: Permission denied\n" == ran.err


def test_a_file_that_may_not_be_read_is_told(run, file):
    file("all/a.yaml", POD)
    run("check", file("all/b.yaml", POD))  # all is imported, for who has no rights may not import either

    with unprivileged("all/a.yaml"):
        ran = run("check", "all")

    assert 2 == ran.code
    assert ran.out.startswith("ok  all/b.yaml")
    assert "prologue: all/a.yaml: cannot be read: Permission denied\n" == ran.err


@contextlib.contextmanager
def unprivileged(closed):
    """Take the rights to a file away, and those of root to do without."""
    path, user = Path(closed), os.geteuid()
    rights = path.stat().st_mode
    Path.cwd().chmod(0o755)
    path.chmod(0)
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        path.chmod(rights)


def test_a_file_that_vanishes_after_it_was_listed_is_told(run, file, monkeypatch, tmp_path):
    for name in ("a.yaml", "b.yaml"):
        file(f"all/{name}", POD)

    def then_remove(arguments):
        listed = list_sources(arguments)
        (tmp_path / "all/a.yaml").unlink()
        return listed

    monkeypatch.setattr(webhook.cli.check, "list_sources", then_remove)

    ran = run("check", "all")

    assert 2 == ran.code
    assert ran.out.startswith("ok  all/b.yaml")
    assert "prologue: all/a.yaml: there is no such file: it vanished just now, or is a link that leads nowhere\n" == (
        ran.err
    )


def test_a_file_beyond_the_limit_is_told_and_not_read(run, tmp_path):
    with (tmp_path / "huge.yaml").open("wb") as huge:
        huge.truncate(MAX_BYTES + 1)  # a hole: it takes no room

    ran = run("check", "huge.yaml")

    assert 2 == ran.code
    assert "prologue: huge.yaml: is larger than 64 MiB, the most that is read; split it into several files\n" == ran.err


def test_a_stream_without_an_end_is_told(run, tmp_path):
    (tmp_path / "all").mkdir()
    (tmp_path / "all/endless.yaml").symlink_to("/dev/zero")

    ran = run("check", "all")

    assert (2, True) == (ran.code, "all/endless.yaml: is larger than 64 MiB" in ran.err)


def test_pipes_in_a_folder_are_left_out(run, file, tmp_path):
    file("all/a.yaml", POD)
    os.mkfifo(tmp_path / "all/pipe.yaml")

    ran = run("check", "--format", "json", "all")

    assert (0, ["all/a.yaml"]) == (ran.code, names(ran))


def test_links_to_folders_are_not_followed(run, file, tmp_path):
    file("all/a.yaml", POD)
    (tmp_path / "all/again.yaml").symlink_to(".")

    assert ["all/a.yaml"] == names(run("check", "--format", "json", "all"))


def test_the_working_folder_is_named_by_no_dot(run, file):
    file("deep/a.yaml", POD)

    assert ["deep/a.yaml"] == names(run("check", "--format", "json", "."))


@pytest.fixture
def deep(tmp_path):
    """A folder deeper than Python recurs, made and taken away step by step: the tools for it recur."""
    folder = tmp_path / "d"
    folder.mkdir()
    for _ in range(1100):
        folder.rename(tmp_path / "e")
        folder.mkdir()
        (tmp_path / "e").rename(folder / "d")
    yield "d/" * 1101
    for _ in range(1100):
        (folder / "d").rename(tmp_path / "e")
        folder.rmdir()
        (tmp_path / "e").rename(folder)


def test_a_folder_may_be_deeper_than_we_could_recur(run, file, deep, tmp_path):
    (tmp_path / deep / "a.yaml").write_text(POD)

    ran = run("check", "--format", "json", "d")

    assert (0, [f"{deep}a.yaml"]) == (ran.code, names(ran))


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
def test_a_name_that_is_no_utf8_is_shown_and_read(run, tmp_path, form):
    name = os.fsdecode(b"\xff.yaml")
    (tmp_path / name).write_text(dump_yaml([pod(init=[{"name": "x"}])]))

    ran = run("check", "--format", form, name)

    assert (1, "") == (ran.code, ran.err)
    assert r"\xff.yaml" in ran.out.replace("%5C", "\\").replace(r"\\", "\\")


def test_a_template_that_was_not_rendered_is_called_one(run, file):
    template = """\
{{- if .Values.enabled }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
{{- end }}
"""

    ran = run("check", file("chart/templates/pod.yaml", template))

    assert 2 == ran.code
    assert ran.err.startswith("prologue: chart/templates/pod.yaml:1:")
    assert "looks like a template that was not rendered: render it first (`helm template`" in ran.err


def test_kinds_that_we_do_not_know_pass_and_are_counted(run, file):
    chart = "apiVersion: v2\nname: shop\nversion: 0.1.0\n"
    crd = "apiVersion: example.com/v1\nkind: Shop\nspec: {template: {spec: {initContainers: [3]}}}\n"

    ran = run("check", file("all.yaml", f"{chart}---\n{crd}---\nreplicas: 3\n"))

    assert (0, "3 documents: 0 at deny, 0 at warn; 3 without a Pod passed\n", "") == (ran.code, ran.out, ran.err)


def test_ten_thousand_files_are_answered_in_the_order_of_their_names(run, tmp_path):
    (tmp_path / "all").mkdir()
    for number in range(10_000):
        (tmp_path / f"all/{number:05}.yaml").write_text("kind: Service\n")

    ran = run("check", "--jobs", "2", "--format", "json", "all")

    assert (0, "") == (ran.code, ran.err)
    assert [f"all/{number:05}.yaml" for number in range(10_000)] == names(ran)


@pytest.mark.parametrize("command", ["check", "inject", "explain"])
def test_every_command_tells_the_same_of_what_it_cannot_read(run, file, tmp_path, command):
    (tmp_path / "empty").mkdir()

    ran = run(command, "gone.yaml", file("bad.yaml", "a: ["), "empty", file("text.yaml", "just text\n"))

    said = {line.split(":")[1].strip(): line for line in ran.err.splitlines() if line.count(":") > 1}
    assert 2 == ran.code
    assert said["gone.yaml"].startswith("prologue: gone.yaml: there is no such file or folder; ")
    assert said["bad.yaml"].startswith("prologue: bad.yaml:2:1: this is no YAML")
    assert "prologue: empty: holds no *.yaml, *.yml or *.json file" == said["empty"]
    assert said["text.yaml"].startswith("prologue: text.yaml:1:1: a manifest is an object")


def test_standard_input_beyond_the_limit_is_told(run, monkeypatch):
    monkeypatch.setattr("webhook.cli.source.MAX_BYTES", 1024 * 1024)

    ran = run("check", "-", stdin="#" * (1024 * 1024 + 1))

    assert (2, "prologue: <stdin>: is larger than 1 MiB, the most that is read; split it into several files\n") == (
        ran.code,
        ran.err,
    )


def test_standard_input_that_cannot_be_read_is_told(run, tmp_path):
    with io.FileIO(os.open(tmp_path / "x", os.O_WRONLY | os.O_CREAT), "r") as unreadable:
        ran = run("check", "-", stdin=io.TextIOWrapper(io.BufferedReader(unreadable)))

    assert (2, "prologue: <stdin>: cannot be read: Bad file descriptor\n") == (ran.code, ran.err)


def test_standard_input_that_is_closed_is_told(run):
    ran = run("check", "-", stdin=None)

    assert (2, "prologue: <stdin>: is closed; pipe manifests into it, or name files\n") == (ran.code, ran.err)


def test_a_link_in_a_ring_is_told(run, file, tmp_path):
    file("all/a.yaml", POD)
    (tmp_path / "all/ring.yaml").symlink_to("ring.yaml")

    ran = run("check", "all")

    assert (2, "prologue: all/ring.yaml: cannot be read: Too many levels of symbolic links\n") == (ran.code, ran.err)
