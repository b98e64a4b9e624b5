"""Readings in both databases."""

import pytest
from sqlalchemy.exc import IntegrityError

from db.registers import SqlRegisters
from planning.metrics.readings import Via
from tests.builders import NOW, TODAY, metric, reading


@pytest.fixture
def measured(company: SqlRegisters) -> SqlRegisters:
    """The company with two metrics."""
    with company.writing() as register:
        for name in ("Satisfaction", "Effort"):
            register.metrics.add(metric(name=name))
    return company


def test_readings_come_back_as_they_were_said(measured: SqlRegisters) -> None:
    said = reading(on=TODAY, value=-0.1, respondents=2_000_000_000, recorded_at=NOW, by=1, via=Via.CALL)
    with measured.writing() as register:
        register.readings.add_all([said, reading()])

    with measured.reading() as register:
        assert register.readings.of(1, 2) == {1: [reading(), said], 2: []}


def test_the_highest_version_of_a_day_counts(measured: SqlRegisters) -> None:
    old, new = reading(), reading(value=50.0, version=2)
    with measured.writing() as register:
        register.readings.add_all([new, old])
        assert register.readings.of(1)[1] == [new]
        assert register.readings.latest() == {1: new}
        assert register.readings.versions(1, old.on) == [old, new]
        assert register.readings.former(1, 2) == [old]


def test_a_version_is_there_once(measured: SqlRegisters) -> None:
    with pytest.raises(IntegrityError), measured.writing() as register:
        register.readings.add_all([reading(), reading(value=1.0)])


def test_rules_see_the_last_reading_of_each(measured: SqlRegisters) -> None:
    with measured.writing() as register:
        register.readings.add_all([reading(), reading(on=TODAY, value=46.0), reading(metric=2)])

    with measured.reading() as register:
        latest = register.initiatives.portfolio(NOW).latest
    assert {id: one.value for id, one in latest.items()} == {1: 46.0, 2: 45.0}
