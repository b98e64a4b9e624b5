from dataclasses import replace

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.agreement.consulting import ask_departments
from planning.agreement.ratification import Ratification
from planning.agreement.ratifying import (
    Unread,
    last_ratified,
    newest_tally,
    ratified_line,
    ratify,
    take_stances,
    tally_of,
)
from planning.agreement.tallying import Objection, Tally, Word
from planning.errors import AlreadyDone, FieldError, NotAllowed, PlanningError
from planning.journey.arranging import save_stages
from planning.outbox.values import MessageKind
from tests.builders import NOW, at, lead, stage, steward
from tests.planning.agreement.rounds import sent

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")
SAM = steward(id=3, name="Sam Steward", slack_id="U0SAM")
VAGUE = {3: "Nobody says when it begins."}


@pytest.fixture
def asked(company: SqlRegisters) -> SqlRegisters:
    """Sam looks after the workspace and has asked Marketing (Ada) and Service (Bo)."""
    with company.writing() as register:
        register.people.add(SAM.name, slack_id=SAM.slack_id, roles=SAM.roles)
        ask_departments(register, SAM, NOW)
    return company


def newest(register: SqlRegister) -> Ratification:
    return register.ratifications.newest()[0]


def standing(register: SqlRegister) -> Tally:
    return tally_of(register, newest(register))


def words(register: SqlRegister) -> list[Word]:
    return [one.word for one in standing(register).departments]


def line(register: SqlRegister) -> str:
    return ratified_line(register, newest_tally(register))


def both_agree(register: SqlRegister) -> None:
    take_stances(register, 1, 1, {}, ADA, NOW)
    take_stances(register, 1, 2, {}, BO, NOW)


