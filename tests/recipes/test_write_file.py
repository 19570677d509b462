"""The recipe write-file: what it refuses, and its script at work on every sort of text."""

import re
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recipes.kubelet import FACTS, environment
from webhook.core.errors import OptionsError
from webhook.recipes.write_file import Options, ResourceField, Value, make

NASTY = 'it\'s "quoted" `date` $(date) $$ $HOME ${HOME} %s %n \\n \\\\ \ttab\r\n\n* ? [a] ~ ! # & | ; < > é \U0001f600'
LITERAL_NASTY = NASTY.replace("${HOME}", "$${HOME}")


def container(content: str, path: str = "out.txt", **options):
    return make("write", Options(path=path, content=content, mountPath="/data", **options)).containers[0]


def content_of(made, facts=None) -> str:
    return environment(made, FACTS | (facts or {}))["PROLOGUE_CONTENT"]


@pytest.mark.parametrize(
    ("options", "field"),
    [
        pytest.param({"content": "${WHO}"}, "content", id="hole without value"),
        pytest.param({"content": "a\0b"}, "content", id="zero byte"),
        pytest.param({"content": "ü" * 40000}, "content", id="content too long"),
        pytest.param({"path": ""}, "path", id="no path"),
        pytest.param({"path": "../x"}, "path", id="path that climbs"),
        pytest.param({"path": "/x"}, "path", id="absolute path"),
        pytest.param({"values": {"A B": Value(value="x")}}, "values.A B", id="name with a space"),
        pytest.param({"values": {"1A": Value(value="x")}}, "values.1A", id="name with a digit first"),
        pytest.param({"values": {"A": Value()}}, "values.A", id="value of nothing"),
        pytest.param(
            {"values": {"A": Value(value="x", fieldRef="status.podIP")}}, "values.A", id="value of two things"
        ),
        pytest.param({"values": {"A": Value(value="a\0b")}}, "values.A", id="zero byte in a value"),
        pytest.param({"values": {"A": Value(value="a" * 70000)}}, "values.A", id="value too long"),
        pytest.param({"values": {"A": Value(fieldRef="status.phase")}}, "values.A", id="field that is not offered"),
        pytest.param({"values": {"A": Value(fieldRef="metadata.labels")}}, "values.A", id="all labels"),
        pytest.param({"values": {"A": Value(resourceFieldRef="limits.gpu")}}, "values.A", id="resource that is none"),
        pytest.param({"mode": "4755"}, "mode", id="mode with a special bit"),
        pytest.param({"mountPath": "data"}, "mountPath", id="relative mount path"),
        pytest.param({"sizeLimit": "-1Mi"}, "sizeLimit", id="negative size"),
    ],
)
def test_an_option_that_cannot_be_is_refused_by_its_name(options, field):
    with pytest.raises(OptionsError) as caught:
        make("write", Options(**({"path": "x", "content": "y", "mountPath": "/data"} | options)))

    assert caught.value.field == field


def test_the_pod_ip_becomes_a_page(kubelet):
    page = "Hello, World! Your Pod IP is: ${POD_IP}\n"
    made = container(page, path="html/index.html", values={"POD_IP": Value(fieldRef="status.podIP")})

    ran = kubelet.run(made, {"status.podIP": "10.100.71.32"})

    assert (ran.code, ran.out, ran.err) == (0, "wrote html/index.html\n", "")
    assert kubelet.files() == {"html/index.html": b"Hello, World! Your Pod IP is: 10.100.71.32\n"}


def test_text_without_holes_comes_out_as_it_is(kubelet):
    ran = kubelet.run(container(LITERAL_NASTY))

    assert ran.code == 0
    assert kubelet.files() == {"out.txt": NASTY.encode()}


