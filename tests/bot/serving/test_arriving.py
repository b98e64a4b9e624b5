from collections.abc import Iterator
from socket import socket, socketpair
from typing import Any
from unittest.mock import Mock

import pytest

from bot.serving.arriving import LOOK, Arriving, is_here

HEAD = b"POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-length: 4\r\n\r\n"
LONG = HEAD.replace(b": 4", b": 900000")


@pytest.fixture
def ends() -> Iterator[tuple[socket, socket]]:
    """Who sends, and who hears."""
    sender, hearer = socketpair()
    with sender, hearer:
        yield sender, hearer


@pytest.mark.parametrize(
    ("sent", "here"),
    [
        (b"", False),
        (b"POST /sl", False),
        (HEAD, False),
        (HEAD + b"a=", False),
        (HEAD + b"a=12", True),
        (b"GET /slack/install HTTP/1.1\r\nHost: a\r\n\r\n", True),
        (LONG + b"a=12", False),
        (LONG + b"x" * LOOK, True),
        (b"x" * LOOK, True),
    ],
    ids=["nothing", "begun", "no body", "half a body", "whole", "no length", "long", "much of it", "no end"],
)
def test_a_request_is_answered_when_it_is_there(ends: tuple[socket, socket], sent: bytes, here: bool) -> None:
    ends[0].sendall(sent)

    assert is_here(ends[1]) is here


def test_who_has_gone_is_not_waited_for(ends: tuple[socket, socket]) -> None:
    ends[0].close()

    assert is_here(ends[1])


def test_what_arrives_in_time_is_let_in_and_nobody_waits_for_the_rest(ends: tuple[socket, socket]) -> None:
    caller: Any = Mock(sock=ends[1])
    waiting, hasty = Arriving(), Arriving(reading_s=-1)
    for each in (waiting, hasty):
        each.wait(caller)
    assert [len(found) for found in (*waiting.look(), *hasty.look())] == [0, 0, 0, 1]

    ends[0].sendall(HEAD + b"a=12")
    assert [len(found) for found in waiting.look()] == [1, 0]
    assert (len(waiting), len(hasty)) == (0, 0)


def test_of_too_many_the_oldest_make_room(ends: tuple[socket, socket]) -> None:
    callers: list[Any] = [Mock(sock=ends[1]) for _ in range(3)]
    waiting = Arriving(most=2)
    for each in callers:
        waiting.wait(each)

    assert waiting.look() == ([], callers[:1])
