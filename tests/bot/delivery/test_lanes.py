"""The threads of delivery and how they are shared."""

from threading import Event

from bot.delivery.lanes import Lanes
from tests.bot.sandbox.world import until


def test_no_workspace_has_more_than_half_of_the_free_threads() -> None:
    lanes, go = Lanes(lambda: None, threads=8), Event()
    lanes.start()
    begun = dict.fromkeys("abcde", 0)
    for name in begun:
        while lanes.room(name):
            lanes.begin(name, go.wait)
            begun[name] += 1

    assert begun == {"a": 4, "b": 2, "c": 1, "d": 1, "e": 0}
    go.set()
    assert lanes.end(5)


def test_who_came_last_waits_for_the_others() -> None:
    lanes = Lanes(lambda: None)
    lanes.begin("b", lambda: None)

    assert lanes.in_turn(["a", "b", "c"]) == ["c", "a", "b"]


def test_a_thread_outlives_what_it_does_and_tells_when_it_is_free() -> None:
    ended: list[str] = []
    lanes = Lanes(lambda: ended.append("one"), threads=1)
    lanes.start()

    def broken() -> None:
        raise RuntimeError("no Slack")

    for _ in range(2):
        lanes.begin("a", broken)
    until(lambda: len(ended) == 2)
    assert lanes.end(5)


def test_what_does_not_end_in_time_is_not_waited_for() -> None:
    lanes, go = Lanes(lambda: None, threads=1), Event()
    lanes.start()
    lanes.begin("a", go.wait)

    assert not lanes.end(0.05)
    go.set()
