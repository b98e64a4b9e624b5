"""What leads are sent about the journey and its scores, as it is drawn."""

import pytest

from bot.delivery.drawing import drawn
from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from handlers.views.text import Message
from planning.agreement.answering import answer
from planning.agreement.answers import SaidScore
from planning.agreement.closing import close_now
from planning.agreement.consulting import ask_departments
from planning.agreement.ratifying import take_stances
from planning.agreement.score_testing import open_score_test
from planning.findings.settling import decide
from planning.findings.values import Choice, Kind
from planning.initiatives.registering import register_initiative
from planning.outbox.values import MessageKind, Posting
from tests.builders import NOW, draft, lead, vector
from tests.handlers.slack import WordEncoder
from tests.handlers.views.limits import accepted, words
from tests.planning.agreement.rounds import SAM, sent, staffed

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


@pytest.fixture
def staff(company: SqlRegisters) -> SqlRegisters:
    """Ada and Bo lead the two departments; Sam is the steward."""
    with company.writing() as register:
        staffed(register)
    return company


def seen(register: SqlRegister, posting: Posting) -> Message:
    message = drawn(register, posting, NOW).message({})
    accepted(message)
    return message


def disputed(register: SqlRegister) -> None:
    """Ada and Bo name different targets for “Use”."""
    poll = open_score_test(register, 2, SAM, NOW)
    for invitation, person, target in zip(register.polls.invitations(poll.id), (ADA, BO), (40, 55), strict=True):
        answer(register, invitation.id, SaidScore(measure="Telltale", target=target), person, NOW)


def test_each_lead_gets_the_card_of_their_department_and_sees_what_the_others_say(
    staff: SqlRegisters, database: Database
) -> None:
    with staff.writing() as register:
        ask_departments(register, SAM, NOW)
        take_stances(register, 1, 2, {3: "Nobody says when it begins."}, BO, NOW)
    ada, bo = (one.posting for one in sent(database, MessageKind.RATIFICATION))

    with staff.reading() as register:
        assert "You lead Marketing" in words(seen(register, ada))
        assert "You lead Service" in words(seen(register, bo))
        assert "Service objects to “Renew”: Nobody says when it begins." in seen(register, ada).text


def test_a_score_test_shows_no_answer_before_it_closes_and_no_name_after(
    staff: SqlRegisters, database: Database
) -> None:
    with staff.writing() as register:
        for department in (1, 2):
            register.initiatives.add(draft(department=department, stages=(2,)), vector(department), NOW)
        disputed(register)
    with staff.reading() as register:
        told = [words(seen(register, one.posting)) for one in sent(database, MessageKind.QUESTION)]
    assert len(told) == 2
    assert not any("Telltale" in one for one in told)

    with staff.writing() as register:
        close_now(register, 1, WordEncoder(), SAM, NOW)
    with staff.reading() as register:
        (result,) = [words(seen(register, one.posting)) for one in sent(database, MessageKind.RESULT)]
    assert "Telltale, by 2 people: target 40 or 55" in result
    assert "Ada" not in result


def test_leads_who_plan_together_find_the_disputed_score_among_what_is_to_agree_on(
    staff: SqlRegisters, database: Database
) -> None:
    with staff.writing() as register:
        for department, person in ((1, ADA), (2, BO)):
            register_initiative(register, draft(department=department, stages=(2,)), vector(1), {}, person, NOW)
        disputed(register)
        close_now(register, 1, WordEncoder(), SAM, NOW)
        (overlap,) = register.findings.standing(Kind.OVERLAP)
        decide(register, overlap.id, Choice.PLAN, ADA, NOW)
    (plan,) = sent(database, MessageKind.PLAN)

    with staff.reading() as register:
        assert "To settle: what “Use” is measured by, and its target" in words(seen(register, plan.posting))
