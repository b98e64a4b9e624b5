from dataclasses import replace
from typing import Any

import pytest

from bot.scheduling.due_times import next_due
from handlers.ids import Action
from handlers.schedule_forms import press_add, press_change, press_setup, submit_schedule
from handlers.views.schedules import Pressed, Turned
from planning.errors import NotAllowed
from planning.schedules.cron import Cron
from planning.schedules.values import Schedule, ScheduleKind
from tests.builders import NOW, at, lead, schedule, steward
from tests.handlers.slack import Desk, buttons, field_names, field_of, light, spoken, submitted

QUARTERLY = "0 9 1-7 1,4,7,10 tue"


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada is the steward, too."""
    desk.actor = lead(1, id=1, roles=lead().roles | steward().roles)
    with desk.registers.writing() as register:
        register.people.save(desk.actor)
    return desk


def opened(desk: Desk) -> dict[str, Any]:
    press_setup(desk.ack, desk.body, desk.client, desk.registers, desk.actor)
    return desk.modal


def changing(desk: Desk, kept: Schedule) -> dict[str, Any]:
    value = Pressed(schedule=kept.id, due_at=NOW, seen_at=NOW).model_dump_json()
    press_change(desk.ack, desk.body, {"value": value}, desk.client, desk.registers, desk.actor)
    return desk.modal


def adding(desk: Desk) -> dict[str, Any]:
    value = Turned().model_dump_json()
    press_add(desk.ack, desk.body, {"value": value}, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    sent = submitted(view, **typed)
    submit_schedule(desk.ack, sent, desk.client, desk.registers, desk.actor, desk.now, next_due)


def schedules(desk: Desk) -> list[Schedule]:
    with desk.registers.reading() as register:
        return register.schedules.all()


def add(desk: Desk, **fields: Any) -> Schedule:
    with desk.registers.writing() as register:
        return register.schedules.add(schedule(**{"next_due_at": at(7), **fields}))


def test_the_first_schedule_is_offered_in_the_persons_zone(keeper: Desk) -> None:
    assert field_of(opened(keeper), "zone")["initial_option"]["value"] == "Europe/Oslo"


def test_the_schedule_is_saved_with_its_next_due_time(keeper: Desk) -> None:
    submit(keeper, opened(keeper), channel="C0EXEC", weekdays=[4], time="16:30", zone="Asia/Tokyo")

    saved = schedules(keeper)[0]
    assert (saved.channel, str(saved)) == ("C0EXEC", "every Friday at 16:30 (Asia/Tokyo)")
    assert saved.next_due_at == at(4, hours=-1.5)
    assert "every Friday at 16:30 (Asia/Tokyo), in #cx" in spoken(keeper.shown)


def test_a_schedule_is_changed_from_what_it_is(keeper: Desk) -> None:
    submit(keeper, opened(keeper), channel="C0EXEC", weekdays=[4], time="16:30")
    submit(keeper, opened(keeper), time="08:05")

    assert [str(schedule) for schedule in schedules(keeper)] == ["every Friday at 08:05 (Europe/Oslo)"]


@pytest.mark.parametrize(
    ("typed", "cron"),
    [
        ({"often": "weekly", "weekdays": [0, 1, 2, 3, 4, 5, 6]}, "0 9 * * *"),
        ({"often": "monthly", "weekdays": [2], "week": 3}, "0 9 15-21 * wed"),
        ({"often": "quarterly", "weekdays": [1]}, QUARTERLY),
        ({"often": "other", "cron": "30 8 4 3,6,9,12 *"}, "30 8 4 3,6,9,12 *"),
    ],
)
def test_every_rhythm_comes_back_into_the_form(keeper: Desk, typed: dict[str, Any], cron: str) -> None:
    submit(keeper, opened(keeper), channel="C0EXEC", **typed)
    assert schedules(keeper)[0].cron.text == cron

    assert field_of(opened(keeper), "often")["initial_option"]["value"] == typed["often"]
    submit(keeper, opened(keeper))
    assert schedules(keeper)[0].cron.text == cron


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"channel": None}, "channel"),
        ({"time": "soon"}, "time"),
        ({"weekdays": []}, "weekdays"),
        ({"often": "monthly", "weekdays": [1, 2]}, "weekdays"),
        ({"often": "other", "cron": "at nine"}, "cron"),
        ({"often": "other", "cron": "0 9 30 2 *"}, "cron"),
        ({"zone": None}, "zone"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(keeper: Desk, typed: dict[str, Any], field: str) -> None:
    submit(keeper, opened(keeper), **{"channel": "C0EXEC", **typed})

    assert list(keeper.errors) == [field]
    assert schedules(keeper) == []


def test_others_cannot_open_the_form(other: Desk) -> None:
    with pytest.raises(NotAllowed):
        opened(other)


def test_what_is_paused_stays_so_when_its_time_is_changed(keeper: Desk) -> None:
    kept = add(keeper, paused=True)
    submit(keeper, changing(keeper, kept), time="10:00")

    assert schedules(keeper)[0].paused
    assert "The executives’ digest: every Monday at 10:00" in spoken(keeper.shown)
    assert Action.SCHEDULE_RESUME in buttons(keeper.shown["blocks"])


def test_a_form_that_is_sent_twice_changes_it_once(keeper: Desk) -> None:
    form = changing(keeper, add(keeper))
    for _ in range(2):
        submit(keeper, form, time="10:00")

    with keeper.registers.reading() as register:
        assert [entry.verb for entry in register.audit.since(None)] == ["schedule.saved"]


def test_ones_own_list_is_in_ones_own_zone(desk: Desk) -> None:
    form = changing(desk, add(desk, kind=ScheduleKind.PERSONAL, subject=1, channel=""))
    assert field_names(form) == ["often", "weekdays", "week", "time", "cron"]

    submit(desk, form, weekdays=[0], time="07:30")
    assert str(schedules(desk)[0]) == "every Monday at 07:30 (Europe/Oslo)"


def test_the_list_of_somebody_else_cannot_be_opened(keeper: Desk) -> None:
    with pytest.raises(NotAllowed, match="somebody else’s"):
        changing(keeper, add(keeper, kind=ScheduleKind.PERSONAL, subject=2, channel=""))


def test_a_lead_gives_the_own_department_a_digest(desk: Desk) -> None:
    form = adding(desk)
    assert "department" not in field_names(form)
    submit(desk, form, channel="C0MARKET", weekdays=[3], time="08:00")

    (made,) = schedules(desk)
    assert (made.kind, made.subject, made.channel) == (ScheduleKind.DEPARTMENT, 1, "C0MARKET")


def test_a_steward_chooses_one_of_the_departments_without_a_digest(keeper: Desk) -> None:
    add(keeper, kind=ScheduleKind.DEPARTMENT, subject=1)
    form = adding(keeper)
    assert "1" not in [option["value"] for option in field_of(form, "department")["options"]]
    submit(keeper, form, channel="C0SERVICE", department="2")
    assert schedules(keeper)[1].subject == 2

    submit(keeper, form, channel="C0SERVICE", department="2", time="10:00")
    assert list(keeper.errors) == ["department"]
    assert schedules(keeper)[1].cron == Cron.of("0 9 * * mon")


def test_a_channel_with_people_of_another_company_is_refused(desk: Desk) -> None:
    shared = {"ok": True, "channel": {"id": "C0BOTH", "name": "both", "is_ext_shared": True}}
    desk.client.conversations_info.side_effect = lambda *, channel: shared
    submit(desk, adding(desk), channel="C0BOTH")

    assert "another company" in desk.errors["channel"]


def test_who_leads_nothing_adds_nothing(other: Desk) -> None:
    with pytest.raises(NotAllowed):
        adding(replace(other, actor=replace(other.actor, roles=frozenset())))


@pytest.mark.parametrize("kind", [kind for kind in ScheduleKind if kind is not ScheduleKind.PERSONAL])
def test_every_kind_has_a_form_that_slack_takes(keeper: Desk, kind: ScheduleKind) -> None:
    form = changing(keeper, add(keeper, kind=kind, subject=1 if kind is ScheduleKind.DEPARTMENT else 0))

    assert light(form)
    submit(keeper, form, time="11:00")
    assert schedules(keeper)[0].cron.time == "11:00"
