import pytest

from planning.schedules.cron import Cron

EVERY = frozenset(range(7))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0 9 * * mon", "every Monday at 09:00"),
        ("30 8 * * mon-fri", "every working day at 08:30"),
        ("0 3 * * *", "every day at 03:00"),
        ("5 7 * * sat,sun", "every Saturday and Sunday at 07:05"),
        ("0 9 1-7 1,4,7,10 tue", "the first Tuesday of January, April, July and October at 09:00"),
        ("0 9 4 3,6,9,12 *", "on day 4 of March, June, September and December at 09:00"),
        ("0 9 22-28 * thu", "the fourth Thursday of each month at 09:00"),
        ("0 9 13 * fri", "on day 13 when it is a Friday of each month at 09:00"),
        ("0 9 1,15-17 * *", "on day 1 and 15–17 of each month at 09:00"),
        ("0 9 * feb *", "every day in February at 09:00"),
    ],
)
def test_it_is_said_in_words(text: str, said: str) -> None:
    assert Cron.of(text).said == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0 9 * *",
        "0 9 * * mon *",
        "*/5 9 * * *",
        "0 9,17 * * *",
        "60 9 * * *",
        "0 24 * * *",
        "-1 9 * * *",
        "٣ 9 * * *",
        "0 9 0 * *",
        "0 9 32 * *",
        "0 9 5-1 * *",
        "0 9 * 13 *",
        "0 9 * * 1",
        "0 9 * * funday",
        "0 9 * * fri-mon",
        "0 9 30 2 *",
        "0 9 31 2,4,6,9,11 *",
        "0 9 1, * *",
        "0 9 last * *",
    ],
)
def test_what_is_wrong_is_told_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"five fields|does not exist"):
        Cron.of(text)


def test_case_and_spaces_do_not_matter() -> None:
    assert Cron.of("  0  9 * *  MON-Wed ") == Cron.of("0 9 * * mon-wed")


def test_a_leap_day_is_a_day() -> None:
    assert Cron.of("0 9 29 feb *").said == "on day 29 of February at 09:00"


def test_a_week_is_made_of_its_days() -> None:
    assert Cron.weekly(frozenset({0, 4}), 9, 5).text == "5 9 * * mon,fri"
    assert Cron.weekly(EVERY, 9, 5) == Cron.of("5 9 * * *")
