from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.outbox.pacing import HELD_AT_MOST, Rate, allowed, family, is_held, moved
from tests.builders import NOW

ONE_A_SECOND = Rate(60, 5)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def test_a_burst_is_allowed_and_then_one_for_each_interval() -> None:
    used = moved(ONE_A_SECOND, NOW, NOW, 5)

    assert allowed(ONE_A_SECOND, NOW, NOW) == 5
    assert allowed(ONE_A_SECOND, used, NOW) == 0
    assert allowed(ONE_A_SECOND, used, NOW + seconds(2.5)) == 2
    assert allowed(ONE_A_SECOND, used, NOW + timedelta(days=1)) == 5


def test_what_a_clock_in_the_future_wrote_holds_nobody() -> None:
    assert allowed(ONE_A_SECOND, NOW + timedelta(days=1), NOW) == 5
    assert not is_held(NOW + timedelta(days=1), NOW)
    assert is_held(NOW + HELD_AT_MOST, NOW)
    assert not is_held(NOW, NOW)


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 600), st.integers(1, 40))
def test_in_no_minute_there_are_more_than_the_burst_and_a_minutes_calls(
    pauses: list[float], a_minute: int, burst: int
) -> None:
    rate, now, free_at = Rate(a_minute, burst), NOW, NOW
    made: list[float] = []
    for pause in pauses:
        now += seconds(pause)
        calls = allowed(rate, free_at, now)
        free_at = moved(rate, free_at, now, calls)
        made.extend([(now - NOW).total_seconds()] * calls)

    for start in made:
        assert sum(start <= at < start + 60 for at in made) <= a_minute + burst


@pytest.mark.parametrize(
    ("method", "counted"),
    [("files.getUploadURLExternal", "files"), ("conversations.replies", "conversations.history"), ("a.b", "a.b")],
)
def test_methods_are_counted_by_family(method: str, counted: str) -> None:
    assert family(method) == counted