def test_every_lead_gets_one_card_however_often_the_steward_asks(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        again = ask_departments(register, SAM, at(1))

        assert (again.leads, again.nobody) == (0, ())
        assert newest(register).asked == ((1, 1), (2, 2))
        assert register.postings.revise(MessageKind.RATIFICATION, 1) == 2


def test_only_stewards_ask_and_only_when_there_is_somebody_to_ask(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        register.people.add(SAM.name, slack_id=SAM.slack_id, roles=SAM.roles)
        with pytest.raises(NotAllowed, match="Ask Sam Steward"):
            ask_departments(register, ADA, NOW)
        with pytest.raises(PlanningError, match="Name the leads first"):
            ask_departments(register, SAM, NOW)


def test_a_department_that_has_not_answered_waits(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        take_stances(register, 1, 1, {}, ADA, NOW)

        assert words(register) == [Word.AGREES, Word.WAITING]
        assert not standing(register).unanimous


def test_an_objection_is_on_record_with_its_reason(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        told = take_stances(register, 1, 2, VAGUE, BO, NOW)

        assert told.objections == (Objection("Service", "Renew", "Nobody says when it begins."),)


@pytest.mark.parametrize("reason", ["", " \n ", "why " * 200])
def test_an_objection_needs_a_reason_of_some_length(asked: SqlRegisters, reason: str) -> None:
    with asked.writing() as register:
        with pytest.raises(FieldError) as refused:
            take_stances(register, 1, 2, {3: reason}, BO, NOW)

        assert list(refused.value.errors) == ["reason_3"]
        assert words(register) == [Word.WAITING, Word.WAITING]


def test_the_last_word_of_a_department_counts(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        take_stances(register, 1, 2, VAGUE, BO, NOW)
        take_stances(register, 1, 2, {}, BO, at(1))

        assert standing(register).saying(Word.AGREES) == ["Service"]
        assert standing(register).objections == ()


def test_an_objection_of_the_other_lead_is_read_before_it_is_replaced(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        lin = register.people.add("Lin", slack_id="U0LIN", department=2, roles=BO.roles)
        take_stances(register, 1, 2, VAGUE, BO, NOW)
        with pytest.raises(Unread, match="Bo Lind has objected for Service meanwhile"):
            take_stances(register, 1, 2, {}, lin, at(1))
        assert words(register) == [Word.WAITING, Word.OBJECTS]

        assert take_stances(register, 1, 2, {}, lin, at(1), NOW).saying(Word.AGREES) == ["Service"]


def test_who_adds_to_what_the_other_lead_objects_to_loses_nothing(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        lin = register.people.add("Lin", slack_id="U0LIN", department=2, roles=BO.roles)
        take_stances(register, 1, 2, VAGUE, BO, NOW)

        assert len(take_stances(register, 1, 2, {**VAGUE, 1: "Too early."}, lin, at(1)).objections) == 2


def test_saying_the_same_twice_is_one_answer(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        take_stances(register, 1, 2, VAGUE, BO, NOW)
        take_stances(register, 1, 2, VAGUE, BO, at(1))

        assert standing(register).last_at == NOW
        assert [one.verb for one in register.audit.since(None)].count("ratification.answered") == 1


def test_nobody_answers_for_another_department(asked: SqlRegisters) -> None:
    with asked.writing() as register, pytest.raises(NotAllowed, match="Ask Bo Lind"):
        take_stances(register, 1, 2, {}, ADA, NOW)


def test_a_journey_to_which_all_agree_is_ratified_plainly(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        both_agree(register)
        assert standing(register).unanimous
        ratify(register, 1, NOW, SAM, at(1))

        assert line(register) == "Ratified on 2 March 2027."
        with pytest.raises(AlreadyDone, match="Sam Steward has ratified"):
            take_stances(register, 1, 2, VAGUE, BO, at(2))


def test_pressed_twice_it_is_ratified_once(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        both_agree(register)
        done = ratify(register, 1, NOW, SAM, at(1))

        assert ratify(register, 1, NOW, SAM, at(2)) == done
        assert [one.verb for one in register.audit.since(None)].count("journey.ratified") == 1


def test_the_record_says_over_how_many_objections_it_was_ratified(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        take_stances(register, 1, 2, VAGUE, BO, NOW)
        ratify(register, 1, NOW, SAM, at(1))

        (entry,) = [one for one in register.audit.since(None) if one.verb == "journey.ratified"]
        assert (entry.details["over"], entry.details["silent"]) == (1, [1])
        assert line(register) == "Ratified on 2 March 2027 over 1 objection."


def test_what_was_said_after_the_steward_looked_is_looked_at_first(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        take_stances(register, 1, 1, {}, ADA, NOW)
        take_stances(register, 1, 2, VAGUE, BO, at(1))

        with pytest.raises(AlreadyDone, match="answered meanwhile"):
            ratify(register, 1, NOW, SAM, at(2))


def test_a_journey_that_nobody_has_answered_is_not_ratified(asked: SqlRegisters) -> None:
    with asked.writing() as register, pytest.raises(PlanningError, match="Wait for the first"):
        ratify(register, 1, None, SAM, at(1))


def test_a_stage_that_changed_makes_the_answers_outdated_and_is_asked_anew(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        both_agree(register)
        register.journeys.save_stage(stage(id=2, name="Enjoy", position=2))
        assert words(register) == [Word.OUTDATED, Word.OUTDATED]
        with pytest.raises(PlanningError, match="“Use” is called “Enjoy” now"):
            ratify(register, 1, NOW, SAM, at(1))

        again = ask_departments(register, SAM, at(1))

        assert (again.ratification.id, again.leads, words(register)) == (2, 2, [Word.WAITING, Word.WAITING])
        with pytest.raises(AlreadyDone, match="Answer the newer question"):
            take_stances(register, 1, 2, {}, BO, at(1))


def test_the_cards_are_drawn_again_when_somebody_answers_or_the_journey_changes(
    asked: SqlRegisters, database: Database
) -> None:
    with asked.writing() as register:
        take_stances(register, 1, 2, VAGUE, BO, NOW)
    once = [one.wanted for one in sent(database, MessageKind.RATIFICATION)]
    with asked.writing() as register:
        save_stages(register, [("Join", ""), ("Use", "")], SAM, at(1))

    assert [one.wanted for one in sent(database, MessageKind.RATIFICATION)] == [wanted + 1 for wanted in once]


def test_an_objection_to_a_stage_that_went_stands_no_more(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        take_stances(register, 1, 2, VAGUE, BO, NOW)
        register.journeys.retire_stage(3)

        assert standing(register).changed == ("“Renew” was taken out",)
        assert standing(register).objections == ()
        assert words(register) == [Word.WAITING, Word.OUTDATED]


def test_a_department_that_came_later_was_not_asked_and_one_without_leads_cannot_be(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        claims, billing = register.departments.add("Claims"), register.departments.add("Billing")
        register.people.add("Cy", slack_id="U0CY", department=claims.id, roles=ADA.roles)
        assert standing(register).saying(Word.UNASKED) == ["Claims"]
        assert standing(register).saying(Word.NOBODY) == ["Billing"]

        asked_now = ask_departments(register, SAM, at(1))

        assert (asked_now.leads, asked_now.nobody) == (1, (billing.name,))
        assert standing(register).saying(Word.WAITING) == ["Claims", "Marketing", "Service"]


def test_a_lead_who_came_after_the_asking_has_not_been_asked(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        register.people.save(replace(BO, roles=frozenset()))
        lin = register.people.add("Lin", slack_id="U0LIN", department=2, roles=BO.roles)
        assert standing(register).saying(Word.UNASKED) == ["Service"]
        with pytest.raises(NotAllowed, match="Ask Lin"):
            take_stances(register, 1, 2, {}, replace(BO, roles=frozenset()), at(1))

        assert ask_departments(register, SAM, at(1)).leads == 1
        assert take_stances(register, 1, 2, {}, lin, at(1)).saying(Word.AGREES) == ["Service"]


def test_what_a_lead_said_who_has_gone_still_counts(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        take_stances(register, 1, 2, VAGUE, BO, NOW)
        register.people.save(replace(BO, roles=frozenset()))
        register.departments.save(replace(register.departments.by_id(2), name="Care"))

        assert standing(register).objections == (Objection("Care", "Renew", VAGUE[3]),)


@pytest.mark.parametrize("moved", [False, True], ids=["a new stage", "another order"])
def test_nobody_has_agreed_to_what_came_later(asked: SqlRegisters, moved: bool) -> None:
    with asked.writing() as register:
        both_agree(register)
        if moved:
            register.journeys.save_stage(stage(id=1, name="Join", position=9))
        else:
            register.journeys.add_stage(stage(id=0, name="Leave", position=4))

        assert words(register) == [Word.OUTDATED, Word.OUTDATED]


def test_what_was_ratified_stands_as_it_was_when_the_journey_changes(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        take_stances(register, 1, 1, {}, ADA, NOW)
        take_stances(register, 1, 2, VAGUE, BO, NOW)
        ratify(register, 1, NOW, SAM, at(1))
        register.journeys.retire_stage(3)

        assert (words(register), standing(register).changed) == ([Word.AGREES, Word.OBJECTS], ())


def test_a_ratified_journey_says_what_has_changed_since(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        both_agree(register)
        ratify(register, 1, NOW, SAM, at(1))
        register.journeys.add_stage(stage(id=0, name="Leave", position=4))
        told = line(register)
        ask_departments(register, SAM, at(2))

        assert told == "Ratified on 2 March 2027. Changed since: “Leave” is new."
        assert line(register) == f"{told} The departments are asked: 0 of 2 agree."
        assert [one.id for one in (last_ratified(register), newest(register)) if one] == [1, 2]


def test_before_anybody_was_asked_the_line_says_so(company: SqlRegisters) -> None:
    with company.reading() as register:
        assert line(register) == "The journey is not ratified: no department was asked yet."
