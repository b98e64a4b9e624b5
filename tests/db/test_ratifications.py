"""Ratifications in the database."""

from dataclasses import replace

import pytest

from db.registers import SqlRegisters
from planning.errors import NotFound
from tests.asked import ratification, stance
from tests.builders import at

ASKED = ratification()


def test_a_ratification_comes_back_as_it_was_saved_last(company: SqlRegisters) -> None:
    with company.writing() as register:
        assert register.ratifications.add(replace(ASKED, id=0)) == ASKED
        done = replace(ASKED, closed_at=at(1), ratified_by=2, over=3)
        register.ratifications.save(done)
        later = register.ratifications.add(ASKED)

    with company.reading() as register:
        assert register.ratifications.newest(5) == [later, done]
        assert register.ratifications.by_id(1) == done


def test_the_last_stance_of_a_department_on_a_stage_is_kept(company: SqlRegisters) -> None:
    first, other = stance(department=2, stage=1, by=2), stance()
    later = replace(first, agrees=True, reason="", at=at(1))
    with company.writing() as register:
        register.ratifications.add(ASKED)
        register.ratifications.save_stances(1, [first, other])
        register.ratifications.save_stances(1, [later])

    with company.reading() as register:
        assert register.ratifications.stances(1) == [other, later]


def test_an_unknown_ratification_says_so(company: SqlRegisters) -> None:
    with company.reading() as register, pytest.raises(NotFound):
        register.ratifications.by_id(7)
