"""Progress on a terminal: nothing for a second, then one line, and nothing at the end."""

import io

import pytest

from webhook.cli.progress import Progress


class Terminal(io.StringIO):
    """A terminal that remembers what was written to it."""

    def isatty(self):
        return True


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def terminal():
    return Terminal()


@pytest.fixture
def progress(clock, terminal):
    return Progress("9 files", 200, stream=terminal, clock=clock)


def test_work_of_less_than_a_second_shows_nothing(progress, clock, terminal):
    clock.now += 0.99
    progress.add(100)
    progress.erase()

    assert "" == terminal.getvalue()


def test_after_a_second_it_tells_how_far_we_are(progress, clock, terminal):
    progress.add(50)
    clock.now += 1.5
    progress.tick()

    assert "\r\033[Kchecking 9 files: 25 %, 2 s" == terminal.getvalue()


def test_it_is_not_drawn_again_too_soon(progress, clock, terminal):
    clock.now += 1
    progress.tick()
    clock.now += 0.1
    progress.tick()
    clock.now += 0.15
    progress.add(200)

    assert [": 0 %, 1 s", ": 100 %, 1 s"] == [line.removeprefix("\033[Kchecking 9 files") for line in shown(terminal)]


def test_the_line_is_erased_at_the_end_once(progress, clock, terminal):
    clock.now += 1
    progress.tick()
    progress.erase()
    progress.erase()

    assert ["\033[Kchecking 9 files: 0 %, 1 s", "\033[K"] == shown(terminal)


def test_where_there_is_no_terminal_nothing_is_written(clock):
    stream = io.StringIO()
    progress = Progress("9 files", 200, stream=stream, clock=clock)

    clock.now += 10
    progress.add(100)
    progress.erase()

    assert "" == stream.getvalue()


def test_work_of_unknown_size_is_no_division_by_zero(clock, terminal):
    progress = Progress("<stdin>", 0, stream=terminal, clock=clock)

    clock.now += 2
    progress.add(5)

    assert terminal.getvalue().endswith("checking <stdin>: 0 %, 2 s")


def shown(terminal):
    return terminal.getvalue().split("\r")[1:]
