"""The stewards' metrics and tensions, kept."""

from datetime import date
from typing import Any

import pytest

from db.registers import SqlRegisters
from planning.errors import FieldError, NotAllowed, NotFound
from planning.metrics.arranging import save_metric
from planning.metrics.opposing import remove_tension, save_tension
from planning.metrics.recording import record_all
from planning.metrics.values import Cadence, Direction, Metric, Tension
from tests.builders import NOW, TODAY, lead, metric, reading, steward

ADA = steward(id=1)


def save(company: SqlRegisters, **fields: Any) -> Metric:
    with company.writing() as register:
        return save_metric(register, metric(**{"id": 0, **fields}), ADA, NOW)


def tensions(company: SqlRegisters) -> list[Tension]:
    with company.reading() as register:
        return register.metrics.tensions()


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"target": 30}, "target", "Higher is better, but 30 is below 40"),
        ({"target": 50, "direction": Direction.DOWN}, "target", "Lower is better, but 50 is above 40"),
        ({"baseline_on": TODAY, "target_on": TODAY}, "target_on", "a day after 1 March 2027"),
        ({"segment": 1}, "segment", "a stage or customers"),
        ({"stage": None, "segment": 9}, "segment", "no longer there"),
        ({"stage": 9}, "stage", "no longer there"),
        ({"feeds": 9}, "feeds", "no longer there"),
        ({"feeds": 1, "financial": True}, "feeds", "ends with money"),
        ({"source": "s" * 201}, "source", "at most 200"),
        ({"unit": "u" * 31}, "unit", "at most 30"),
        ({"target": float("-inf")}, "target", "Give a number"),
        ({"baseline": float("nan"), "target": 1.0}, "baseline", "Give a number"),
    ],
)
def test_a_metric_that_cannot_be_is_refused_with_what_to_do(
    company: SqlRegisters, fields: dict[str, Any], field: str, told: str
) -> None:
    save(company)
    with pytest.raises(FieldError, match=told) as refused:
        save(company, **{"name": "Effort", **fields})

    assert list(refused.value.errors) == [field]


def test_a_target_that_is_the_baseline_is_to_be_held(company: SqlRegisters) -> None:
    assert save(company, target=40).target == 40


@pytest.mark.parametrize(
    ("length", "told"), [(1, "feed itself"), (3, "M3 → M1 → M2 → M3"), (9, "M9 → M1 → M2 → … → M8 → M9")]
)
def test_a_circle_is_told_with_all_that_is_in_it(company: SqlRegisters, length: int, told: str) -> None:
    for n in range(length, 0, -1):
        feeds = length - n if n < length else None
        made = save(company, name=f"M{n}", feeds=feeds)

    with pytest.raises(FieldError, match=told):
        save(company, id=1, name=f"M{length}", feeds=made.id)


def test_known_tensions_come_with_a_new_metric_and_stay_away_once_removed(company: SqlRegisters) -> None:
    save(company, name="Handling time")
    save(company, name="First-contact resolution")
    (known,) = tensions(company)
    assert known.why.startswith("A call that is cut short")

    with company.writing() as register:
        remove_tension(register, known, ADA, NOW)
    save(company, id=1, name="Average handling time")
    assert tensions(company) == []


def test_what_a_tension_says_can_be_changed(company: SqlRegisters) -> None:
    for name in ("A", "B", "C"):
        save(company, name=name)
    with company.writing() as register:
        first = save_tension(register, None, Tension(2, 1, " Why \n not "), ADA, NOW)
        save_tension(register, first, Tension(3, 1, "Other"), ADA, NOW)

    assert (first, tensions(company)) == (Tension(1, 2, "Why not"), [Tension(1, 3, "Other")])


@pytest.mark.parametrize(
    ("tension", "field"), [(Tension(1, 1), "second"), (Tension(2, 1), "second"), (Tension(1, 9), "second")]
)
def test_a_tension_that_cannot_be_is_refused(company: SqlRegisters, tension: Tension, field: str) -> None:
    for name in ("A", "B"):
        save(company, name=name)
    with company.writing() as register:
        save_tension(register, None, Tension(1, 2), ADA, NOW)

    with company.writing() as register, pytest.raises(FieldError) as refused:
        save_tension(register, None, tension, ADA, NOW)
    assert list(refused.value.errors) == [field]


def test_a_tension_that_somebody_took_out_is_gone(company: SqlRegisters) -> None:
    with company.writing() as register, pytest.raises(NotFound, match="taken that tension out"):
        remove_tension(register, Tension(1, 2), ADA, NOW)


def test_only_stewards_change_them(company: SqlRegisters) -> None:
    with company.writing() as register, pytest.raises(NotAllowed):
        save_metric(register, metric(id=0), lead(), NOW)
    with company.writing() as register, pytest.raises(NotAllowed):
        save_tension(register, None, Tension(1, 2), lead(), NOW)


def test_a_promise_without_a_day_counts_from_when_it_was_made(company: SqlRegisters) -> None:
    assert save(company).baseline_on is None
    assert save(company, id=1, cadence=Cadence.MONTHLY).baseline_on == TODAY

    save(company, name="Effort")
    with company.writing() as register:
        record_all(register, [reading(metric=2)], ADA, NOW)
    assert save(company, id=2, name="Effort", cadence=Cadence.MONTHLY).baseline_on is None
    assert save(company, name="Calls", cadence=Cadence.WEEKLY, baseline_on=date(2027, 1, 1)).baseline_on is not None
