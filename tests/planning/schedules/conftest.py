"""A workspace with a steward, and the executives' digest on Mondays at nine."""

import pytest

from db.registers import SqlRegisters
from planning.schedules.changing import save_schedule
from planning.schedules.values import Schedule
from planning.workspace.values import Person
from tests.builders import at, schedule, steward
from tests.scheduled import weekly


@pytest.fixture
def stella(registers: SqlRegisters) -> Person:
    """The steward."""
    with registers.writing() as register:
        return register.people.add("Stella", slack_id="U0S", roles=steward().roles)


@pytest.fixture
def mondays(registers: SqlRegisters, stella: Person) -> Schedule:
    """It is due NOW."""
    with registers.writing() as register:
        return save_schedule(register, schedule(), stella, at(-7), weekly)
