"""Measures of the portfolio in the database."""

from datetime import date

from db.registers import SqlRegisters
from planning.portfolio.measurements import Measure, Measurement
from tests.builders import NOW, at, measurement

QUARTERS = (date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1))


def test_the_last_quarters_come_back_in_order_and_each_measure_for_itself(registers: SqlRegisters) -> None:
    mirrors = [measurement(quarter=quarter) for quarter in QUARTERS]
    share = Measurement(Measure.COMPLETENESS, QUARTERS[0], 0.25, NOW)
    with registers.writing() as register:
        for one in (*mirrors[::-1], share):
            register.measurements.save(one)

    with registers.reading() as register:
        assert register.measurements.of(Measure.MIRROR, 2) == mirrors[1:]
        assert register.measurements.of(Measure.COMPLETENESS, 9) == [share]
        assert register.measurements.of(Measure.DABBLING, 9) == []


def test_the_last_of_a_quarter_stands_for_it(registers: SqlRegisters) -> None:
    first, last = (Measurement(Measure.DABBLING, QUARTERS[1], n / 4, at(n), details={"count": n}) for n in (1, 2))
    with registers.writing() as register:
        register.measurements.save(first)
        register.measurements.save(last)

    with registers.reading() as register:
        assert register.measurements.of(Measure.DABBLING, 9) == [last]
