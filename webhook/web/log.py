"""One structured line per review, and one per event of the service; never the Pod, never a secret."""

import logging
import sys
import traceback
from typing import IO, Any, BinaryIO, TextIO, cast

import orjson
import structlog

from webhook.admission.telling import one_line

Logger = Any  # structlog's bound loggers are typed by their wrapper class, which configure() chooses at run time.


# The longest name that Kubernetes knows; what is longer came from no API server.
_FIELD_MAX_LENGTH = 253


def configure(stream: TextIO | None = None, *, form: str = "auto") -> None:
    """Send log lines to a stream (standard error): coloured text on a terminal, JSON otherwise."""
    out = stream or sys.stderr
    text = form == "text" or (form == "auto" and out.isatty())
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if text:
        processors = [*shared, structlog.dev.ConsoleRenderer(colors=out.isatty())]
        factory: Any = structlog.PrintLoggerFactory(cast("TextIO", _Unheard(out)))
    else:
        dumps = structlog.processors.JSONRenderer(serializer=orjson.dumps)
        processors = [*shared, structlog.processors.format_exc_info, dumps]
        factory = structlog.BytesLoggerFactory(cast("BinaryIO", _Unheard(out.buffer)))
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(20),
        logger_factory=factory,
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)


def logger() -> Logger:
    """Give the logger of the service."""
    return structlog.get_logger("prologue")


def short(text: str) -> str:
    """Give what a caller calls itself or its object as the log may hold it: on one line and no longer than a name."""
    return text if len(text) <= _FIELD_MAX_LENGTH and text.isprintable() else one_line(text, _FIELD_MAX_LENGTH)


def frames(error: BaseException) -> list[str]:
    """Give where an error came from, innermost last, without its message: that may repeat what stood in a Pod."""
    steps = traceback.extract_tb(error.__traceback__)
    return [f"{step.filename.rpartition('site-packages/')[2]}:{step.lineno} {step.name}" for step in steps]


class _Unheard:
    """A stream that may lose its reader or run out of space: no reason to stop answering reviews."""

    def __init__(self, stream: IO[Any]) -> None:
        self._stream = stream

    def write(self, data: Any) -> None:
        """Write, or lose the line."""
        # contextlib.suppress takes as long as the writing itself.
        try:
            self._stream.write(data)
        except OSError:
            return

    def flush(self) -> None:
        """Flush, or lose the line."""
        try:
            self._stream.flush()
        except OSError:
            return


class _Libraries(logging.Handler):
    """Lets the libraries' warnings come out as lines of our log, not as text between them."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        told = {"error": type(error).__name__, "frames": frames(error)} if error is not None else {}
        logger().log(record.levelno, "library", library=record.name, message=record.getMessage(), **told)
