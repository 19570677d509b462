import pytest

from tests.builders import container
from webhook.core.pod import Container, Role
from webhook.shell.program import program_of, size_of_texts
from webhook.shell.script import commands


def given(command=None, args=None, **fields):
    raw = container(command=command, args=args, **fields)
    return Container(raw, Role.INIT, "spec.initContainers", 0)


def program(command=None, args=None, **fields):
    return program_of(given(command, args, **fields))


@pytest.mark.parametrize(
    ("command", "args"),
    [
        pytest.param(["sh", "-c", "a"], None, id="all in command"),
        pytest.param(["/bin/sh"], ["-c", "a"], id="the script in args"),
        pytest.param(["bash", "-euxo", "pipefail", "-c"], ["a"], id="many options"),
        pytest.param(["bash", "-c", "-e", "a", "name", "more"], None, id="an option after -c"),
        pytest.param(["sh", "-c", "--", "a"], None, id="end of options"),
        pytest.param(["bash", "--norc", "--rcfile", "/x", "-lc", "a"], None, id="long options"),
        pytest.param(["busybox", "sh", "-c", "a"], None, id="busybox"),
        pytest.param(["/sbin/tini", "-s", "--", "sh", "-c", "a"], None, id="tini"),
        pytest.param(["env", "-i", "A=b", "sh", "-c", "a"], None, id="env"),
        pytest.param(["timeout", "-k", "5", "60", "sh", "-c", "a"], None, id="timeout"),
        pytest.param(["su-exec", "app", "sh", "+x", "-c", "a"], None, id="another user"),
    ],
)
def test_the_script_of_a_shell_is_found(command, args):
    found = program(command, args)

    assert found.is_shell
    assert ["a"] == [one.name for one in commands(found.statements)]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["sh", "/scripts/a.sh", "-c"], id="a file"),
        pytest.param(["sh"], id="nothing"),
        pytest.param(["sh", "-c"], id="no script"),
        pytest.param(["sh", "-c", "if"], id="a script that cannot be read"),
        pytest.param(["sh", "-s"], id="its input"),
    ],
)
def test_of_a_shell_without_a_readable_script_nothing_is_said(command):
    found = program(command)

    assert found.is_shell
    assert (None, ()) == (found.script, found.statements)


def test_without_a_command_the_image_decides():
    found = program(args=["-c", "a"])

    assert ((), "", ()) == (found.argv, found.name, found.statements)


def test_without_a_shell_the_words_are_one_command():
    found = program(["/usr/bin/wget", "-O"], ["/x y", None, "$(nobody)", ">z"])

    [command] = found.statements
    assert not found.is_shell
    assert ("wget", ("-O", "/x y", "", "$(nobody)", ">z")) == (command.name, command.args)
    assert () == command.redirects


@pytest.mark.parametrize(
    ("flags", "errexit"),
    [
        (["-c"], False),
        (["-ec"], True),
        (["-e", "-c"], True),
        (["-o", "errexit", "-c"], True),
        (["-o", "pipefail", "-c"], False),
        (["-eo", "pipefail", "-c"], True),
        (["-e", "+e", "-c"], False),
        (["--posix", "-c"], False),
    ],
)
def test_errexit_is_an_option_of_the_shell(flags, errexit):
    assert errexit is program(["bash", *flags, "a"]).errexit


def test_what_starts_the_program_is_told():
    assert ("tini", "timeout") == program(["tini", "--", "timeout", "60", "sh", "-c", "a"]).starters
    assert ("chroot",) == program(["chroot", "/host", "cp", "a", "b"]).starters
    assert () == program(["sh", "-c", "timeout 60 a"]).starters


def test_references_of_kubernetes_are_variables_and_no_commands():
    env = [{"name": "HOST", "value": "db"}, None]
    text = "nc $(HOST) $(PORT) $$(date) $$HOST"
    found = program(["sh", "-c", text], env=env)

    assert {"nc", "PORT", "date"} == {one.name for one in commands(found.statements)}
    assert "${HOST}" in [word.text for one in commands(found.statements) for word in one.words]
    assert text == found.script.text == found.argv[2]


def test_a_reference_without_a_shell_is_no_literal():
    [command] = program(["touch", "$(DIR)/x", "/y"], env=[{"name": "DIR", "value": "/d"}]).statements

    assert [True, False, True] == [word.is_literal for word in command.words]


def test_the_texts_of_containers_are_measured():
    assert 6 == size_of_texts((given(["ab", None], ["c"]), given(), given(["def"])))
