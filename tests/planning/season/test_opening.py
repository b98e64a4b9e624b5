from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.preferences import Notice, Preferences
from planning.errors import AlreadyDone, NotAllowed
from planning.outbox.values import AddressKind, MessageKind, Posting
from planning.proposals.asking import Progress, Proposal
from planning.schedules.tasks import Done
from planning.schedules.timetable import TIMETABLE
from planning.schedules.values import ScheduleKind
from planning.season.meeting import open_session
from planning.season.opening import about_quarter, open_season, opens_by_itself
from planning.season.packing import ask_for_pack, send_packs
from planning.workspace.values import Role
from tests.builders import NOW, at, lead, person, schedule, steward
from tests.planning.season.quarters import QUARTER, shared_stage
from tests.scheduled import carried_out, scheduled, task

DAY = datetime(2027, 3, 4, 3, 0, tzinfo=UTC)
"""Four weeks before the second quarter; in Oslo it is four in the night."""
LATE = DAY.replace(day=31, hour=23)
EVER_AFTER = at(30)
SAM = steward(id=3, name="Sam Steward", slack_id="U0SAM")


@pytest.fixture
def busy(company: SqlRegisters) -> SqlRegisters:
    """Two departments share a stage in the second quarter; Sam is the steward and Ruth decides."""
    with company.writing() as register:
        shared_stage(register)
        register.people.add("Sam Steward", slack_id="U0SAM", roles=steward().roles)
        register.people.add("Ruth Chief", slack_id="U0RUTH", roles=frozenset({Role.EXECUTIVE}))
    return company


def posted(database: Database, registers: SqlRegisters, kind: MessageKind, now: datetime = EVER_AFTER) -> list[Posting]:
    """The messages of a kind whose time has come."""
    waiting = database.outbox(registers.workspace).claim(now, timedelta(minutes=1), 50)
    return [one.posting for one in waiting if one.posting.kind is kind]


def due(registers: SqlRegisters, now: datetime) -> bool:
    """Whether a season was opened by itself."""
    with registers.writing() as register:
        return isinstance(carried_out(register, ScheduleKind.SEASON, now), Done)


def test_each_quarter_has_one_season(busy: SqlRegisters) -> None:
    days = [DAY, DAY.replace(day=5), DAY.replace(month=6), DAY.replace(month=6, day=5)]

    assert [due(busy, day) for day in days] == [True, False, True, False]


def test_one_that_is_caught_up_after_the_turn_of_the_quarter_is_still_of_its_own(busy: SqlRegisters) -> None:
    with busy.writing() as register:
        late = replace(task(register, ScheduleKind.SEASON, DAY), now=DAY.replace(month=4))
        assert TIMETABLE[ScheduleKind.SEASON](late) == Done({"quarter": "2027-Q2"})


@pytest.mark.parametrize(
    ("fields", "opens"),
    [
        ({}, [None, DAY, None]),
        ({"next_due_at": LATE, "zone": "Pacific/Auckland"}, [None, None, LATE]),
        ({"paused": True}, [None, None, None]),
        ({"skips_at": DAY}, [None, None, None]),
    ],
    ids=["in March", "in April already", "paused", "left out"],
)
def test_it_is_known_when_it_opens_by_itself(
    busy: SqlRegisters, fields: dict[str, object], opens: list[datetime | None]
) -> None:
    with busy.writing() as register:
        scheduled(register, ScheduleKind.SEASON, **{"next_due_at": DAY, "zone": "UTC", **fields})
        known = [opens_by_itself(register, f"2027-Q{n}") for n in (1, 2, 3)]

    assert known == opens


def test_a_lead_without_slack_is_left_out(database: Database, busy: SqlRegisters) -> None:
    with busy.writing() as register:
        register.people.save(replace(register.people.by_id(2), slack_id=None))
    due(busy, DAY)

    (sent,) = posted(database, busy, MessageKind.SEASON)
    assert sent.address.ids == ("U0ADA",)


def test_the_leads_of_a_shared_stage_get_one_conversation_in_their_hours(
    database: Database, busy: SqlRegisters
) -> None:
    due(busy, DAY)

    assert posted(database, busy, MessageKind.SEASON, DAY.replace(hour=7)) == []
    (sent,) = posted(database, busy, MessageKind.SEASON, DAY.replace(hour=8))
    assert sent.address.kind is AddressKind.GROUP
    assert sent.address.ids == ("U0ADA", "U0BO")


