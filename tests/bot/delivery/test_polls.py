"""What people are sent in a round, as it is drawn: nobody reads anybody's answer in it."""

import pytest

from bot.delivery.drawing import drawn
from db.database import Database
from db.registers import SqlRegisters
from handlers.agreement.hub import hub
from handlers.views.text import Message
from planning.agreement.answering import answer
from planning.agreement.answers import NamedStages
from planning.agreement.closing import call_off, watch
from planning.errors import NotFound
from planning.outbox.values import MessageKind, Posting
from tests.builders import NOW, at, posting
from tests.handlers.slack import WordEncoder
from tests.handlers.views.limits import accepted, elements, words
from tests.planning.agreement.rounds import SAM, begun, sent, staffed

POLLS = (MessageKind.QUESTION, MessageKind.REMINDER, MessageKind.RESULT)


@pytest.fixture
def asked(company: SqlRegisters) -> SqlRegisters:
    """Six people are asked; each but the last has answered with a word of their own."""
    with company.writing() as register:
        staffed(register)
        begun(register)
        for number in range(1, 6):
            person = register.people.by_id(register.polls.invitation(number).person)
            answer(register, number, NamedStages(names=("Join", f"Telltale{number}")), person, NOW)
    return company


def seen(registers: SqlRegisters, posting: Posting) -> Message:
    with registers.reading() as register:
        message = drawn(register, posting, NOW).message({})
    accepted(message)
    return message


def all_seen(registers: SqlRegisters, database: Database) -> list[Message]:
    """Every message of the round."""
    return [seen(registers, one.posting) for kind in POLLS for one in sent(database, kind)]


def watched(registers: SqlRegisters, days: float) -> None:
    with registers.writing() as register:
        watch(register, WordEncoder(), at(days))


def test_no_message_and_no_hub_holds_a_single_answer_while_the_round_is_open(
    asked: SqlRegisters, database: Database
) -> None:
    watched(asked, 4)
    with asked.reading() as register:
        hubs = [hub(register, person, NOW) for person in register.people.all()]
    messages = all_seen(asked, database)

    assert len(messages) == 6 + 1
    assert not any("Telltale" in f"{message.text} {words(message)}" for message in (*messages, *hubs))


def test_the_result_names_no_person(asked: SqlRegisters, database: Database) -> None:
    watched(asked, 8)
    with asked.reading() as register:
        names = [register.people.by_id(one.person).name for one in register.polls.invitations(1)]
    (result,) = [seen(asked, one.posting) for one in sent(database, MessageKind.RESULT)]

    assert "5 of 6 people answered" in words(result)
    assert not any(name in f"{result.text} {words(result)}" for name in names)


def test_the_question_is_open_then_answered_then_closed(asked: SqlRegisters, database: Database) -> None:
    questions = [one.posting for one in sent(database, MessageKind.QUESTION)]
    labels = [elements(seen(asked, one), "button")[0]["text"]["text"] for one in questions]
    assert labels == ["Change my answer"] * 5 + ["Name the stages"]

    watched(asked, 8)
    assert all("This round is closed. 5 of 6 people answered" in words(seen(asked, one)) for one in questions[5:])
    assert all("Thank you for your answer." in words(seen(asked, one)) for one in questions[:5])


def test_of_a_round_that_was_called_off_there_is_no_result(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        call_off(register, 1, SAM, NOW)
    with pytest.raises(NotFound):
        seen(asked, posting(kind=MessageKind.RESULT, subject=1))
