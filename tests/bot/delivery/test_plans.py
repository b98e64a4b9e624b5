from dataclasses import replace

import pytest
from icalendar import Calendar

from bot.delivery.drawing import drawn
from bot.delivery.worker import Deliverer
from db.database import Database
from db.registers import SqlRegisters
from handlers.views.proposals import CALENDAR, LOADS
from planning.errors import NotFound
from planning.outbox.values import Address, Message, MessageKind, Posting
from planning.plans.accepting import accept
from planning.plans.terms import change_terms
from planning.plans.values import Plan
from planning.plans.withdrawing import take_back
from planning.proposals.asking import Progress
from tests.bot.sandbox.world import ANA, BEN, Control
from tests.builders import NOW, at
from tests.handlers.views.limits import accepted, elements, words
from tests.planning.plans.stories import ADA, BO, agreed_by_ada, computed, opened, queued


@pytest.fixture
def plan(company: SqlRegisters) -> Plan:
    """Ada has agreed to the proposal, a session and a review; Bo has not yet."""
    with company.writing() as register:
        begun = opened(register)
        number = computed(register, begun)
        return agreed_by_ada(register, begun, proposal=number, session_at=at(3), review_on=at(90).date())


def sent(database: Database, kind: MessageKind) -> list[Posting]:
    """What is queued, the first first."""
    return [one.posting for one in sorted(queued(database, kind), key=_id)]


def _id(message: Message) -> int:
    return message.id


def test_the_message_shows_the_plan_with_both_pictures(company: SqlRegisters, database: Database, plan: Plan) -> None:
    (posting,) = sent(database, MessageKind.PLAN)
    with company.reading() as register:
        message = drawn(register, posting, NOW)

    assert set(message.pictures) == {LOADS, CALENDAR}
    assert all(picture.draw().startswith(b"\x89PNG") for picture in message.pictures.values())
    assert "One letter that says it all" in words(message.message({LOADS: "F1", CALENDAR: "F2"}))


def test_while_its_proposal_grows_nothing_is_uploaded(company: SqlRegisters, database: Database, plan: Plan) -> None:
    (posting,) = sent(database, MessageKind.PLAN)
    with company.writing() as register:
        register.proposals.save(replace(register.proposals.by_id(1), progress=Progress.RUNNING))

        assert drawn(register, posting, NOW).pictures == {}


def test_the_thread_says_what_was_agreed_and_calls_whose_work_has_new_dates(
    company: SqlRegisters, database: Database, plan: Plan
) -> None:
    with company.writing() as register:
        accept(register, plan.id, plan.revision, BO, at(1))
    posting = sent(database, MessageKind.PLAN_NEWS)[-1]
    with company.reading() as register:
        message = drawn(register, posting, NOW).message({})

    assert posting.follows == f"plan:{plan.id}"
    assert "1 initiative changed: CX-1" in words(message)
    assert [one["user_id"] for one in elements(message, "user")] == ["U0ADA"]
    accepted(message)


def test_the_invitation_is_a_file_that_calendars_read(company: SqlRegisters, database: Database, plan: Plan) -> None:
    (posting,) = sent(database, MessageKind.CALENDAR)
    with company.reading() as register:
        file = drawn(register, posting, NOW).document

    assert file is not None
    (event,) = Calendar.from_ical(file.draw()).walk("VEVENT")
    assert (event.decoded("dtstart"), file.name, file.mimetype) == (at(3), "plan-1-session.ics", "text/calendar")


def test_a_session_that_was_taken_out_before_anybody_was_invited_is_not_sent(
    company: SqlRegisters, database: Database, plan: Plan
) -> None:
    with company.writing() as register:
        change_terms(register, plan.id, replace(plan.terms, session_at=None), ADA, NOW)
    invitation, _ = sent(database, MessageKind.CALENDAR)

    with company.reading() as register, pytest.raises(NotFound, match="taken out of the plan"):
        drawn(register, invitation, NOW)


@pytest.mark.parametrize("ends", ["taken out", "taken back"])
def test_a_session_that_is_off_is_taken_out_of_calendars(
    company: SqlRegisters, database: Database, plan: Plan, ends: str
) -> None:
    with company.writing() as register:
        if ends == "taken out":
            change_terms(register, plan.id, replace(plan.terms, session_at=None), ADA, NOW)
        else:
            take_back(register, plan.id, ADA, NOW)
    invited, off = sent(database, MessageKind.CALENDAR)
    with company.reading() as register:
        message = drawn(register, off, NOW)

    assert message.document is not None
    calendar = Calendar.from_ical(message.document.draw())
    (event,) = calendar.walk("VEVENT")
    assert (calendar["method"], event["status"], event.decoded("dtstart")) == ("CANCEL", "CANCELLED", at(3))
    assert event.decoded("sequence") > 2 * int(str(invited.payload["revision"]))
    assert "You do not sit together on 4 March 2027, 09:00" in words(message.message({}))


def test_a_reminder_is_not_sent_once_its_plan_has_gone_on(company: SqlRegisters, plan: Plan) -> None:
    with company.writing() as register:
        accept(register, plan.id, plan.revision, BO, NOW)
        late = Posting("k", MessageKind.PLAN_NEWS, plan.id, Address.person("U0BO"), {"what": "unaccepted"})

        with pytest.raises(NotFound, match="has gone on"):
            drawn(register, late, NOW)


def test_all_of_it_arrives_in_one_conversation_with_what_follows_in_its_thread(
    company: SqlRegisters, database: Database, deliverer: Deliverer, control: Control
) -> None:
    with company.writing() as register:
        for id, slack_id in ((1, ANA), (2, BEN)):
            register.people.save(replace(register.people.by_id(id), slack_id=slack_id))
        begun = opened(register)
        number = computed(register, begun)
    deliverer.deliver_once()
    with company.writing() as register:
        agreed_by_ada(register, begun, proposal=number, session_at=at(3))
    for _ in range(3):
        deliverer.deliver_once()

    (head,) = queued(database, MessageKind.PLAN)
    said = control.messages(str(head.channel))
    follows = [one for one in said if one["ts"] != head.ts]
    assert "One letter that says it all" in str(next(one for one in said if one["ts"] == head.ts)["blocks"])
    assert {one["thread_ts"] for one in follows} == {head.ts}
    assert [file["title"] for one in follows for file in one.get("files", ())] == ["Plan together: CX-1 and CX-2"]
