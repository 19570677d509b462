"""One structured line per review, and one per event of the service; never the Pod, never a secret."""

import sys
from typing import Any, TextIO

import orjson
import structlog

Logger = Any  # structlog's bound loggers are typed by their wrapper class, which configure() chooses at run time.


def configure(stream: TextIO | None = None, *, form: str = "auto") -> None:
    """Send log lines to a stream (standard error): coloured text on a terminal, JSON otherwise."""
    out = stream or sys.stderr
    text = form == "text" or (form == "auto" and out.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if text:
        processors = [*shared, structlog.dev.ConsoleRenderer(colors=out.isatty())]
        factory: Any = structlog.PrintLoggerFactory(out)
    else:
        dumps = structlog.processors.JSONRenderer(serializer=orjson.dumps)
        processors = [*shared, structlog.processors.format_exc_info, dumps]
        factory = structlog.BytesLoggerFactory(out.buffer)
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(20),
        logger_factory=factory,
        cache_logger_on_first_use=True,
    )


def logger() -> Logger:
    """Give the logger of the service."""
    return structlog.get_logger("prologue")
