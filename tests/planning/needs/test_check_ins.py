import pytest

from db.registers import SqlRegisters
from planning.checkins.answering import answer
from planning.checkins.values import Standing
from planning.needs.check_ins import check_in_needs
from planning.needs.values import NeedKind
from tests.builders import NOW, at
from tests.planning.checkins.stories import ADA, BO, ask, owned


@pytest.fixture
def asked(company: SqlRegisters) -> SqlRegisters:
    """Ada was asked about CX-1 and CX-2."""
    with company.writing() as register:
        owned(register)
        owned(register)
    ask(company)
    return company


def test_what_is_not_answered_needs_its_owner(asked: SqlRegisters) -> None:
    with asked.writing() as register:
        answer(register, 1, Standing.ON_TRACK, ADA, NOW)
        (need,) = check_in_needs(register, ADA, NOW)
        assert (need.kind, need.id) == (NeedKind.CHECK_IN, 1)
        assert need.what == "You are asked how 1 initiative of yours stands."
        assert list(check_in_needs(register, BO, NOW)) == []

        answer(register, 2, Standing.STUCK, ADA, NOW)
        assert list(check_in_needs(register, ADA, NOW)) == []


def test_after_two_months_nobody_is_asked_any_more(asked: SqlRegisters) -> None:
    with asked.reading() as register:
        assert list(check_in_needs(register, ADA, at(63))) == []
