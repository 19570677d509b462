import pytest

from tests.builders import container
from webhook.core.pod import Container, Role
from webhook.shell.course import asks, certain, certain_and_asked, deciding, stops_at_failure
from webhook.shell.program import program_of
from webhook.shell.script import parse_script


def program(text, flag="-c"):
    return program_of(Container(container(command=["sh", flag, text]), Role.INIT, "spec.initContainers", 0))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("a; b && c || d", "abc", id="chains"),
        pytest.param("[ -f x ] && b", "[", id="a question first"),
        pytest.param("if a; then b; else c; fi; d", "ad", id="if"),
        pytest.param("while a; do b; done; for i in 1; do c; done; for i in $X; do d; done", "ac", id="loops"),
        pytest.param("a | b; (c; { d; })", "abcd", id="pipes and groups"),
        pytest.param("a & b", "b", id="background"),
        pytest.param("f() { b; f; }; a; f", "afbf", id="a function that calls itself"),
        pytest.param("f() { b; }; a", "a", id="a function that nobody calls"),
        pytest.param("case x in x) a;; esac; b", "b", id="case"),
    ],
)
def test_only_what_runs_for_certain_is_given(text, names):
    assert list(names) == [command.name for command in certain(program(text))]


def test_nothing_runs_after_the_end():
    assert ["a", "exit"] == [command.name for command in certain(program("a; exit 0; b"))]


def test_it_is_told_who_is_ready_for_a_failure():
    found = certain_and_asked(program("a || b; if c; then :; fi; ! d; until e; do :; done; f"))

    assert {"a": True, "c": True, "d": True, "e": True, "f": False} == {one.name: asked for one, asked in found}


@pytest.mark.parametrize(
    ("text", "flag", "names"),
    [
        pytest.param("a; b", "-c", "b", id="the last"),
        pytest.param("a; b", "-ec", "ab", id="all under -e"),
        pytest.param("a && b; c && d", "-ec", "bcd", id="the last of a chain under -e, all of the last chain"),
        pytest.param("a || b", "-c", "", id="an alternative"),
        pytest.param("a | b", "-c", "b", id="the end of a pipe"),
        pytest.param("! a", "-c", "", id="hoped to fail"),
        pytest.param("a; exit; b", "-ec", "a", id="before the end"),
        pytest.param("(a; b)", "-c", "b", id="a group"),
        pytest.param("X=$(a)", "-c", "a", id="an assignment"),
        pytest.param("if a; then b; fi", "-ec", "", id="a branch"),
        pytest.param("a & b &", "-ec", "", id="background"),
        pytest.param("[ -f x ] && a", "-c", "[", id="behind a question"),
    ],
)
def test_the_commands_that_decide_are_given(text, flag, names):
    found = [command.name for command in deciding(program(text, flag)) if command.name not in ("", "exit")]

    assert list(names) == found


@pytest.mark.parametrize(
    ("text", "flag", "stops"),
    [
        ("a", "-c", False),
        ("a", "-ec", True),
        ("set -e; a", "-c", True),
        ("set -x\nset -euo pipefail\na", "-c", True),
        ("set -o errexit; a", "-c", True),
        ("set -e; set +e; a", "-c", False),
        ("set +o errexit; a", "-ec", False),
        ("a; b; c; set -e", "-c", False),
        ("set -- -e; a", "-c", False),
        ("if", "-ec", False),
    ],
)
def test_errexit_counts_from_the_beginning_to_the_end(text, flag, stops):
    assert stops is stops_at_failure(program(text, flag))


@pytest.mark.parametrize(
    ("text", "is_question"),
    [
        ("[ -f x ]", True),
        ("! a", True),
        ("a | grep b", True),
        ("a && [ b ]", True),
        ("(test a)", True),
        ("a", False),
        ("while a; do b; done", False),
    ],
)
def test_a_question_is_told_from_a_step(text, is_question):
    [node] = parse_script(text).statements

    assert is_question is asks(node)
