from bot.installing.turnstile import MINUTE_S, MOST, Turnstile
from tests.bot.installing.stub import Office


def test_so_many_go_through_in_any_minute() -> None:
    time = [0.0]
    turnstile = Turnstile(2, lambda: time[0])

    first = [turnstile.admits() for _ in range(3)]
    time[0] += MINUTE_S

    assert (first, [turnstile.admits() for _ in range(3)]) == ([True, True, False], [True, True, False])


def test_who_comes_when_too_many_begin_is_asked_to_wait_and_no_row_is_written(office: Office) -> None:
    answers = [office.desk.flow.handle_installation(office.asked()).status for _ in range(MOST + 1)]

    assert answers == [302] * MOST + [429]
