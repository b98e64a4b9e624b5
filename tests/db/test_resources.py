"""Resource pools in the database."""

from dataclasses import replace

import pytest

from db.registers import SqlRegisters
from planning.errors import FieldError, NotFound
from planning.resources.values import Leave, Pool
from tests.builders import pool, window


def test_a_pool_comes_back_with_its_leave_in_order(registers: SqlRegisters) -> None:
    leave = (Leave(window(days=9), 0.1 + 0.2), Leave(window(days=2), 1.0), Leave(window(days=2), 1.0))
    with registers.writing() as register:
        first = register.pools.add(pool(name="Developers", leave=leave))
        second = register.pools.add(pool(name="Writers", capacity=0.5, leave=()))

    with registers.reading() as register:
        assert register.pools.all() == [first, second]
    assert (first, second) == (Pool(1, "Developers", 4.0, leave), Pool(2, "Writers", 0.5))


def test_a_saved_pool_replaces_what_it_was(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        added = register.pools.add(pool())
        later = replace(added, name="Data and reports", capacity=5.0, leave=(Leave(window(days=3), 0.5),))
        register.pools.save(later)

    with registers.reading() as register:
        assert register.pools.all() == [later]


def test_a_name_is_given_once(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        other = register.pools.add(pool(name="Writers"))
        register.pools.add(pool())
        for change in (register.pools.add, register.pools.save):
            with pytest.raises(FieldError, match="already a pool"):
                change(replace(other, name=pool().name))


def test_an_unknown_pool_says_so(registers: SqlRegisters) -> None:
    with registers.writing() as register, pytest.raises(NotFound):
        register.pools.save(pool())
