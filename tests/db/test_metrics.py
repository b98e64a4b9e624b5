"""Metrics and their tensions in the database."""

from dataclasses import replace
from datetime import date

import pytest

from db.registers import SqlRegisters
from planning.errors import FieldError, NotFound
from planning.metrics.values import Direction, Metric, Tension
from tests.builders import metric


@pytest.fixture
def three(company: SqlRegisters) -> SqlRegisters:
    """Metrics 1 to 3."""
    with company.writing() as register:
        for name in ("Satisfaction", "Calls", "Renewals"):
            register.metrics.add(metric(name=name))
    return company


def test_a_metric_comes_back_as_saved(three: SqlRegisters) -> None:
    whole = Metric(2, "Effort", "%", Direction.DOWN, 3, 0.1 + 0.2, 0, date(2027, 9, 1), owner=2, feeds=3)
    with three.writing() as register:
        bare = register.metrics.add(Metric(0, "Bare"))
        register.metrics.save(whole)

    with three.reading() as register:
        assert register.metrics.all() == [metric(), whole, metric(id=3, name="Renewals"), bare]
    assert bare == Metric(4, "Bare")


def test_a_metric_of_a_retired_stage_has_none(three: SqlRegisters) -> None:
    with three.writing() as register:
        register.journeys.retire_stage(1)

    with three.reading() as register:
        assert {one.stage for one in register.metrics.all()} == {None}


def test_the_tensions_are_those_saved_last_the_smaller_number_first(three: SqlRegisters) -> None:
    with three.writing() as register:
        register.metrics.save_tensions([Tension(1, 2, "old")])
        register.metrics.save_tensions([Tension(3, 2, "dear"), Tension(3, 1), Tension(1, 3, "slow")])
        assert register.metrics.tensions() == [Tension(1, 3, "slow"), Tension(2, 3, "dear")]
        register.metrics.save_tensions([])
        assert register.metrics.tensions() == []


def test_a_name_is_given_once(three: SqlRegisters) -> None:
    with three.writing() as register:
        first, *_ = register.metrics.all()
        for change in (register.metrics.add, register.metrics.save):
            with pytest.raises(FieldError, match="already a metric"):
                change(replace(first, name="Calls"))


def test_an_unknown_metric_says_so(company: SqlRegisters) -> None:
    with company.writing() as register, pytest.raises(NotFound):
        register.metrics.save(metric())
