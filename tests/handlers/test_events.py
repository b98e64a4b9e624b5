"""What Slack tells of people comes late, twice and out of order; what holds now is what Slack says when it is asked."""

from collections.abc import Iterator
from typing import Any

import pytest

from handlers.home import open_home
from handlers.ids import Action
from planning.schedules.values import Schedule, ScheduleKind
from tests.builders import NOW, at, schedule, steward
from tests.handlers.slack import TEAM, Desk, app_for, buttons, command, dispatched, drawn, slack_user


@pytest.fixture
def moving(desk: Desk) -> Desk:
    """Ada, who gets a list at nine and is in Tokyo by now."""
    with desk.registers.writing() as register:
        own = schedule(kind=ScheduleKind.PERSONAL, subject=1, channel="", next_due_at=at(7, hours=-1))
        register.schedules.add(own)
    zones(desk, "Asia/Tokyo")
    return desk


def zones(desk: Desk, *said: str | None) -> None:
    """What Slack says of everybody's zone, each time that it is asked; the last one from then on."""
    answers = iter(said)
    last = said[-1]
    desk.client.users_info.side_effect = lambda *, user: slack_user(user, tz=next(answers, last))


def told(desk: Desk, user: str = "U0ADA", **fields: Any) -> None:
    """Slack's event, with what it held when it was sent."""
    event = {"type": "user_change", "user": {"id": user, **fields}, "cache_ts": 1, "event_ts": "1.1"}
    deliver(desk, event)


def deliver(desk: Desk, event: dict[str, Any]) -> None:
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    body = {
        "type": "event_callback",
        "team_id": TEAM,
        "event": event,
        "event_id": "Ev1",
        "event_time": 1,
        "authorizations": [],
    }
    assert dispatched(app, body).status == 200
    app.listener_runner.listener_executor.shutdown(wait=True)


def standing(desk: Desk) -> tuple[str, Schedule, int]:
    with desk.registers.reading() as register:
        (own,) = register.schedules.all()
        return register.people.by_id(1).zone, own, len([*register.audit.since(None)])


def test_the_list_of_who_has_moved_comes_at_nine_there(moving: Desk) -> None:
    told(moving, tz="Asia/Tokyo")

    zone, own, _ = standing(moving)
    assert (zone, str(own)) == ("Asia/Tokyo", "every Monday at 09:00 (Asia/Tokyo)")
    assert own.next_due_at == at(7, hours=-9)


def test_an_old_event_after_a_newer_one_changes_nothing(moving: Desk) -> None:
    told(moving, tz="Asia/Tokyo")
    after = standing(moving)
    for zone in ("Europe/Oslo", "America/Lima", "Asia/Tokyo"):
        told(moving, tz=zone)

    assert standing(moving) == after


def test_who_writes_an_older_zone_looks_again(moving: Desk) -> None:
    zones(moving, "America/Lima", "Asia/Tokyo")
    told(moving)

    assert standing(moving)[0] == "Asia/Tokyo"


@pytest.mark.parametrize("tz", [None, "", "Europe/Oslo"], ids=["switched off", "without a zone", "where they were"])
def test_what_says_nothing_new_changes_nothing(moving: Desk, tz: str | None) -> None:
    before = standing(moving)
    zones(moving, tz)
    told(moving, tz="Asia/Tokyo")

    assert standing(moving) == before


def test_people_whom_we_do_not_know_stay_unknown_and_slack_is_not_asked(moving: Desk) -> None:
    told(moving, user="U0NEW", tz="Asia/Tokyo")

    moving.client.users_info.assert_not_called()
    with moving.registers.reading() as register:
        assert register.people.by_slack("U0NEW") is None


def test_a_zone_that_nobody_knows_keeps_the_list_coming(moving: Desk) -> None:
    zones(moving, "Mars/Olympus")
    told(moving)

    assert str(standing(moving)[1]) == "every Monday at 09:00 (UTC)"


def test_nobody_is_written_to_when_slack_does_not_answer(moving: Desk) -> None:
    def silent(**_fields: Any) -> Iterator[Any]:
        raise TimeoutError

    moving.client.users_info.side_effect = silent
    told(moving)

    moving.client.chat_postMessage.assert_not_called()


def test_a_home_tab_that_is_opened_twice_or_told_of_late_is_drawn_as_it_is_now(moving: Desk) -> None:
    event = {"type": "app_home_opened", "user": "U0ADA", "channel": "D1", "tab": "home", "event_ts": "1.1"}
    before = standing(moving)
    for _ in range(2):
        deliver(moving, event)

    drawings = [drawn(call.kwargs["view"]) for call in moving.client.views_publish.call_args_list]
    assert drawings[0]["blocks"] == drawings[1]["blocks"]
    assert standing(moving) == before


def test_the_home_tab_leads_to_the_schedules(moving: Desk) -> None:
    with moving.registers.writing() as register:
        register.people.add("Stella", roles=steward().roles)
    open_home({"tab": "home"}, moving.client, moving.registers, moving.actor, moving.now)

    assert Action.SCHEDULES_SHOW in buttons(drawn(moving.client.views_publish.call_args.kwargs["view"])["blocks"])


@pytest.mark.parametrize("flag", ["deleted", "is_restricted", "is_ultra_restricted"])
def test_who_is_switched_off_or_becomes_a_guest_loses_every_right(moving: Desk, flag: str) -> None:
    moving.client.users_info.side_effect = lambda *, user: slack_user(user, **{flag: True})
    told(moving, deleted=True)
    told(moving, deleted=True)

    with moving.registers.reading() as register:
        ada = register.people.by_id(1)
        entries = [entry.verb for entry in register.audit.since(None)]
    assert (ada.roles, ada.left_at) == (frozenset(), NOW)
    assert entries.count("person.left") == 1


def test_an_event_that_says_so_too_late_switches_nobody_off(moving: Desk) -> None:
    told(moving, deleted=True)

    with moving.registers.reading() as register:
        assert register.people.by_id(1).left_at is None


@pytest.mark.parametrize("way", ["event", "command"])
def test_who_is_switched_on_again_takes_part_without_roles(moving: Desk, way: str) -> None:
    moving.client.users_info.side_effect = lambda *, user: slack_user(user, deleted=True)
    told(moving, deleted=True)
    moving.client.users_info.side_effect = lambda *, user: slack_user(user)
    if way == "event":
        told(moving, deleted=False)
    else:
        dispatched(app_for(lambda _tenant: moving.registers, moving.client, moving.respond), command("help"))

    with moving.registers.reading() as register:
        assert (register.people.by_id(1).left_at, register.people.by_id(1).roles) == (None, frozenset())
