from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.scheduling.due_times import next_due
from db.database import Database
from handlers.ids import Action
from handlers.schedule_previews import PREVIEWS
from handlers.schedules import doing, press_history, press_preview, press_schedules, show_schedules
from handlers.views.schedules import PAGE, Turned
from planning.errors import AlreadyDone, NotAllowed
from planning.initiatives.values import Status
from planning.schedules.cron import Cron
from planning.schedules.values import Occurrence, OccurrenceState, Schedule, ScheduleKind
from planning.workspace.values import Role
from tests.builders import NOW, at, draft, lead, person, schedule, steward, vector
from tests.handlers.slack import Desk, buttons, light, spoken
from tests.scheduled import do_due

REASON = "Concord was not running, and by now it is too late for this one."


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Stella, a steward who lives in Tokyo."""
    with desk.registers.writing() as register:
        stella = register.people.add("Stella", slack_id="U0STELLA", zone="Asia/Tokyo", roles=steward().roles)
    return replace(desk, actor=stella)


@pytest.fixture
def executive(desk: Desk) -> Desk:
    """Edda, who reads the executives' digest."""
    with desk.registers.writing() as register:
        edda = register.people.add("Edda", slack_id="U0EDDA", roles=frozenset({Role.EXECUTIVE}))
    return replace(desk, actor=edda)


def add(desk: Desk, kind: ScheduleKind = ScheduleKind.EXECUTIVE, **fields: Any) -> Schedule:
    with desk.registers.writing() as register:
        return register.schedules.add(schedule(kind=kind, **{"next_due_at": at(7, hours=-1), **fields}))


def add_all(desk: Desk) -> None:
    """One of each kind, and those of another department and another person."""
    for kind in ScheduleKind:
        add(desk, kind, subject=1 if kind in (ScheduleKind.PERSONAL, ScheduleKind.DEPARTMENT) else 0)
    add(desk, ScheduleKind.DEPARTMENT, subject=2)
    add(desk, ScheduleKind.PERSONAL, subject=2, channel="")


def shown(desk: Desk, offset: int = 0) -> dict[str, Any]:
    action = {"value": Turned(offset=offset).model_dump_json()}
    press_schedules(desk.ack, desk.body, action, desk.client, desk.registers, desk.actor, desk.now)
    return desk.modal


def button(desk: Desk, action: Action) -> dict[str, Any]:
    return {"value": buttons(shown(desk)["blocks"])[action]["value"]}


def press(desk: Desk, action: Action, pressed: dict[str, Any] | None = None) -> str:
    """Press the button of the only schedule; what is shown then."""
    arguments = (desk.body, pressed or button(desk, action), desk.client, desk.registers, desk.actor)
    if action is Action.SCHEDULE_HISTORY:
        press_history(desk.ack, *arguments)
    elif action is Action.SCHEDULE_PREVIEW:
        press_preview(desk.ack, *arguments, desk.now)
    else:
        doing(action)(desk.ack, *arguments, desk.now, next_due)
    return spoken(desk.modal)


def test_the_command_shows_what_comes_when_and_what_became_of_the_last(keeper: Desk) -> None:
    kept = add(keeper)
    with keeper.registers.writing() as register:
        register.schedules.occur(Occurrence(0, kept.id, at(0), OccurrenceState.SKIPPED, NOW, reason=REASON))
    show_schedules(keeper.call())

    told = spoken(keeper.modal)
    assert "The executives’ digest" in told
    assert "very Monday at 09:00 (Europe/Oslo)" in told
    assert "Monday 8 March 2027, 09:00 (Europe/Oslo), for you Monday 8 March 2027, 17:00" in told
    assert f"Last: Monday 1 March 2027, 10:00: left out. {REASON}" in told


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("keeper", {"executive", "department", "check_in", "pulse", "season", "nightly", "escalation"}),
        ("desk", {"personal", "department"}),
        ("executive", {"executive"}),
        ("other", {"personal", "department"}),
    ],
)
def test_each_sees_what_concerns_them(request: pytest.FixtureRequest, desk: Desk, who: str, seen: set[str]) -> None:
    add_all(desk)
    reader: Desk = request.getfixturevalue(who)
    pages = [*shown(reader)["blocks"], *shown(reader, PAGE)["blocks"]]
    kept = {one["block_id"] for one in pages if one["block_id"].startswith("schedule_")}
    with desk.registers.reading() as register:
        kinds = [register.schedules.by_id(int(id.removeprefix("schedule_"))) for id in kept]

    assert {str(one.kind) for one in kinds} == seen
    assert all(one.subject == reader.actor.id for one in kinds if one.kind is ScheduleKind.PERSONAL)


