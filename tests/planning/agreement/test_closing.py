from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.agreement.answering import answer
from planning.agreement.answers import NamedStages
from planning.agreement.closing import PAUSE, call_off, close_now, postpone, watch
from planning.agreement.results import NamingResult
from planning.agreement.values import Poll
from planning.errors import AlreadyDone, NotAllowed
from planning.outbox.values import MessageKind
from tests.builders import NOW, at, lead
from tests.handlers.slack import WordEncoder
from tests.planning.agreement.rounds import SAM, begun, sent, staffed

ENCODER = WordEncoder()
FRIDAY_NIGHT, FRIDAY_MORNING = at(3, hours=17), at(3, hours=23)
"""After half of the time: two and eight o'clock UTC; people are in Oslo."""


@pytest.fixture
def asked(company: SqlRegisters) -> SqlRegisters:
    """Sam has asked three people of each department."""
    with company.writing() as register:
        staffed(register)
        begun(register)
    return company


def answered(registers: SqlRegisters, numbers: Sequence[int], *names: str) -> None:
    for number in numbers:
        with registers.writing() as register:
            person = register.people.by_id(register.polls.invitation(number).person)
            answer(register, number, NamedStages(names=names or ("Join", "Renew")), person, NOW)


def watched(registers: SqlRegisters, now: datetime) -> Poll:
    with registers.writing() as register:
        watch(register, ENCODER, now)
        return register.polls.by_id(1)


def test_those_who_are_silent_after_half_of_the_time_are_reminded_once_and_by_day(
    asked: SqlRegisters, database: Database
) -> None:
    answered(asked, [1, 2])
    with asked.reading() as register:
        assert register.polls.by_id(1).next_at == FRIDAY_MORNING
    watched(asked, FRIDAY_NIGHT)
    assert sent(database, MessageKind.REMINDER) == []

    for moment in (FRIDAY_MORNING, at(4), at(5)):
        watched(asked, moment)
    assert [message.posting.subject for message in sent(database, MessageKind.REMINDER)] == [3, 4, 5, 6]
    assert len(sent(database, MessageKind.QUESTION)) == 6


def test_a_reminder_that_was_missed_by_day_waits_for_the_next_working_day(
    asked: SqlRegisters, database: Database
) -> None:
    assert watched(asked, at(4, hours=12)).next_at == at(6, hours=23)
    watched(asked, at(6, hours=23))

    assert len(sent(database, MessageKind.REMINDER)) == 6


def test_at_its_time_the_round_closes_once_and_the_stewards_get_the_result(
    asked: SqlRegisters, database: Database
) -> None:
    answered(asked, [1, 2, 3, 4])
    closed = watched(asked, at(7, hours=7))
    again = watched(asked, at(7, hours=8))

    assert again == closed
    assert isinstance(closed.result, NamingResult)
    assert (closed.result.asked, closed.result.answered) == (6, 4)
    assert [stage.name for stage in closed.result.proposed] == ["Join", "Renew"]
    (told,) = sent(database, MessageKind.RESULT)
    assert told.posting.address.ids == (SAM.slack_id,)
    with asked.reading() as register:
        assert [entry.verb for entry in register.audit.since(None)].count("poll.closed") == 1


def test_beats_of_several_processes_close_it_once(asked: SqlRegisters, database: Database) -> None:
    with ThreadPoolExecutor(4) as threads:
        for _ in threads.map(lambda _: watched(asked, at(8)), range(4)):
            pass

    assert len(sent(database, MessageKind.RESULT)) == 1


def test_what_is_answered_while_it_closes_counts_or_is_refused(asked: SqlRegisters) -> None:
    """None is taken and then left out of the result."""

    def told(number: int) -> bool:
        try:
            answered(asked, [number])
        except AlreadyDone:
            return False
        return True

    with ThreadPoolExecutor(7) as threads:
        waiting = [threads.submit(told, number) for number in range(1, 7)]
        closing = threads.submit(watched, asked, at(8))
        taken = sum(one.result() for one in waiting)

    result = closing.result().result
    assert isinstance(result, NamingResult)
    assert result.answered == taken


def test_every_question_and_reminder_is_drawn_anew_at_the_end(asked: SqlRegisters, database: Database) -> None:
    watched(asked, FRIDAY_MORNING)
    watched(asked, at(8))

    asked_of = [*sent(database, MessageKind.QUESTION), *sent(database, MessageKind.REMINDER)]
    assert [message.wanted for message in asked_of] == [2] * 12


def test_a_steward_closes_before_the_time_with_what_there_is(asked: SqlRegisters, database: Database) -> None:
    answered(asked, [1])
    with asked.writing() as register:
        close_now(register, 1, ENCODER, SAM, at(1))
        with pytest.raises(AlreadyDone, match="closed on 2 March 2027"):
            close_now(register, 1, ENCODER, SAM, at(1))
    with asked.reading() as register:
        closed = register.polls.by_id(1)

    assert isinstance(closed.result, NamingResult)
    assert (closed.result.answered, closed.result.overall, closed.next_at) == (1, None, None)
    assert len(sent(database, MessageKind.RESULT)) == 1


def test_of_two_answers_not_even_the_stages_are_told(asked: SqlRegisters) -> None:
    answered(asked, [1], "Telltale", "Join")
    answered(asked, [2], "Join", "Whisper")
    closed = watched(asked, at(8))

    assert isinstance(closed.result, NamingResult)
    assert closed.result.answered == 2
    assert "Telltale" not in str(closed.result)


def test_what_is_called_off_comes_to_nothing_and_sends_nothing_more(asked: SqlRegisters, database: Database) -> None:
    answered(asked, [1])
    with asked.writing() as register:
        call_off(register, 1, SAM, at(1))
    ended = watched(asked, at(8))

    assert (ended.result, ended.closed_at, ended.next_at) == (None, at(1), None)
    assert sent(database, MessageKind.RESULT) == sent(database, MessageKind.REMINDER) == []


@pytest.mark.parametrize("called_off", [False, True], ids=["closed", "called off"])
def test_at_the_end_the_answers_are_deleted_and_who_answered_stays(asked: SqlRegisters, called_off: bool) -> None:
    answered(asked, [1, 2, 3])
    with asked.writing() as register:
        if called_off:
            call_off(register, 1, SAM, NOW)
        else:
            close_now(register, 1, WordEncoder(), SAM, NOW)
        invitations = register.polls.invitations(1)

    assert [one.answer for one in invitations] == [None] * 6
    assert sum(one.answered_at is not None for one in invitations) == 3


def test_only_a_steward_or_who_opened_it_ends_a_round(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        with pytest.raises(NotAllowed, match="Ask Sam Steward"):
            call_off(register, 1, lead(id=1), NOW)
        register.polls.save(replace(register.polls.by_id(1), opened_by=1))
        assert not call_off(register, 1, lead(id=1), NOW).open


def test_a_poll_that_cannot_be_dealt_with_rests_for_a_while(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        postpone(register, at(8))
        assert register.polls.by_id(1).next_at == at(8) + PAUSE
        assert register.polls.due(at(8)) == []


def test_a_stage_that_goes_in_the_middle_of_a_round_changes_nothing(asked: SqlRegisters) -> None:
    answered(asked, [1, 2, 3])
    with asked.writing() as register:
        register.journeys.retire_stage(1)

    assert isinstance(watched(asked, at(8)).result, NamingResult)