def test_who_switched_it_off_is_left_out(database: Database, busy: SqlRegisters) -> None:
    with busy.writing() as register:
        register.preferences.save(Preferences(1, frozenset({Notice.SEASON})))
    due(busy, DAY)

    (sent,) = posted(database, busy, MessageKind.SEASON)
    assert sent.address.ids == ("U0BO",)


def test_by_hand_it_opens_once_and_the_night_leaves_it_alone(busy: SqlRegisters) -> None:
    with busy.writing() as register:
        assert [one.season.name for one in open_season(register, QUARTER, SAM, NOW)] == ["Join"]
    with pytest.raises(AlreadyDone), busy.writing() as register:
        open_season(register, QUARTER, SAM, NOW)

    assert not due(busy, DAY)


def test_only_stewards_open_it_and_only_now_or_next(busy: SqlRegisters) -> None:
    with pytest.raises(NotAllowed), busy.writing() as register:
        open_season(register, QUARTER, lead(1, id=1), NOW)
    with pytest.raises(NotAllowed), busy.writing() as register:
        open_season(register, "2028-Q2", SAM, NOW)


def test_two_processes_open_one_season(database: Database, busy: SqlRegisters) -> None:
    start = Barrier(4)

    def open_at_once(_process: int) -> bool:
        start.wait()
        return due(busy, DAY)

    with ThreadPoolExecutor(4) as processes:
        assert sorted(processes.map(open_at_once, range(4))) == [False, False, False, True]
    assert len(posted(database, busy, MessageKind.SEASON)) == 1


def test_the_session_is_opened_once_whoever_presses(busy: SqlRegisters) -> None:
    due(busy, DAY)
    with busy.writing() as register:
        (asked,) = [one for one in map(register.proposals.by_id, (1, 2)) if one.about.id]
        plans = [open_session(register, asked.id, who, at(4)) for who in (lead(1, id=1), lead(2, id=2))]

    assert plans[0].id == plans[1].id
    assert plans[0].departments == (1, 2)
    with pytest.raises(NotAllowed), busy.writing() as register:
        open_session(register, asked.id, person(id=4), at(4))


def test_the_pack_goes_to_executives_once_its_plan_is_there(database: Database, busy: SqlRegisters) -> None:
    due(busy, DAY)
    assert posted(database, busy, MessageKind.PACK) == []

    assert [_computed(busy, DAY), _computed(busy, DAY)] == [1, 0]
    (sent,) = posted(database, busy, MessageKind.PACK)
    assert sent.address.ids == ("U0RUTH",)


def test_the_pack_goes_to_the_channel_of_the_digest_where_there_is_one(database: Database, busy: SqlRegisters) -> None:
    with busy.writing() as register:
        register.schedules.add(schedule())
    due(busy, DAY)
    _computed(busy, DAY)

    (sent,) = posted(database, busy, MessageKind.PACK)
    assert sent.address.ids == ("C0EXEC",)


def test_a_pack_that_was_asked_for_comes_when_the_plan_is_there(database: Database, busy: SqlRegisters) -> None:
    with busy.writing() as register:
        ask_for_pack(register, QUARTER, SAM, NOW)
    outbox, minute = database.outbox(busy.workspace), timedelta(minutes=1)
    assert outbox.claim(NOW, minute, 9) == []

    _computed(busy, NOW)
    assert [one.posting.address.ids for one in outbox.claim(NOW, minute, 9)] == [("U0SAM",)]


def test_the_pack_is_for_those_who_decide(busy: SqlRegisters) -> None:
    with pytest.raises(NotAllowed, match="Ask Sam Steward"), busy.writing() as register:
        ask_for_pack(register, QUARTER, lead(1, id=1), NOW)


def _computed(registers: SqlRegisters, now: datetime) -> int:
    """The plan of the quarter is there; how many packs that sends."""
    with registers.writing() as register:
        proposal: Proposal = register.proposals.of(about_quarter(QUARTER))[0]
        done = replace(proposal, progress=Progress.DONE, done_at=now)
        register.proposals.save(done)
        return send_packs(register, done, now)
