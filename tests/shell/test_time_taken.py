import pytest

from webhook.core.pod import Container, Role
from webhook.shell.program import program_of
from webhook.shell.time_taken import TimeTaken, time_taken


def taken(*command):
    return time_taken(program_of(Container({"command": list(command)}, Role.INIT, "spec.initContainers", 0)))


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("sleep 5", 5, 5),
        ("sleep 1.5; sleep 2", 3.5, 3.5),
        ("sleep 1m 30s", 90, 90),
        ("sleep 1h; sleep 1d", 90000, 90000),
        ("echo wait && sleep 5", 5, 5),
        ("settle() { sleep 5; }; settle", 5, 5),
        ("timeout 10 work", 0, 10),
        ("timeout --signal KILL -k 5 1m work; sleep 1", 1, 61),
        ("sleep soon", 0, 0),
        ("sleep", 0, 0),
        ("sleep 5 &", 0, 0),
        ("work || sleep 5", 0, 0),
        ("[ -f /x ] && sleep 5", 0, 0),
        ("timeout", 0, 0),
        ("timeout $LIMIT work", 0, 0),
        ("work", 0, 0),
        ("if then sleep 5", 0, 0),
    ],
)
def test_sleeps_and_deadlines_add_up(text, least, most):
    assert TimeTaken(least, most) == taken("sh", "-c", text)


def test_without_a_shell_it_is_read_as_well():
    assert TimeTaken(7, 7) == taken("sleep", "7")
    assert TimeTaken(0, 60) == taken("timeout", "60", "sh", "-c", "sleep 90")
    assert TimeTaken() == taken()
