"""Worker processes: all answers, in whatever order; and what happens when something goes wrong in one."""

import multiprocessing as mp
import os
import signal
import threading
import time

import pytest

from webhook.cli.pool import WorkerError, work_in_parallel

CONTEXTS = [pytest.param(name, id=name) for name in ("fork", "spawn")]


def square(number):
    return number * number


def pid_of(_):
    time.sleep(0.01)
    return os.getpid()


def fail_at_three(number):
    if number == 3:
        raise ZeroDivisionError("three")
    return number


def die_at_three(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def answer_at_length(number):
    return "x" * number


def batches(numbers, size=2):
    pieces = list(enumerate(numbers))
    return iter([pieces[at : at + size] for at in range(0, len(pieces), size)])


def ended():
    """No process of ours is left."""
    return not mp.active_children()


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_piece_is_answered(context):
    found = dict(work_in_parallel(batches(range(20)), square, jobs=2, context=mp.get_context(context)))

    assert {number: number * number for number in range(20)} == found
    assert ended()


def test_several_processes_work_and_none_of_them_is_ours():
    pids = {pid for _, pid in work_in_parallel(batches(range(20)), pid_of, jobs=2)}

    assert 2 == len(pids)
    assert os.getpid() not in pids


def test_no_more_workers_start_than_there_is_work_for():
    assert 1 == len({pid for _, pid in work_in_parallel(batches(range(3), size=3), pid_of, jobs=8)})


def test_no_work_is_no_answer():
    assert [] == list(work_in_parallel(iter([]), square, jobs=2))


def test_where_there_are_threads_no_process_is_forked():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        found = dict(work_in_parallel(batches(range(3)), square, jobs=1))
    finally:
        done.set()
        thread.join()

    assert {0: 0, 1: 1, 2: 4} == found


def test_long_answers_and_long_questions_block_nobody():
    found = dict(work_in_parallel(batches([1_000_000] * 6), answer_at_length, jobs=2))
    echoed = dict(work_in_parallel(batches(["y" * 1_000_000] * 6), len, jobs=2))

    assert {1_000_000} == {len(text) for text in found.values()} == set(echoed.values())


def test_an_error_in_a_worker_is_raised_with_its_piece_and_its_trace():
    with pytest.raises(WorkerError, match=r"^3: it could not be checked") as caught:
        list(work_in_parallel(batches(range(9)), fail_at_three, jobs=2))

    assert any("ZeroDivisionError: three" in note for note in caught.value.__notes__)
    assert ended()


def test_a_worker_that_dies_is_told_with_the_piece_that_it_had():
    with pytest.raises(WorkerError, match=r"^3: the worker that had it died \(exit code -9\)"):
        list(work_in_parallel(batches(range(9)), die_at_three, jobs=2))

    assert ended()


def test_whoever_stops_listening_ends_the_workers():
    answers = work_in_parallel(batches(range(100)), pid_of, jobs=2)
    next(answers)

    answers.close()

    assert ended()


def test_ctrl_c_is_ours_again_once_the_workers_have_started():
    before = signal.getsignal(signal.SIGINT)
    answers = work_in_parallel(batches(range(4)), square, jobs=2)
    next(answers)

    assert before is signal.getsignal(signal.SIGINT)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    answers.close()


def test_ctrl_c_while_workers_start_is_heard_and_ends_them():
    def interrupted():
        yield [(0, 1)]
        signal.raise_signal(signal.SIGINT)
        yield [(1, 2)]

    with pytest.raises(KeyboardInterrupt):
        list(work_in_parallel(interrupted(), square, jobs=2))

    assert ended()


def test_we_look_up_while_we_wait():
    ticks = []

    list(work_in_parallel(batches(range(4)), pid_of, jobs=1, tick=lambda: ticks.append(1)))

    assert ticks
