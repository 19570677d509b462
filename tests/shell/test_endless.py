import pytest

from webhook.core.pod import Container, Role
from webhook.shell.endless import never_ends
from webhook.shell.program import program_of


def ends_never(*command):
    return never_ends(program_of(Container({"command": list(command)}, Role.APP, "spec.containers", 0)))


@pytest.mark.parametrize(
    "text",
    [
        "sleep infinity",
        "exec sleep inf",
        "tail -f /dev/null",
        "tail -n 5 --follow=name /log",
        "/pause",
        "echo up && tail -F /log",
        "while true; do date; sleep 5; done",
        "while :; do sleep 5; done > /dev/null 2>&1",
        "while sleep 10; do rsync -a /a /b; done",
        "while [ 1 ]; do sleep 1; done",
        "while test 1 -eq 1; do sleep 1; done",
        "until false; do sleep 1; done",
        "trap 'echo bye' TERM; sleep infinity & wait",
        "{ prepare; sleep infinity; }",
        "(tail -f /log | tee /copy)",
    ],
)
def test_what_goes_on_for_ever_is_seen(text):
    assert ends_never("sh", "-c", text)


@pytest.mark.parametrize(
    "text",
    [
        "sleep 5",
        "tail -n 5 /log",
        "tail -f --pid=7 /log",
        "timeout 60 tail -f /log",
        "/pause now",
        "true",
        "sleep infinity & work",
        "work & wait",
        "exit 0; sleep infinity",
        "exec work; sleep infinity",
        "work || sleep infinity",
        "[ -f /debug ] && sleep infinity",
        "if debug; then sleep infinity; fi",
        "f() { sleep infinity; }",
        "tail -f /log | grep -m1 ready",
        "while true; do work && break; sleep 1; done",
        "while true; do done_yet && exit; done",
        "finish() { exit 0; }; while true; do finish; done",
        "while true; do $STEP; done",
        "while ! ready; do sleep 1; done",
        "while a; b; do sleep 1; done",
        "until ready; do sleep 1; done",
        "for i in 1 2; do sleep 1; done",
        "if then",
    ],
)
def test_what_may_end_is_not_taken_for_endless(text):
    assert not ends_never("sh", "-c", text)


def test_a_program_without_a_shell_is_read_as_well():
    assert ends_never("tail", "-F", "/log")
    assert not ends_never("timeout", "60", "sh", "-c", "sleep infinity")
    assert not ends_never()
