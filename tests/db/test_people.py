"""People in the database."""

import pytest

from db.registers import SqlRegisters
from planning.errors import NotFound
from planning.workspace.values import Person, Role


def test_a_person_comes_back_as_saved(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        home = register.departments.add("Service").id
        roles = frozenset({Role.LEAD, Role.STEWARD})
        ada = register.people.add("Ada", slack_id="U1", department=home, zone="Europe/Oslo", roles=roles)

    with registers.reading() as register:
        assert register.people.by_id(ada.id) == ada == Person(1, "Ada", "U1", home, "Europe/Oslo", roles)
        assert register.people.by_slack("U1") == ada
        assert register.people.all() == [ada]


def test_nobody_is_found_under_an_unknown_id(registers: SqlRegisters) -> None:
    with registers.reading() as register:
        assert register.people.by_slack("U1") is None
        for unknown in (0, -1, 1, 2**31, 10**30):
            with pytest.raises(NotFound):
                register.people.by_id(unknown)