def test_values_come_out_as_they_are_and_are_not_looked_into(kubelet):
    values = {"A": Value(value=NASTY + "${B}$(PROLOGUE_VALUE_B)"), "B": Value(fieldRef="metadata.annotations['x']")}

    ran = kubelet.run(container("<${A}|${B}|${A}>", values=values), {"metadata.annotations['x']": NASTY + "${A}"})

    first = NASTY + "${B}$(PROLOGUE_VALUE_B)"
    assert ran.code == 0
    assert kubelet.files()["out.txt"].decode() == f"<{first}|{NASTY}${{A}}|{first}>"


@pytest.mark.parametrize("content", ["", "\n", "\n\n\n", "no line end", "-n", "-e \\c", "a" * 65536])
def test_line_ends_and_options_of_echo_do_not_matter(kubelet, content):
    ran = kubelet.run(container(content))

    assert ran.code == 0
    assert kubelet.files() == {"out.txt": content.encode()}


def test_a_value_called_like_a_shell_variable_does_no_harm(kubelet):
    values = {name: Value(value="/nowhere") for name in ("PATH", "IFS", "HOME", "ENV", "PROLOGUE_DIR")}

    ran = kubelet.run(container("${PATH}:${IFS}", values=values))

    assert ran.code == 0
    assert kubelet.files() == {"out.txt": b"/nowhere:/nowhere"}


def test_amounts_of_containers_are_asked_of_kubernetes():
    values = {
        "OWN": Value(resourceFieldRef="limits.cpu"),
        "APP": Value(resourceFieldRef=ResourceField(resource="requests.memory", containerName="web", divisor="1Mi")),
    }

    env = container("${OWN}${APP}", values=values)["env"]

    assert [entry["valueFrom"]["resourceFieldRef"] for entry in env[:2]] == [
        {"resource": "limits.cpu"},
        {"containerName": "web", "resource": "requests.memory", "divisor": "1Mi"},
    ]


pieces = st.lists(st.sampled_from(["$", "{", "}", "(", ")", "A", "B", "${A}", "$${A}", "$(B)", "$$", "x\n"])).map(
    "".join
)
HOLE = re.compile(r"(\$?)\$\{(\w+)\}")


@given(pieces, pieces, pieces)
def test_holes_are_filled_once_and_everything_else_stays(content, a, b):
    values = {"A": Value(value=a), "B": Value(fieldRef="status.podIP")}
    values |= {name: Value(value="") for _, name in HOLE.findall(content) if name not in values}

    filled = content_of(container(content, values=values), {"status.podIP": b})

    assert filled == HOLE.sub(lambda hole: hole[0][1:] if hole[1] else {"A": a, "B": b}.get(hole[2], ""), content)


@pytest.mark.parametrize(("mode", "expected"), [("0600", 0o600), ("444", 0o444), (420, 0o644)])
def test_run_twice_it_gives_the_same_file_and_mode(kubelet, mode, expected):
    made = container("text", mode=mode)

    codes = [kubelet.run(made).code for _ in range(2)]

    assert codes == [0, 0]
    assert [path.name for path in kubelet.volume.iterdir()] == ["out.txt"]
    assert stat.S_IMODE((kubelet.volume / "out.txt").stat().st_mode) == expected


def test_a_folder_in_the_way_is_said(kubelet):
    (kubelet.volume / "out.txt").mkdir()

    ran = kubelet.run(container("text"))

    assert ran.code == 1
    assert ran.termination_message == "cannot write out.txt: it is a folder\n"


def test_a_file_where_a_folder_should_be_is_said(kubelet):
    (kubelet.volume / "a").touch()

    ran = kubelet.run(container("text", path="a/b"))

    assert ran.code == 1
    assert ran.termination_message == "cannot write a/b: its folder cannot be made\n"


def test_a_failed_write_leaves_the_file_that_was_there(kubelet):
    (kubelet.volume / "out.txt").write_bytes(b"old")
    made = container("text")
    made["command"][2] = 'printf() { case $2 in text) return 1 ;; *) echo "$2" ;; esac; }\n' + made["command"][2]

    ran = kubelet.run(made)

    assert ran.code == 1
    assert kubelet.files() == {"out.txt": b"old"}
    assert "cannot be written to" in ran.termination_message
