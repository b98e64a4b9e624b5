"""Customer problems in the database."""

from dataclasses import replace

import pytest

from db.registers import SqlRegisters
from planning.errors import FieldError, NotFound
from planning.problems.values import Part, Problem
from planning.register import Search
from tests.builders import NOW, draft, problem, vector


def test_a_problem_comes_back_with_its_needs_in_order_each_once(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        needs = (Part.SYSTEM, Part.HAND_OFF, Part.SYSTEM)
        register.problems.add(problem(needs=needs))
        bare = register.problems.add(Problem(0, "Bare"))

    with registers.reading() as register:
        assert register.problems.all() == [problem(needs=(Part.SYSTEM, Part.HAND_OFF)), bare]
    assert bare == Problem(2, "Bare")


def test_a_saved_problem_replaces_what_it_was(company: SqlRegisters) -> None:
    with company.writing() as register:
        known = register.problems.add(problem())
        later = replace(known, name="Told twice", statement="Otherwise.", needs=(Part.POLICY,), owner=1)
        register.problems.save(later)

    with company.reading() as register:
        assert register.problems.all() == [later]


def test_an_initiative_is_found_by_the_name_that_its_problem_has_now(company: SqlRegisters) -> None:
    with company.writing() as register:
        known = register.problems.add(problem(name="Told it thrice"))
        register.initiatives.add(draft(serves=known.id), vector(), NOW)
        register.problems.save(replace(known, name="ERZÄHLT ES DREIMAL"))

    with company.reading() as register:
        found = [register.initiatives.matching(Search(words=(word,)), 5).total for word in ("thrice", "erzählt")]
    assert found == [0, 1]


def test_a_name_is_given_once(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        other = register.problems.add(problem(name="Other"))
        register.problems.add(problem())
        for change in (register.problems.add, register.problems.save):
            with pytest.raises(FieldError, match="already a problem"):
                change(replace(other, name=problem().name))


def test_an_unknown_problem_says_so(registers: SqlRegisters) -> None:
    with registers.writing() as register, pytest.raises(NotFound):
        register.problems.save(problem())
