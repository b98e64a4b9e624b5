from dataclasses import replace
from datetime import date

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.agreement.opening import open_naming, open_poll, sample_sizes
from planning.agreement.values import PollKind
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.outbox.values import MessageKind
from tests.builders import NOW, at, lead
from tests.planning.agreement.rounds import END, SAM, begun, sent, staffed


@pytest.fixture
def staff(company: SqlRegisters) -> SqlRegisters:
    with company.writing() as register:
        staffed(register)
    return company


def test_each_person_drawn_gets_one_message_and_who_was_asked_is_on_record(
    staff: SqlRegisters, database: Database
) -> None:
    with staff.writing() as register:
        poll = begun(register)
        invited = register.polls.invitations(poll.id)
        (entry,) = [entry for entry in register.audit.since(None) if entry.verb == "poll.opened"]

    addresses = [str(message.posting.address) for message in sent(database, MessageKind.QUESTION)]
    assert len(addresses) == len(set(addresses)) == len(invited) == 6
    assert entry.details["asked"] == [one.person for one in invited]
    assert (entry.details["size"], entry.details["seed"], entry.actor) == (3, 7, SAM.id)


def test_the_round_ends_with_the_working_day_of_whoever_opens_it(staff: SqlRegisters) -> None:
    with staff.writing() as register:
        assert f"{begun(register).closes_at:%Y-%m-%d %H:%M}" == "2027-03-08 16:00"


def test_a_second_round_waits_for_the_first(staff: SqlRegisters) -> None:
    with staff.writing() as register:
        begun(register)
        with pytest.raises(AlreadyDone, match="Sam Steward has started one already, which is open until 8 March 2027"):
            begun(register)


def test_the_longest_round_ends_on_the_last_day_that_the_refusal_names(staff: SqlRegisters) -> None:
    with staff.writing() as register:
        assert open_naming(register, 3, at(60).date(), SAM, 7, NOW).closes_at == at(60, hours=6)


def test_until_when_is_told_in_the_zone_of_whoever_asks(staff: SqlRegisters) -> None:
    sam = replace(SAM, zone="America/Los_Angeles")
    with staff.writing() as register:
        poll = open_naming(register, 3, END.date(), sam, 7, NOW)
        assert poll.closes_at.date() > END.date()
        with pytest.raises(AlreadyDone, match="open until 8 March 2027"):
            open_naming(register, 3, END.date(), sam, 7, NOW)


def test_score_tests_of_two_stages_may_be_open_at_once(staff: SqlRegisters) -> None:
    with staff.writing() as register:
        for stage in (1, 2):
            open_poll(register, PollKind.SCORE, (stage,), [(lead(id=1), 1)], 1, END, SAM, 0, NOW)
        with pytest.raises(AlreadyDone):
            open_poll(register, PollKind.SCORE, (1,), [(lead(id=1), 1)], 1, END, SAM, 0, NOW)


def test_what_begins_by_itself_at_night_asks_when_people_are_at_work(staff: SqlRegisters, database: Database) -> None:
    night = at(hours=-7)
    with staff.writing() as register:
        ada = register.people.by_id(1)
        poll = open_poll(register, PollKind.PULSE, (1,), [(ada, 1)], 1, END, None, 0, night)

    assert sent(database, MessageKind.QUESTION) == []
    assert poll.next_at == at(hours=-1)


@pytest.mark.parametrize(
    ("size", "ends", "field"),
    [
        (0, END.date(), "size"),
        (51, END.date(), "size"),
        (3, at(-1).date(), "closes_on"),
        (3, at(61).date(), "closes_on"),
    ],
    ids=["nobody", "a crowd", "yesterday", "in two months"],
)
def test_what_cannot_be_asked_is_told_at_its_field(staff: SqlRegisters, size: int, ends: date, field: str) -> None:
    with staff.writing() as register, pytest.raises(FieldError) as refusal:
        open_naming(register, size, ends, SAM, 7, NOW)

    assert list(refusal.value.errors) == [field]


def test_where_nobody_is_in_slack_nobody_can_be_asked(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        register.departments.add("Marketing")
        register.people.add("Ada", department=1)
        sam = register.people.add(SAM.name, slack_id=SAM.slack_id, roles=SAM.roles)
        with pytest.raises(FieldError, match="no department has people in Slack"):
            open_naming(register, 5, END.date(), sam, 7, NOW)


def test_only_a_steward_starts_a_round(staff: SqlRegisters) -> None:
    with staff.writing() as register, pytest.raises(NotAllowed, match="Ask Sam Steward"):
        open_naming(register, 5, END.date(), lead(id=1), 7, NOW)


def test_who_could_be_asked_is_known_before_anybody_is(staff: SqlRegisters) -> None:
    with staff.reading() as register:
        assert sample_sizes(register, 3) == [("Marketing", 3, 5), ("Service", 3, 5)]
        assert sample_sizes(register, 9) == [("Marketing", 5, 5), ("Service", 5, 5)]
