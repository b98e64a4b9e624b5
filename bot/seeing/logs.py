"""One line of the log for each thing that happened, to stderr, without the words that people wrote.

What is thrown may quote them, and so may what libraries say of requests: of a fault only its kinds and places are told,
of a library's line only how it begins, and whatever looks like a token is blotted out wherever it stands.
"""

import logging
import re
import sys
import threading
from collections.abc import MutableMapping
from traceback import walk_tb
from types import TracebackType
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import InterfaceError, OperationalError

CHATTY = (
    "apscheduler",
    "slack_bolt",
    "slack_sdk",
    "matplotlib",
    "alembic",
    "gunicorn",
    "uvicorn",
    "websockets",
    "asyncio",
)
"""Libraries whose INFO is about themselves, and whose DEBUG is all that goes over the wire."""
BLOT = "(a token)"
_TOKEN = re.compile(r"\b(?:xox[a-z](?:\.xox[a-z])?|xapp|xwfp)-[\w-]+|\bcx_[\w-]{16,}")
_BEGINS = re.compile(r"[^({\[:\n“\"']*")
_DEEPEST = 12

Line = MutableMapping[str, Any]


def set_up_logs(level: str) -> None:
    """Have our own log lines and those of the libraries come out alike."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(shared))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    threading.excepthook = _note_end


def _note_end(ended: threading.ExceptHookArgs) -> None:
    """Of a thread that failed the log tells what it tells of any fault; Python would print all of its message."""
    if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
        name = ended.thread.name if ended.thread else ""
        structlog.get_logger(__name__).error("a thread failed", thread=name, exc_info=ended.exc_value)


def _formatter(shared: list[structlog.typing.Processor]) -> structlog.stdlib.ProcessorFormatter:
    """For people at a terminal, as JSON for programs."""
    shown = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    last: list[structlog.typing.Processor] = [discreet, remove, placed, blotted, shown]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last)


def discreet(_logger: object, _method: str, line: Line) -> Line:
    """Of what a library says of requests and answers, how it begins; the rest may quote them."""
    if not line.get("_from_structlog") and str(line.get("logger", "")).startswith(CHATTY):
        found = _BEGINS.match(str(line["event"]))
        line["event"] = (found[0].strip() if found else "") or "(left out)"
    return line


def placed(_logger: object, _method: str, line: Line) -> Line:
    """A fault as its kinds and where it came from, without its messages and variables."""
    what = line.pop("exc_info", None)
    line.pop("stack_info", None)
    error = sys.exc_info()[1] if what is True else what[1] if isinstance(what, tuple) else what
    if isinstance(error, BaseException):
        line["exception"] = "\n".join(_causes(error))
    return line


def blotted(_logger: object, _method: str, line: Line) -> Line:
    """Without anything that looks like a token."""
    for key, value in line.items():
        if isinstance(value, str):
            line[key] = _TOKEN.sub(BLOT, value)
        elif not isinstance(value, int | float | None):
            line[key] = _TOKEN.sub(BLOT, str(value))
    return line


def _causes(error: BaseException | None) -> list[str]:
    told: list[str] = []
    while error is not None and len(told) < _DEEPEST:
        told.append(
            " ".join(part for part in (type(error).__name__, _safe(error), _places(error.__traceback__)) if part)
        )
        error = error.__cause__ or error.__context__
    return told


def _safe(error: BaseException) -> str:
    """The message of those that speak of machines and not of what people wrote."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", ""))
    if isinstance(error, OperationalError | InterfaceError):
        return str(error.orig).strip().partition("\n")[0]
    return str(error) if isinstance(error, OSError) else ""


def _places(traceback: TracebackType | None) -> str:
    frames = [f"{frame.f_code.co_filename}:{line}" for frame, line in walk_tb(traceback)]
    return " ".join(["at", *reversed(frames[-_DEEPEST:])]) if frames else ""
