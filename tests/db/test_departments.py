"""Departments in the database."""

from dataclasses import replace

import pytest

from db.registers import SqlRegisters
from planning.errors import FieldError, NotFound
from planning.workspace.values import AlertsTo, Channel, Department


def test_a_department_comes_back_as_saved(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        service = register.departments.add("Service", Channel("service"))
        sales = register.departments.add("Sales")
        changed = replace(sales, name="Sales & Growth", channel=Channel("sales", "C1"), alerts_to=AlertsTo.CHANNEL)
        register.departments.save(changed)

    with registers.reading() as register:
        assert register.departments.all() == [service, changed]
        assert register.departments.by_id(1) == service == Department(1, "Service", Channel("service"))


def test_a_name_is_given_once(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        service, sales = register.departments.add("Service"), register.departments.add("Sales")
        register.departments.save(replace(service, channel=None))
        with pytest.raises(FieldError, match="Choose another name"):
            register.departments.add("Sales")
        with pytest.raises(FieldError, match="Choose another name"):
            register.departments.save(replace(service, name=sales.name))


def test_an_unknown_department_says_so(registers: SqlRegisters) -> None:
    with registers.reading() as register, pytest.raises(NotFound):
        register.departments.by_id(1)