def test_stewards_learn_how_many_have_a_list_but_not_who(keeper: Desk) -> None:
    add_all(keeper)

    assert "2 people get a list of their own; only they see when" in spoken(shown(keeper))
    assert "of what needs you\n" not in spoken(shown(keeper))


def test_pausing_and_resuming_are_done_in_place(keeper: Desk) -> None:
    add(keeper)

    assert "paused until somebody resumes it" in press(keeper, Action.SCHEDULE_PAUSE)
    assert Action.SCHEDULE_SKIP not in buttons(keeper.modal["blocks"])
    assert "it comes again" in press(keeper, Action.SCHEDULE_RESUME)
    assert "Next: Monday 8 March 2027, 09:00" in spoken(keeper.modal)


def test_the_next_one_is_left_out_and_comes_after_all(keeper: Desk) -> None:
    add(keeper)

    assert "The next one is left out: Monday 8 March" in press(keeper, Action.SCHEDULE_SKIP)
    assert "The next one is left out" not in press(keeper, Action.SCHEDULE_UNSKIP)


@pytest.mark.parametrize("action", [Action.SCHEDULE_PAUSE, Action.SCHEDULE_SKIP, Action.SCHEDULE_SEND])
def test_a_button_that_is_pressed_twice_does_it_once(keeper: Desk, action: Action) -> None:
    add(keeper)
    pressed = button(keeper, action)
    press(keeper, action, pressed)
    with pytest.raises(AlreadyDone):
        press(keeper, action, pressed)

    with keeper.registers.reading() as register:
        assert len([*register.audit.since(None)]) == 1


def test_it_is_kept_before_it_is_acknowledged(keeper: Desk) -> None:
    add(keeper)
    pressed = button(keeper, Action.SCHEDULE_PAUSE)
    paused: list[bool] = []

    def acknowledged() -> None:
        with keeper.registers.reading() as register:
            paused.append(register.schedules.all()[0].paused)

    keeper.ack.side_effect = acknowledged
    press(keeper, Action.SCHEDULE_PAUSE, pressed)

    assert paused[0] is True


def test_what_is_sent_now_is_done_by_the_next_beat(executive: Desk) -> None:
    add(executive)
    assert "on its way" in press(executive, Action.SCHEDULE_SEND)

    with executive.registers.writing() as register:
        (made,) = do_due(register, NOW)
    assert made.state is OccurrenceState.DONE
    assert "Monday 1 March 2027, 10:00: on its way" in spoken(shown(executive))


def test_a_digest_that_did_not_arrive_is_not_said_to_be_sent(executive: Desk, database: Database) -> None:
    add(executive, next_due_at=NOW)
    with executive.registers.writing() as register:
        do_due(register, NOW)
    outbox = database.outbox("main")
    (claimed,) = outbox.claim(NOW, timedelta(minutes=1), 9)
    outbox.failed(claimed, "The channel is archived. Choose another one.")

    assert "10:00: did not arrive" in spoken(shown(executive))
    assert "09:00: did not arrive" in press(executive, Action.SCHEDULE_HISTORY)


def test_executives_may_send_theirs_but_not_change_it(executive: Desk) -> None:
    add(executive)
    offered = buttons(shown(executive)["blocks"])
    assert offered.keys() == {Action.SCHEDULE_SEND, Action.SCHEDULE_PREVIEW}

    with pytest.raises(NotAllowed):
        press(executive, Action.SCHEDULE_PAUSE, button(executive, Action.SCHEDULE_SEND))


@pytest.mark.parametrize("action", [Action.SCHEDULE_PREVIEW, Action.SCHEDULE_HISTORY, Action.SCHEDULE_SEND])
def test_what_one_may_not_see_is_not_shown_by_its_button_either(keeper: Desk, other: Desk, action: Action) -> None:
    add(keeper)
    pressed = button(keeper, Action.SCHEDULE_PREVIEW)

    with pytest.raises(NotAllowed):
        press(other, action, pressed)


def test_the_last_ten_are_told_with_what_became_of_them(keeper: Desk) -> None:
    kept = add(keeper)
    with keeper.registers.writing() as register:
        for n in range(12):
            state = OccurrenceState.FAILED if n == 11 else OccurrenceState.DONE
            register.schedules.occur(Occurrence(0, kept.id, at(n - 20), state, NOW, reason="It failed 5 times."))
    told = press(keeper, Action.SCHEDULE_HISTORY)

    assert told.index("Saturday 20 February 2027, 18:00: failed. It failed 5 times.") < told.index(": sent")
    assert told.count("February 2027") == 10
    assert "…and 2 earlier ones" in told
    assert "Times are those of Asia/Tokyo" in told


