from datetime import UTC, datetime, timedelta

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.agreement.answering import answer
from planning.agreement.answers import TaggedInitiatives
from planning.agreement.closing import call_off, close_now
from planning.agreement.consulting import ask_departments
from planning.agreement.opening import ASKED_MAX
from planning.agreement.pulsing import chosen, open_pulse, tagged
from planning.agreement.ratifying import ratify, take_stances
from planning.agreement.results import PulseResult
from planning.agreement.values import Poll, PollKind
from planning.errors import AlreadyDone, FieldError, NotAllowed, PlanningError
from planning.initiatives.values import Initiative, Status
from planning.outbox.values import MessageKind
from planning.schedules.tasks import Done, Result, Skipped, Wait
from planning.schedules.values import ScheduleKind
from tests.builders import NOW, at, draft, initiative, lead, vector
from tests.handlers.slack import WordEncoder
from tests.planning.agreement.rounds import SAM, sent, staffed
from tests.scheduled import carried_out

CLEAR = "Customers call twice because the letter does not say what to do."
APRIL = datetime(2027, 4, 1, 4, 0, tzinfo=UTC)
"""A Thursday, in the quarter after NOW's."""


@pytest.fixture
def clear(company: SqlRegisters) -> SqlRegisters:
    """Three initiatives of two departments that say what they are about, and people to ask."""
    with company.writing() as register:
        staffed(register)
        for n, department in enumerate((1, 2, 1), 1):
            register.initiatives.add(draft(department=department, problem=CLEAR, stages=(1,)), vector(n), NOW)
    return company


def begun(register: SqlRegister) -> Poll:
    return open_pulse(register, 3, SAM, 7, NOW)


def say(register: SqlRegister, invitation: int, *tags: tuple[int, int]) -> None:
    asked = register.people.by_id(register.polls.invitation(invitation).person)
    answer(register, invitation, TaggedInitiatives(tags=tags), asked, NOW)


def result(register: SqlRegister) -> PulseResult:
    closed = close_now(register, 1, WordEncoder(), SAM, at(1)).result
    assert isinstance(closed, PulseResult)
    return closed


def quarterly(register: SqlRegister, now: datetime) -> Result:
    return carried_out(register, ScheduleKind.PULSE, now)


def ratified(register: SqlRegister) -> None:
    ask_departments(register, SAM, NOW)
    take_stances(register, 1, 1, {}, lead(1, id=1), NOW)
    ratify(register, 1, NOW, SAM, NOW)


def test_three_people_of_each_department_tag_the_same_three_initiatives(
    clear: SqlRegisters, database: Database
) -> None:
    with clear.writing() as register:
        poll = begun(register)
        asked = [one.department for one in register.polls.invitations(poll.id)]

    assert (poll.about, asked) == ((1, 2, 3), [1, 1, 1, 2, 2, 2])
    assert len(sent(database, MessageKind.QUESTION)) == 6


def test_the_initiatives_are_of_different_departments_live_and_clear() -> None:
    of_one = [initiative(id, department=1) for id in range(1, 9)]
    others = [initiative(11, department=2), initiative(12, department=3)]
    vague, over = initiative(13, department=4, problem="Calls."), initiative(14, department=5, status=Status.DONE)
    picked = chosen([*of_one, *others, vague, over], 7)

    assert [one.draft.department for one in picked] == [1, 2, 3]
    assert picked == chosen([over, vague, *others, *of_one], 7)
    assert len({chosen([*of_one, *others], seed)[0].id for seed in range(20)}) > 1


@pytest.mark.parametrize("initiatives", [[], [initiative(1), initiative(2, problem="Calls.")]], ids=["none", "few"])
def test_there_may_be_too_few_to_choose_from(initiatives: list[Initiative]) -> None:
    assert len(chosen(initiatives, 1)) < 3


def test_only_a_steward_starts_one_and_only_one_is_open(clear: SqlRegisters) -> None:
    with clear.writing() as register:
        with pytest.raises(NotAllowed, match="Ask Sam Steward"):
            open_pulse(register, 3, lead(1, id=1), 7, NOW)
        with pytest.raises(FieldError):
            open_pulse(register, 0, SAM, 7, NOW)
        begun(register)
        with pytest.raises(AlreadyDone, match="Sam Steward has started one already"):
            begun(register)


