from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.checkins.answering import Said, answer, answer_all
from planning.checkins.questions import Fate, read_asking
from planning.checkins.values import Standing
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.initiatives.changing import change_status, withdraw
from planning.initiatives.values import Status
from planning.register import Register
from tests.builders import at
from tests.planning.checkins.stories import ADA, BO, ask, owned

LATER = at(20)


@pytest.fixture
def asked(company: SqlRegisters) -> SqlRegisters:
    """Ada was asked about CX-1 (check-in 1) and CX-2 (check-in 2)."""
    with company.writing() as register:
        owned(register)
        owned(register)
    ask(company)
    return company


@pytest.fixture
def register(asked: SqlRegisters) -> Iterator[SqlRegister]:
    """The same, open for writing."""
    with asked.writing() as register:
        yield register


def give(register: Register, owner: int | None) -> None:
    """CX-1 belongs to somebody else."""
    known = register.initiatives.by_id(1)
    register.initiatives.save(replace(known, draft=replace(known.draft, owner=owner)))


def entries(register: Register) -> list[str]:
    return [entry.verb for entry in register.audit.since(None)]


def test_an_answer_is_kept_and_its_message_drawn_again(asked: SqlRegisters, database: Database) -> None:
    with asked.writing() as register:
        answer(register, 2, Standing.STUCK, ADA, LATER, "Waits for the lawyers.")

    with asked.reading() as register:
        kept = register.check_ins.latest([1, 2])[2]
        assert (kept.answer, kept.note, kept.answered_at) == (Standing.STUCK, "Waits for the lawyers.", LATER)
        assert entries(register).count("initiative.checked_in") == 1
    assert database.outbox(asked.workspace).page(9).items[0].wanted == 2


def test_the_same_answer_again_changes_nothing(register: SqlRegister) -> None:
    first = answer(register, 1, Standing.AT_RISK, ADA, LATER, "Short of people.")
    before = entries(register)

    assert answer(register, 1, Standing.AT_RISK, ADA, at(21)) == first
    assert entries(register) == before


def test_another_answer_counts_and_lets_the_note_of_the_first_go(register: SqlRegister) -> None:
    answer(register, 1, Standing.STUCK, ADA, LATER, "Waits for the lawyers.")

    again = answer(register, 1, Standing.ON_TRACK, ADA, at(21))
    assert (again.answer, again.note) == (Standing.ON_TRACK, "")


def test_nobody_else_answers(register: SqlRegister) -> None:
    with pytest.raises(NotAllowed, match="somebody else"):
        answer(register, 1, Standing.ON_TRACK, BO, LATER)


def test_who_gave_it_away_is_told_and_who_has_it_now_may_answer(register: SqlRegister) -> None:
    give(register, BO.id)

    with pytest.raises(NotAllowed, match="Bo Lind owns CX-1 now"):
        answer(register, 1, Standing.ON_TRACK, ADA, LATER)
    assert answer(register, 1, Standing.ON_TRACK, BO, LATER).answer is Standing.ON_TRACK
    assert [one.fate for one in read_asking(register, 1).questions] == [Fate.THEIRS, Fate.OPEN]


def test_what_nobody_owns_any_more_is_not_asked_of_its_former_owner(register: SqlRegister) -> None:
    give(register, None)

    with pytest.raises(NotAllowed, match="Nobody owns CX-1 now"):
        answer(register, 1, Standing.ON_TRACK, ADA, LATER)


@pytest.mark.parametrize(("status", "told"), [(Status.DONE, "is done"), (Status.CANCELLED, "was withdrawn")])
def test_what_is_over_is_not_answered(register: SqlRegister, status: Status, told: str) -> None:
    change_status(register, 1, status, ADA, LATER)

    with pytest.raises(AlreadyDone, match=told):
        answer(register, 1, Standing.ON_TRACK, ADA, LATER)
    assert read_asking(register, 1).questions[0].fate is Fate.OVER


def test_a_late_answer_counts_until_the_same_is_asked_anew(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        answer(register, 1, Standing.STUCK, ADA, at(27))
    ask(asked, at(28))

    with asked.writing() as register, pytest.raises(AlreadyDone, match="newer check-in"):
        answer(register, 1, Standing.ON_TRACK, ADA, at(29))


def test_a_withdrawal_draws_the_question_again(asked: SqlRegisters, database: Database) -> None:
    with asked.writing() as register:
        withdraw(register, 1, ADA, LATER)

    assert database.outbox(asked.workspace).page(9).items[0].wanted == 2


def test_several_are_answered_and_moved_at_once(register: SqlRegister) -> None:
    said = {1: Said(Standing.ON_TRACK, status=Status.DONE), 2: Said(status=Status.PAUSED)}
    for _ in range(2):
        assert answer_all(register, said, ADA, LATER) == []

    moved = [register.initiatives.by_id(id).draft.status for id in (1, 2)]
    assert moved == [Status.DONE, Status.PAUSED]
    assert entries(register).count("initiative.status") == 2
    assert list(register.check_ins.latest([1, 2])) == [1]


def test_what_closed_meanwhile_is_told_and_the_others_are_kept(register: SqlRegister) -> None:
    withdraw(register, 1, ADA, LATER)

    said = {1: Said(Standing.ON_TRACK, status=Status.DONE), 2: Said(Standing.STUCK)}
    (told,) = answer_all(register, said, ADA, LATER)
    assert "CX-1 was withdrawn" in told
    assert register.initiatives.by_id(1).draft.status is Status.CANCELLED
    assert list(register.check_ins.latest([1, 2])) == [2]


def test_a_note_without_an_answer_is_asked_back(register: SqlRegister) -> None:
    with pytest.raises(FieldError) as refusal:
        answer_all(register, {1: Said(note="Hm.")}, ADA, LATER)

    assert list(refusal.value.errors) == ["standing_1"]


def test_two_presses_at_once_are_one_answer(asked: SqlRegisters) -> None:
    def press(_: int) -> None:
        with asked.writing() as register:
            answer(register, 1, Standing.STUCK, ADA, LATER)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(press, range(4)))

    with asked.reading() as register:
        assert entries(register).count("initiative.checked_in") == 1