@pytest.mark.parametrize("kind", [*ScheduleKind])
def test_every_kind_has_a_preview_that_writes_nothing(keeper: Desk, kind: ScheduleKind) -> None:
    subject = {ScheduleKind.PERSONAL: keeper.actor.id, ScheduleKind.DEPARTMENT: 1}.get(kind, 0)
    add(keeper, kind, subject=subject)
    with keeper.registers.writing() as register:
        register.initiatives.add(draft(status=Status.ACTIVE, owner=1), vector(), NOW)
    pressed = button(keeper, Action.SCHEDULE_PREVIEW)
    before = standing(keeper)

    assert "nothing is sent or changed by it" in press(keeper, Action.SCHEDULE_PREVIEW, pressed)
    assert light(keeper.modal)
    assert standing(keeper) == before
    assert PREVIEWS.keys() == set(ScheduleKind)


def standing(desk: Desk) -> tuple[object, ...]:
    with desk.registers.reading() as register:
        return [*register.audit.since(None)], register.schedules.all(), register.schedules.made_since(at(-99))


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (ScheduleKind.CHECK_IN, "It would ask 1 person how 1 initiative stand"),
        (ScheduleKind.PULSE, "It would not begin. "),
        (ScheduleKind.NIGHTLY, "It has not run yet."),
        (ScheduleKind.ESCALATION, "Nothing that leads left open"),
        (ScheduleKind.SEASON, "Planning season"),
    ],
)
def test_a_preview_says_what_would_be_done(keeper: Desk, kind: ScheduleKind, told: str) -> None:
    add(keeper, kind)
    with keeper.registers.writing() as register:
        register.initiatives.add(draft(status=Status.ACTIVE, owner=1), vector(), NOW)

    assert told in press(keeper, Action.SCHEDULE_PREVIEW)


def test_the_last_nightly_pass_says_what_it_changed(keeper: Desk) -> None:
    kept = add(keeper, ScheduleKind.NIGHTLY)
    content: dict[str, object] = {"opened": 3, "updated": 0, "reopened": 0, "closed": 1}
    with keeper.registers.writing() as register:
        register.schedules.occur(Occurrence(0, kept.id, at(-1), OccurrenceState.DONE, at(-1), content))

    assert "3 opened, 0 updated, 0 reopened, 1 closed" in press(keeper, Action.SCHEDULE_PREVIEW)


def test_ones_own_list_is_previewed_as_it_would_come(desk: Desk) -> None:
    add(desk, ScheduleKind.PERSONAL, subject=1, channel="")

    assert "Nothing needs you now" in press(desk, Action.SCHEDULE_PREVIEW)


def test_the_list_is_turned_and_every_page_is_one_that_slack_takes(keeper: Desk) -> None:
    with keeper.registers.writing() as register:
        numbers = [register.departments.add(f"{n:02} " + "営" * 76).id for n in range(20)]
    long = Cron.of("0 9 1,3,5,7,9,11,13,15,17,19,21,23,25 1,3,5,7,9,11 mon,wed,fri,sun")
    for number in numbers:
        kept = add(keeper, ScheduleKind.DEPARTMENT, subject=number, cron=long, zone="America/Argentina/ComodRivadavia")
        with keeper.registers.writing() as register:
            failed = Occurrence(0, kept.id, NOW, OccurrenceState.FAILED, NOW, reason="営" * 3000)
            register.schedules.occur(failed)

    assert light(shown(keeper))
    assert "…and 13 more" in spoken(keeper.modal)
    assert "00 営" not in spoken(shown(keeper, PAGE))
    assert "19 営" in spoken(shown(keeper, 2 * PAGE))
    assert "00 営" in spoken(shown(keeper, 800))


def test_who_has_nothing_scheduled_is_told_how_to_have_a_list(desk: Desk) -> None:
    nobody = replace(desk, actor=person(id=1))

    assert "With “/cx notify” you get a list of what needs you each morning" in spoken(shown(nobody))


def test_a_lead_without_a_digest_is_offered_one(desk: Desk) -> None:
    assert Action.SCHEDULE_ADD in buttons(shown(desk)["blocks"])

    add(desk, ScheduleKind.DEPARTMENT, subject=lead().department)
    assert Action.SCHEDULE_ADD not in buttons(shown(desk)["blocks"])
