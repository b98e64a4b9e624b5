"""The log says what happened, and never what somebody wrote or could get in with."""

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
import structlog

from bot.seeing.logs import BLOT, CHATTY, set_up_logs

SECRET = "We sell the harbour office"
TOKENS = ("xoxb-12-34-AbCdEf", "xapp-1-A0-99-ffff", "xoxe.xoxb-1-Mi0yLTE", "xwfp-77-aa", "cx_0123456789abcdefXYZ")


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that is logged, at the most talkative level."""
    written = io.StringIO()
    levels = {name: logging.getLogger(name).level for name in CHATTY}
    handlers, level = list(logging.getLogger().handlers), logging.getLogger().level
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)  # is put back at the end
    set_up_logs("debug")
    yield written
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def told(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_of_a_thread_that_fails_the_log_tells_no_more(lines: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    failing = Thread(target=fail, name="saying")
    failing.start()
    failing.join()

    (line,) = told(lines)
    assert (line["event"], line["thread"], SECRET in lines.getvalue()) == ("a thread failed", "saying", False)
    assert line["exception"].startswith("ValueError")


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_blotted_out_wherever_it_stands(lines: io.StringIO, token: str) -> None:
    structlog.get_logger("bot.any").warning(f"with {token}", field=token, nested={"deep": [token]})
    logging.getLogger("other").error("plain %s", token)

    assert token not in lines.getvalue()
    assert lines.getvalue().count(BLOT) == 4


def test_a_fault_is_told_by_its_kinds_and_places_and_not_in_its_words(lines: io.StringIO) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"input_value={SECRET!r}") from error
    except ValueError:
        structlog.get_logger("bot.any").exception("failed")

    (line,) = told(lines)
    assert SECRET not in lines.getvalue()
    assert [each.split()[0] for each in line["exception"].splitlines()] == ["ValueError", "KeyError"]
    assert "test_logs.py:" in line["exception"]


def test_what_a_machine_says_of_itself_is_told(lines: io.StringIO) -> None:
    try:
        raise ConnectionRefusedError(111, "Connection refused")
    except OSError:
        structlog.get_logger("bot.any").exception("failed")

    assert "Connection refused" in told(lines)[0]["exception"]


@pytest.mark.parametrize("library", ["slack_bolt", "slack_sdk.web.base_client", "websockets.client"])
def test_of_a_librarys_line_only_its_beginning_is_told(lines: io.StringIO, library: str) -> None:
    logger = logging.getLogger(library)
    logger.debug("Sending a message (%s)", SECRET)
    logger.info("Invalid request signature detected (body: %s)", SECRET)
    logger.warning("Unhandled request (%s)\n---\n[Suggestion] %s", {"text": SECRET}, SECRET)
    logger.error(SECRET.join("{}"))

    assert SECRET not in lines.getvalue()
    assert [line["event"] for line in told(lines)] == ["Unhandled request", "(left out)"]


def test_a_line_carries_the_request_that_it_belongs_to(lines: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request="abc", user="U1"):
        structlog.get_logger("bot.any").info("one")
        logging.getLogger("handlers.errors").error("two")

    assert [(line["request"], line["user"]) for line in told(lines)] == [("abc", "U1")] * 2
