from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db.database import Database
from db.outbox import Outbox
from db.registers import SqlRegister, SqlRegisters
from planning.checkins.values import Standing
from planning.data.values import Kept, Portion, Progress
from planning.findings.values import Finding
from planning.outbox.values import Delivery, MessageKind, Posting
from planning.schedules.values import Occurrence, OccurrenceState
from tests.builders import NOW, at, check_in, draft, found, posting, schedule, vector

BEFORE = at(200)
LATER = at(500)


def forget(company: SqlRegisters, kept: Kept = Kept.MESSAGES, after: int = 0, limit: int = 100) -> Portion:
    with company.writing() as register:
        return register.keeping.forget(kept, BEFORE, after, limit)


def queue(company: SqlRegisters, *postings: Posting, days: float = 0) -> None:
    with company.writing() as register:
        for one in postings:
            register.postings.add(one, at(days))


def send(outbox: Outbox, now: datetime = NOW) -> None:
    """Whatever waits is posted."""
    while waiting := outbox.claim(now, timedelta(minutes=1), 100):
        for message in waiting:
            outbox.posted(message, "D1", f"1.{message.id}", message.wanted, now)
        now += timedelta(minutes=1)


def keys(outbox: Outbox) -> set[str]:
    return {message.posting.delivery_key for message in outbox.page(100).items}


@pytest.fixture
def outbox(company: SqlRegisters, database: Database) -> Outbox:
    return database.outbox(company.workspace)


def imported(key: str) -> Posting:
    return posting(delivery_key=key, kind=MessageKind.IMPORTED, subject=0)


def test_messages_that_arrived_go_when_they_are_old(company: SqlRegisters, outbox: Outbox) -> None:
    queue(company, imported("old"), imported("older"))
    send(outbox)
    queue(company, imported("young"), days=201)

    assert forget(company) == Portion(Kept.MESSAGES, 3, 2, whole=True)
    assert keys(outbox) == {"young"}


def test_a_message_stays_until_it_has_arrived_as_it_is_wanted(company: SqlRegisters, outbox: Outbox) -> None:
    queue(company, imported("revised"))
    send(outbox)
    queue(company, imported("unsent"))
    with company.writing() as register:
        register.postings.revise(MessageKind.IMPORTED, 0)

    assert forget(company).forgotten == 0


def test_a_message_that_was_edited_lately_stays(company: SqlRegisters, outbox: Outbox) -> None:
    queue(company, imported("edited"))
    (message,) = outbox.claim(LATER, timedelta(minutes=1), 1)
    outbox.posted(message, "D1", "1.1", message.wanted, LATER)

    assert forget(company).forgotten == 0


def test_one_that_failed_goes_and_one_in_doubt_stays(company: SqlRegisters, outbox: Outbox) -> None:
    queue(company, imported("failed"), replace(imported("doubt"), address=posting().address.person("U0BO")))
    failed, doubted = outbox.claim(NOW, timedelta(minutes=1), 2)
    outbox.failed(failed, "no such person")
    outbox.uncertain(doubted, "no answer", NOW)

    forget(company)

    assert keys(outbox) == {"doubt"}


def an_overlap(register: SqlRegister) -> Finding:
    drafts = [(str(number), draft(title=f"Letter {number}"), vector(number)) for number in (1, 2)]
    register.initiatives.add_all(drafts, NOW, by=1, source="")
    return register.findings.add(found(1, 2), NOW)


@pytest.mark.parametrize(("closed", "left"), [(False, {"card", "reply"}), (True, set())], ids=["open", "closed"])
def test_the_card_of_an_overlap_and_its_thread_stay_while_it_is_open(
    company: SqlRegisters, outbox: Outbox, closed: bool, left: set[str]
) -> None:
    with company.writing() as register:
        overlap = an_overlap(register)
        if closed:
            register.findings.save(replace(overlap, closed_at=NOW), NOW)
    queue(company, posting(delivery_key="card", subject=overlap.id))
    send(outbox)
    queue(company, posting(delivery_key="reply", kind=MessageKind.NEWS, subject=overlap.id, follows="card"))
    send(outbox, at(1))

    forget(company)

    assert keys(outbox) == left


def test_a_message_stays_while_another_one_waits_for_its_thread(company: SqlRegisters, outbox: Outbox) -> None:
    queue(company, imported("head"))
    send(outbox)
    queue(company, replace(imported("reply"), follows="head"))

    assert forget(company).forgotten == 0
    assert Delivery.PENDING in {message.state for message in outbox.page(10).items}


def test_a_portion_is_bounded_and_the_next_one_goes_on_behind_it(company: SqlRegisters, outbox: Outbox) -> None:
    queue(company, *(imported(f"message {number}") for number in range(5)))
    send(outbox)

    first = forget(company, limit=3)
    assert first == Portion(Kept.MESSAGES, 3, 3, whole=False)
    assert forget(company, after=first.looked, limit=3) == Portion(Kept.MESSAGES, 5, 2, whole=True)


def test_the_last_due_time_that_was_done_of_each_schedule_stays(company: SqlRegisters) -> None:
    with company.writing() as register:
        id = register.schedules.add(schedule()).id
        for days, state in ((0, OccurrenceState.DONE), (7, OccurrenceState.DONE), (14, OccurrenceState.SKIPPED)):
            register.schedules.occur(Occurrence(0, id, at(days), state, at(days)))

    assert forget(company, Kept.DUE_TIMES).forgotten == 1
    with company.reading() as register:
        assert [one.due_at for one in register.schedules.history(id, 9).items] == [at(14), at(7)]


def test_the_last_check_in_of_each_initiative_stays_and_the_last_answer(company: SqlRegisters) -> None:
    with company.writing() as register:
        an_overlap(register)
        asked = [check_in(asked_at=at(days)) for days in (0, 7, 14)]
        answered = [replace(one, answer=Standing.ON_TRACK, answered_at=one.asked_at) for one in asked[:2]]
        register.check_ins.add_all([*answered, asked[2]])

    assert forget(company, Kept.CHECK_INS).forgotten == 1
    with company.reading() as register:
        assert [one.asked_at for one in register.check_ins.since(NOW)] == [at(7), at(14)]


def test_nothing_of_another_workspace_is_forgotten(company: SqlRegisters, database: Database) -> None:
    other = database.registers(database.ensure_workspace("other").id)
    queue(other, imported("theirs"))
    send(database.outbox("other"))

    assert forget(company).forgotten == 0
    assert keys(database.outbox("other")) == {"theirs"}


def test_where_it_stands_is_remembered(company: SqlRegisters) -> None:
    with company.writing() as register:
        assert register.keeping.progress() == Progress()
        register.keeping.save(Progress(5, 1, 700, 2))
        register.keeping.save(Progress(5, 1, 800, 3))

    with company.reading() as register:
        assert register.keeping.progress() == Progress(5, 1, 800, 3)
