"""Garbage is looked for when we say so, where Python does not by itself."""

import gc
import weakref

import pytest

from webhook.cli.garbage import collect


class Ring:
    """Something that only holds itself."""

    def __init__(self):
        self.me = self


@pytest.fixture
def unwatched():
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


def test_a_ring_is_freed(unwatched):
    gone = weakref.ref(Ring())

    collect()

    assert gone() is None
    assert gc.get_freeze_count()


def test_where_python_looks_by_itself_nothing_is_done():
    collect()

    assert 0 == gc.get_freeze_count()
