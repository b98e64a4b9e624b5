"""Decisions in the database."""

from dataclasses import replace

import pytest

from db.registers import SqlRegister, SqlRegisters
from planning.decisions.values import Ruling
from planning.errors import NotFound
from tests.builders import NOW, at, draft, found, vector
from tests.planned import decision


def register_initiatives(register: SqlRegister, count: int) -> None:
    """What the findings are about, numbered from 1."""
    for number in range(1, count + 1):
        register.initiatives.add(draft(), vector(number), NOW)


def test_a_decision_comes_back_as_saved(company: SqlRegisters) -> None:
    with company.writing() as register:
        register_initiatives(register, 2)
        register.findings.add(found(), NOW)
        asked = register.decisions.add(decision(id=9))
        ruled = replace(asked, ruling=Ruling.DELEGATE, by=1, at=at(1), delegate=2, told_at=at(2))
        register.decisions.save(ruled)

    with company.reading() as register:
        assert register.decisions.by_id(1) == ruled
        with pytest.raises(NotFound, match="decision"):
            register.decisions.by_id(2)


def test_decisions_are_open_until_they_are_ruled_on(company: SqlRegisters) -> None:
    with company.writing() as register:
        register_initiatives(register, 3)
        for number in (1, 2):
            register.findings.add(found(number, number + 1), NOW)
        first, second = register.decisions.add(decision()), register.decisions.add(decision(finding=2))
        ruled = replace(first, ruling=Ruling.DECLINE, by=1, at=NOW)
        register.decisions.save(ruled)

        assert register.decisions.open() == [second]
        assert register.decisions.ruled(NOW) == register.decisions.ruled() == [ruled]
        assert register.decisions.ruled(at(1)) == []
        assert register.decisions.of([2, 3]) == [second]
