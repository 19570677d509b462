"""Files, folders, standard input; and what is said of what cannot be read."""

import socket

import pytest

from tests.builders import pod
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
