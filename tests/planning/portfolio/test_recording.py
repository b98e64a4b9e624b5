from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.registers import SqlRegisters
from planning.initiatives.values import Initiative, Status
from planning.portfolio.measurements import Measure
from planning.portfolio.recording import measure
from planning.register import Register
from tests.builders import NOW, at, draft, problem, vector
from tests.scheduled import nightly_pass

THIS, LAST, BEFORE = date(2027, 1, 1), date(2026, 10, 1), date(2026, 7, 1)


def add(register: Register, department: int, *stages: int, **fields: Any) -> Initiative:
    """One more of a department, on stages."""
    return register.initiatives.add(draft(department=department, stages=stages, **fields), vector(), NOW)


def measured(register: Register, measure: Measure) -> list[tuple[date, float]]:
    """Quarter and value, the oldest first."""
    return [(one.quarter, one.value) for one in register.measurements.of(measure, 9)]


def split(register: Register) -> None:
    """Each department has a stage of its own."""
    for department in (1, 2):
        for _ in range(2):
            add(register, department, department)


def test_the_night_measures_the_live_portfolio(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.problems.add(problem())
        register.problems.add(problem(name="A maze"))
        split(register)
        bridge = add(register, 1, 1, 2, serves=1, supplies=problem().needs)
        add(register, 2, serves=2)
        nightly_pass(register, NOW)

        assert measured(register, Measure.COMPLETENESS) == [(THIS, 0.5)]
        assert measured(register, Measure.DABBLING) == [(THIS, 0.5)]
        (mirrored,) = register.measurements.of(Measure.MIRROR, 9)
        assert 0 < mirrored.value < 1
        assert mirrored.details == {"bridges": [bridge.id], "initiatives": 5}


def test_what_is_unknown_stays_unmeasured(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.problems.add(problem())
        add(register, 1, 1)
        nightly_pass(register, NOW)

        assert [measured(register, each) for each in Measure] == [[], [], []]


def test_a_later_night_of_the_quarter_takes_the_place_of_the_first(company: SqlRegisters) -> None:
    with company.writing() as register:
        split(register)
        nightly_pass(register, NOW)
        for department, stage in ((1, 2), (2, 1)):
            for _ in range(2):
                add(register, department, stage)
        nightly_pass(register, at(1))
        nightly_pass(register, at(60))

        assert [quarter for quarter, _ in measured(register, Measure.MIRROR)] == [THIS, date(2027, 4, 1)]
        assert {value for _, value in measured(register, Measure.MIRROR)} == {0.0}


@pytest.fixture
def past(company: SqlRegisters) -> SqlRegisters:
    """Split along departments in the last quarter of 2026; what was planned before that was cancelled."""
    with company.writing() as register:
        split(register)
        for department in (1, 2):
            for _ in range(2):
                autumn = {"starts_on": date(2026, 12, 31), "ends_on": date(2026, 12, 31), "status": Status.DONE}
                add(register, department, department, **autumn)
                summer = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
                add(register, department, department, **summer, status=Status.CANCELLED)
                given_up = add(register, department, department, **summer)
                register.initiatives.save(replace(given_up, joined=1))
    return company


def test_the_quarters_before_the_first_measurement_are_worked_out_from_days(past: SqlRegisters) -> None:
    with past.writing() as register:
        measure(register, NOW)

        assert measured(register, Measure.MIRROR) == [(LAST, 1.0), (THIS, 1.0)]


def test_they_are_worked_out_once(past: SqlRegisters) -> None:
    with past.writing() as register:
        measure(register, NOW)
        for department in (1, 2):
            for _ in range(2):
                add(register, department, 3, starts_on=BEFORE, ends_on=BEFORE)
        measure(register, at(1))

        assert [quarter for quarter, _ in measured(register, Measure.MIRROR)] == [LAST, THIS]
