import multiprocessing
import time
from pathlib import Path

import pytest

from tests.cluster.cache import cache_folder, finished, kept
from tests.cluster.left_out import LeftOutError
from tests.cluster.progress import Progress


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PROLOGUE_CACHE", str(tmp_path))
    return tmp_path


def fill(folder: Path) -> None:
    (folder / "tool").write_text("whole")


def fail(folder: Path) -> None:
    (folder / "tool").write_text("half")
    raise LeftOutError("no network")


def make(act, stamp: str = "1") -> Path:
    return kept("thing", stamp=stamp, fill=act, progress=Progress())


def test_what_was_made_is_found_again(cache: Path):
    made = make(fill)

    assert made == finished("thing", "1") == cache / "thing"
    assert (made / "tool").read_text() == "whole"


def test_what_was_made_is_not_made_again():
    make(fill)

    assert make(fail) == finished("thing", "1")


def test_what_was_made_as_something_else_is_made_again():
    make(fill, "1")

    make(lambda folder: (folder / "other").touch(), "2")

    assert finished("thing", "1") is None
    assert not (cache_folder() / "thing" / "tool").exists()


def test_what_failed_half_way_is_nowhere(cache: Path):
    with pytest.raises(LeftOutError, match="no network"):
        make(fail)

    assert finished("thing", "1") is None
    assert [path.name for path in cache.iterdir()] == ["thing.lock"]


def test_a_draft_of_a_killed_run_is_cleared_away(cache: Path):
    (cache / ".thing-killed").mkdir()

    make(fill)

    assert not (cache / ".thing-killed").exists()


def test_a_folder_without_its_stamp_is_made_again(cache: Path):
    (cache / "thing").mkdir()
    (cache / "thing" / "tool").write_text("half")

    assert (make(fill) / "tool").read_text() == "whole"


def test_a_failure_can_be_tried_again_later():
    with pytest.raises(LeftOutError):
        make(fail)

    assert make(fill) == finished("thing", "1")


def test_a_cache_that_cannot_be_written_is_said_in_one_line(cache: Path, monkeypatch: pytest.MonkeyPatch):
    (cache / "file").touch()
    monkeypatch.setenv("PROLOGUE_CACHE", str(cache / "file"))

    with pytest.raises(LeftOutError, match="cannot be used"):
        make(fill)


def _make_slowly(outcome: str, started, answers) -> None:
    def act(folder: Path) -> None:
        started.set()
        time.sleep(0.5)
        answers.put("filled")
        {"fill": fill, "fail": fail}[outcome](folder)

    try:
        make(act)
        answers.put("made")
    except LeftOutError as error:
        answers.put(str(error))


@pytest.mark.parametrize(
    ("outcome", "answers"),
    [
        pytest.param("fill", ["filled", "made", "made"], id="both have it"),
        pytest.param("fail", ["filled", "no network", "no network"], id="both hear why not"),
    ],
)
def test_of_two_processes_one_makes_and_the_other_waits(outcome: str, answers: list[str]):
    context = multiprocessing.get_context("fork")
    started, queue = context.Event(), context.SimpleQueue()
    processes = [context.Process(target=_make_slowly, args=(outcome, started, queue)) for _ in range(2)]

    processes[0].start()
    started.wait(10)
    processes[1].start()
    for process in processes:
        process.join(20)

    assert sorted(queue.get() for _ in range(3)) == answers
