from dataclasses import replace

import pytest
from pydantic import ValidationError

from db.registers import SqlRegisters
from planning.agreement.answering import answer, named_stages
from planning.agreement.answers import ANSWER, NamedStages
from planning.agreement.closing import call_off
from planning.agreement.values import Invitation
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.workspace.values import Person
from tests.builders import NOW, at
from tests.planning.agreement.rounds import SAM, begun, staffed

FIRST, SECOND = NamedStages(names=("Join", "Use")), NamedStages(names=("Look", "Buy", "Use"))


@pytest.fixture
def asked(company: SqlRegisters) -> SqlRegisters:
    """Sam has asked three people of each department."""
    with company.writing() as register:
        staffed(register)
        begun(register)
    return company


def one_asked(registers: SqlRegisters) -> tuple[Invitation, Person]:
    with registers.reading() as register:
        invitation = register.polls.invitation(1)
        return invitation, register.people.by_id(invitation.person)


def test_the_last_answer_counts(asked: SqlRegisters) -> None:
    invitation, person = one_asked(asked)
    for said, moment in ((FIRST, NOW), (SECOND, at(1))):
        with asked.writing() as register:
            answer(register, invitation.id, said, person, moment)

    assert one_asked(asked)[0] == replace(invitation, answer=SECOND, answered_at=at(1))


def test_nobody_answers_for_somebody_else(asked: SqlRegisters) -> None:
    invitation, _ = one_asked(asked)
    with asked.writing() as register, pytest.raises(NotAllowed, match="somebody else"):
        answer(register, invitation.id, FIRST, SAM, NOW)


def test_an_answer_after_the_end_is_refused(asked: SqlRegisters) -> None:
    invitation, person = one_asked(asked)
    with asked.writing() as register:
        call_off(register, invitation.poll, SAM, at(1))
        with pytest.raises(AlreadyDone, match="closed on 2 March 2027"):
            answer(register, invitation.id, FIRST, person, at(2))


def test_the_log_tells_that_somebody_answered_and_not_what(asked: SqlRegisters) -> None:
    invitation, person = one_asked(asked)
    with asked.writing() as register:
        answer(register, invitation.id, NamedStages(names=("Telltale", "Use")), person, NOW)
        entries = list(register.audit.since(None))

    assert "poll.answered" in [entry.verb for entry in entries]
    assert "Telltale" not in str(entries)


def test_who_moves_meanwhile_counts_for_the_department_that_was_asked(asked: SqlRegisters) -> None:
    invitation, person = one_asked(asked)
    with asked.writing() as register:
        register.people.save(replace(person, department=2))
        answered = answer(register, invitation.id, FIRST, replace(person, department=2), NOW)

    assert (invitation.department, answered.department) == (1, 1)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Join"], "at least 2"),
        ([f"Stage {n}" for n in range(21)], "at most 20"),
        (["Join", "x" * 81], "too long"),
        (["Join", "Use", " join "], "“Join” is there twice"),
        (["1. Join", "2. Join"], "“Join” is there twice"),
        (["Join", "---", "Use"], "“---” has no letters"),
        (["Join", "\u200b", "Use"], "has no letters"),
    ],
    ids=["one", "too many", "a long one", "one twice", "one twice, numbered", "a rule", "nothing to see"],
)
def test_what_cannot_be_counted_is_told_at_the_field(lines: list[str], told: str) -> None:
    with pytest.raises(FieldError, match=told) as refusal:
        named_stages(lines)

    assert list(refusal.value.errors) == ["names"]


def test_empty_lines_and_stray_spaces_do_not_count() -> None:
    assert named_stages(["  Join ", "", "Get\thelp"]).names == ("Join", "Get help")


def test_numbers_and_dashes_before_the_names_are_no_part_of_them() -> None:
    lines = [
        "1. Join",
        "2) Use",
        "3: Pay",
        "4. 5-star help",
        "– Renew",
        "• Leave",
        "24/7 help",
        "7-day trial",
        "10:30 call",
    ]

    assert named_stages(lines).names == (
        *("Join", "Use", "Pay", "5-star help", "Renew", "Leave"),
        *("24/7 help", "7-day trial", "10:30 call"),
    )


def test_an_answer_that_cannot_be_read_back_is_not_told_to_the_log() -> None:
    with pytest.raises(ValidationError) as refusal:
        ANSWER.validate_python({"kind": "naming", "names": "Telltale"})

    assert "Telltale" not in str(refusal.value)


def test_the_day_of_the_end_is_told_as_it_was_where_the_person_is(asked: SqlRegisters) -> None:
    invitation, person = one_asked(asked)
    with asked.writing() as register:
        call_off(register, invitation.poll, SAM, at(1, hours=16))
        with pytest.raises(AlreadyDone, match="closed on 2 March 2027"):
            answer(register, invitation.id, FIRST, replace(person, zone="America/Los_Angeles"), at(2))
