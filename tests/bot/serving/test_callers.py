"""Callers who take too long."""

from collections.abc import Iterator
from socket import socket, socketpair

import pytest

from bot.serving.callers import Callers


@pytest.fixture
def line() -> Iterator[tuple[socket, socket]]:
    """Our end and the caller's."""
    ours, theirs = socketpair()
    theirs.settimeout(10)
    with ours, theirs:
        yield ours, theirs


def test_who_says_nothing_in_time_is_hung_up_on(line: tuple[socket, socket]) -> None:
    callers = Callers(reading_s=-1)
    with callers.listening(line[0]):
        assert callers.hang_up() == 1

    assert line[1].recv(1) == b""


def test_who_has_said_it_all_has_longer(line: tuple[socket, socket]) -> None:
    callers = Callers(reading_s=-1)
    with callers.listening(line[0]):
        callers.heard()
        assert callers.hang_up() == 0


def test_who_was_answered_is_not_hung_up_on(line: tuple[socket, socket]) -> None:
    callers = Callers(reading_s=-1)
    with callers.listening(line[0]):
        pass

    assert callers.hang_up() == 0
