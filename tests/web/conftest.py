"""Callers of the application, and a log that tests can read."""

import contextlib
import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from tests.web.asgi import Caller
from webhook.web.log import configure
from webhook.web.state import State


@contextlib.contextmanager
def logging_to_memory() -> Iterator[io.BytesIO]:
    """Let the log go to memory for a while."""
    memory = io.BytesIO()
    # Held until the end: it closes what it writes to when it goes.
    text = io.TextIOWrapper(memory, encoding="utf-8")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    structlog.reset_defaults()
    configure(text, form="json")
    try:
        yield memory
    finally:
        structlog.reset_defaults()
        text.detach()
        root.handlers[:] = handlers
        root.setLevel(level)


@pytest.fixture
def log_lines() -> Iterator[Callable[[], list[dict]]]:
    """Give the lines of the log so far."""
    with logging_to_memory() as memory:
        yield lambda: [json.loads(line) for line in memory.getvalue().splitlines()]


@pytest.fixture
def call(log_lines) -> Iterator[Callable[[State], Caller]]:
    """Make callers that end with the test."""
    with contextlib.ExitStack() as stack:
        yield lambda held: stack.enter_context(contextlib.closing(Caller(held)))