def test_no_more_people_are_asked_than_in_a_naming_round(clear: SqlRegisters) -> None:
    with clear.writing() as register:
        for n in range(ASKED_MAX // 2):
            department = register.departments.add(f"Department {n}").id
            for person in range(3):
                register.people.add(f"{n}.{person}", slack_id=f"U{n}X{person}", department=department)
        with pytest.raises(FieldError, match="would ask 306 people"):
            begun(register)
        ratified(register)
        quarterly(register, APRIL)
        assert register.polls.of_kind(PollKind.PULSE)[0].size == 1


def test_what_a_pulse_lacks_is_said(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.people.add(SAM.name, slack_id=SAM.slack_id, roles=SAM.roles)
        with pytest.raises(PlanningError, match="3 live initiatives"):
            begun(register)
        for n in (1, 2, 3):
            register.initiatives.add(draft(problem=CLEAR), vector(n), NOW)
        with pytest.raises(PlanningError, match="at least 3 people in Slack"):
            begun(register)
        for stage in (2, 3):
            register.journeys.retire_stage(stage)
        with pytest.raises(PlanningError, match="at least 2 stages"):
            begun(register)


def test_the_pair_that_people_confuse_is_told_and_nobody_s_answer(clear: SqlRegisters) -> None:
    with clear.writing() as register:
        begun(register)
        for invitation, stage in enumerate((2, 2, 3, 3), 1):
            say(register, invitation, (1, 1), (2, stage))
        told = result(register)

    assert (told.asked, told.answered, told.initiatives) == (6, 4, ("CX-1", "CX-2", "CX-3"))
    assert told.confused is not None
    assert (told.confused.first, told.confused.second) == ("Use", "Renew")
    assert told.alpha is not None
    assert told.alpha.value < 1


def test_a_stage_that_was_taken_out_meanwhile_does_not_count(clear: SqlRegisters) -> None:
    with clear.writing() as register:
        begun(register)
        for invitation in (1, 2, 3):
            say(register, invitation, (1, 1), (2, 3))
        register.journeys.retire_stage(3)
        told = result(register)

    assert (told.left_out, told.answered) == (3, 3)
    assert told.alpha is not None
    assert told.alpha.value == 1


def test_what_nobody_can_tell_is_left_out_and_a_stage_that_is_gone_is_told_at_its_field() -> None:
    assert tagged({1: 2, 2: None}, (1, 2, 3), (1, 2)).tags == ((1, 2),)
    with pytest.raises(FieldError) as refused:
        tagged({1: 2, 2: 3}, (1, 2, 3), (1, 2))
    assert list(refused.value.errors) == ["tag_2"]


def test_it_begins_by_itself_in_the_quarter_after_the_journey_was_ratified(clear: SqlRegisters) -> None:
    with clear.writing() as register:
        assert isinstance(quarterly(register, APRIL), Skipped)
        ratified(register)
        assert isinstance(quarterly(register, at(1)), Skipped)
        assert quarterly(register, APRIL) == Done({"poll": 1})
        assert isinstance(quarterly(register, APRIL), Skipped)
        poll = register.polls.by_id(1)

    assert (poll.opened_by, poll.size) == (None, 3)


def test_one_that_a_steward_started_is_followed_by_one_each_quarter(clear: SqlRegisters) -> None:
    with clear.writing() as register:
        begun(register)
        assert isinstance(quarterly(register, APRIL), Wait)
        call_off(register, 1, SAM, at(1))
        quarterly(register, APRIL)

        assert [poll.opened_at for poll in register.polls.of_kind(PollKind.PULSE)] == [APRIL, NOW]


def test_it_waits_at_a_weekend_and_until_there_is_enough_to_ask(clear: SqlRegisters) -> None:
    saturday = datetime(2027, 4, 3, 4, 0, tzinfo=UTC)
    with clear.writing() as register:
        ratified(register)
        assert quarterly(register, saturday) == Wait(saturday + timedelta(days=1), "Weekends are left alone.")
        register.journeys.retire_stage(2)
        register.journeys.retire_stage(3)
        assert isinstance(quarterly(register, APRIL), Wait)
