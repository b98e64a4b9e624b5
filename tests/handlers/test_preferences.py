from datetime import date, time
from typing import Any

import pytest

from bot.scheduling.due_times import next_due
from handlers.preferences import press_preferences, show_preferences, submit_preferences
from planning.alerts.preferences import Notice, Preferences
from planning.alerts.preferring import OFF_MAX
from planning.schedules.values import ScheduleKind
from planning.window import Window
from tests.handlers.slack import Desk, field_of, light, slack_user, spoken, submitted
from tests.planned import preferences

AWAY = "2027-03-22 to 2027-04-02\n2027-05-17"


def opened(desk: Desk) -> dict[str, Any]:
    show_preferences(desk.call())
    return desk.modal


def submit(desk: Desk, **typed: Any) -> None:
    sent = submitted(opened(desk), **typed)
    desk.ack.reset_mock()
    submit_preferences(desk.ack, sent, desk.registers, desk.actor, desk.now, next_due)


def wanted(desk: Desk) -> Preferences:
    with desk.registers.reading() as register:
        return register.preferences.of(desk.actor.id)


def test_the_form_begins_with_the_usual_hours_in_the_persons_zone(desk: Desk) -> None:
    form = opened(desk)

    assert field_of(form, "begins")["initial_time"] == "09:00"
    assert len(field_of(form, "weekdays")["initial_options"]) == 5
    assert "Europe/Oslo" in spoken(form)


def test_the_button_at_home_opens_the_same_form(desk: Desk) -> None:
    press_preferences(desk.ack, desk.body, desk.client, desk.registers, desk.actor, desk.now, next_due)

    assert field_of(desk.modal, "ends")["initial_time"] == "17:00"


def test_what_is_said_is_kept_and_told_back_in_one_sentence(desk: Desk) -> None:
    submit(desk, begins="10:00", ends="00:00", weekdays=[0, 1, 3], off=AWAY, muted=["joined"], morning="yes")

    off = (Window(date(2027, 3, 22), date(2027, 4, 2)), Window(date(2027, 5, 17), date(2027, 5, 17)))
    assert wanted(desk) == Preferences(1, frozenset({Notice.JOINED}), time(10), time(0), frozenset({0, 1, 3}), off)
    told = spoken(desk.shown)
    assert "Monday, Tuesday and Thursday, 10:00–midnight (Europe/Oslo)" in told
    assert "not on 22 March – 2 April 2027 and 17 May 2027" in told
    assert "not of who joins yours" in told
    assert "with a list every Monday, Tuesday and Thursday at 10:00" in told


def test_what_was_kept_stands_in_the_form_again_but_for_what_is_over(desk: Desk) -> None:
    with desk.registers.writing() as register:
        register.preferences.save(preferences())
    form = opened(desk)
    assert field_of(form, "off")["initial_value"] == "2027-03-01 to 2027-03-30"
    assert "initial_date" not in field_of(form, "quiet_until")

    submit(desk, off="2027-02-01 to 2027-02-05")
    assert wanted(desk).off == ()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"begins": "17:00", "ends": "09:00"}, "ends"),
        ({"weekdays": []}, "weekdays"),
        ({"off": "next week"}, "off"),
        ({"off": "2027-03-05 to 2027-03-01"}, "off"),
        ({"quiet_until": "2027-03-01"}, "quiet_until"),
        ({"quiet_until": "2029-03-01"}, "quiet_until"),
    ],
    ids=["an end before the beginning", "no day", "no date", "backwards", "today", "in two years"],
)
def test_what_cannot_be_kept_is_told_at_its_field(desk: Desk, typed: dict[str, Any], field: str) -> None:
    submit(desk, **typed)

    assert list(desk.errors) == [field]
    assert wanted(desk) == Preferences(1)


def test_the_list_of_the_morning_comes_until_it_is_no_longer_wanted(desk: Desk) -> None:
    assert field_of(opened(desk), "morning")["initial_option"]["value"] == "no"
    submit(desk, morning="yes")
    assert field_of(opened(desk), "morning")["initial_option"]["value"] == "yes"

    submit(desk, morning="no")
    with desk.registers.reading() as register:
        (kept,) = register.schedules.all([ScheduleKind.PERSONAL])
    assert (kept.subject, kept.paused, kept.zone) == (1, True, "Europe/Oslo")


def test_a_move_to_another_zone_is_taken_over_from_slack(desk: Desk) -> None:
    moved = slack_user("U0ADA")
    moved["user"]["tz"] = "Asia/Tokyo"
    desk.client.users_info.side_effect = lambda *, user: moved

    assert "Asia/Tokyo" in spoken(opened(desk))
    with desk.registers.reading() as register:
        assert register.people.by_id(1).zone == "Asia/Tokyo"


def test_the_longest_form_is_one_that_slack_takes(desk: Desk) -> None:
    days = tuple(Window(date(2027, 3, 1 + n % 30), date(2028, 1, 1)) for n in range(OFF_MAX))
    with desk.registers.writing() as register:
        register.preferences.save(Preferences(1, frozenset(Notice), off=days))

    assert light(opened(desk))
    submit(desk, morning="yes")
    assert "and 45 more" in spoken(desk.shown)
