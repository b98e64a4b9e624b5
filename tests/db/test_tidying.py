from collections.abc import Callable

import pytest

from bot.scheduling.steps import forgetting, take
from db.registers import SqlRegisters
from planning.data import tidying
from planning.data.keeping import days_kept, save_terms
from planning.data.tidying import tidy
from planning.data.values import TERMS, Kept
from planning.errors import FieldError, NotAllowed
from planning.outbox.values import MessageKind
from planning.workspace.values import Person
from tests.builders import NOW, at, person, posting, steward
from tests.handlers.slack import WordEncoder


@pytest.fixture
def ada() -> Person:
    return steward(id=1)


def with_old_messages(company: SqlRegisters, count: int) -> None:
    """Messages that failed long ago."""
    with company.writing() as register:
        for number in range(count):
            one = posting(delivery_key=f"old {number}", kind=MessageKind.IMPORTED, subject=number)
            register.postings.add(one, NOW)
            register.postings.leave(number + 1, waiting=True)


def known(company: SqlRegisters, count: int) -> int:
    with company.reading() as register:
        return len(register.postings.known([f"old {number}" for number in range(count)]))


def test_every_sort_of_thing_has_its_turn_once_a_night(company: SqlRegisters) -> None:
    with company.writing() as register:
        portions = [tidy(register, NOW) for _ in Kept]
        assert [portion and portion.kept for portion in portions] == [*Kept]
        assert tidy(register, NOW) is None
        assert tidy(register, at(1)) is not None


def test_a_night_ends_after_so_many_portions_and_the_next_one_goes_on(
    company: SqlRegisters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "AT_ONCE", 2)
    monkeypatch.setattr(tidying, "A_NIGHT", 2)
    with_old_messages(company, 6)

    take_all(company, days=200)
    assert known(company, 6) == 2

    take_all(company, days=201)
    assert known(company, 6) == 0


def take_all(company: SqlRegisters, days: float) -> bool:
    """The step of that night, to its end."""
    return take(company, forgetting, WordEncoder(), lambda: at(days))


def test_two_replicas_forget_everything_once(company: SqlRegisters, at_once: Callable[..., list[bool]]) -> None:
    with_old_messages(company, 6)

    at_once(lambda: take_all(company, days=200), 2)

    assert known(company, 6) == 0


def test_a_steward_chooses_for_how_long(company: SqlRegisters, ada: Person) -> None:
    with company.writing() as register:
        shorter = save_terms(register, {Kept.MESSAGES: 150, Kept.CHECK_INS: 500}, ada, NOW)
        workspace, entry = register.workspaces.current(), register.audit.last(["data.terms"])

    assert shorter == [Kept.MESSAGES]
    assert days_kept(workspace)[Kept.MESSAGES] == 150
    assert entry is not None
    assert entry.details == {"messages": {"from": 180, "to": 150}, "check_ins": {"from": 400, "to": 500}}


def test_what_is_as_usual_is_not_written_down(company: SqlRegisters, ada: Person) -> None:
    with company.writing() as register:
        save_terms(register, {Kept.MESSAGES: 150}, ada, NOW)
        save_terms(register, {Kept.MESSAGES: TERMS[Kept.MESSAGES].usual}, ada, NOW)

        assert register.workspaces.current().keeps == {}


@pytest.mark.parametrize("days", [119, 3651])
def test_a_term_has_bounds(company: SqlRegisters, ada: Person, days: int) -> None:
    with pytest.raises(FieldError, match="at least 120"), company.writing() as register:
        save_terms(register, {Kept.MESSAGES: days}, ada, NOW)


def test_only_stewards_choose(company: SqlRegisters) -> None:
    with pytest.raises(NotAllowed), company.writing() as register:
        save_terms(register, {Kept.MESSAGES: 150}, person(id=1), NOW)
