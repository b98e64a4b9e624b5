"""Readings on record."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.registers import SqlRegister, SqlRegisters
from planning.errors import FieldError, NotAllowed
from planning.findings.values import Rule
from planning.metrics.readings import Reading
from planning.metrics.recording import Recorded, may_read, record, record_all
from planning.metrics.values import Cadence
from tests.builders import NOW, TODAY, at, lead, metric, person, reading, steward

ADA = lead(id=1)


@pytest.fixture
def measured(company: SqlRegisters) -> SqlRegisters:
    """The company with a metric that person 2 owns."""
    with company.writing() as register:
        register.metrics.add(metric(owner=2))
        register.metrics.add(metric(name="Effort"))
    return company


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"on": TODAY + timedelta(days=1)}, "2 March 2027 has not come yet"),
        ({"on": date(1989, 12, 31)}, "from 1 January 1990 on"),
        ({"value": float("nan")}, "Give a number"),
        ({"value": -1e300}, "Give a number"),
        ({"respondents": 0}, "at least 1"),
        ({"respondents": -3}, "at least 1"),
        ({"respondents": 10**12}, "at least 1"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_with_what_to_do(
    measured: SqlRegisters, fields: dict[str, Any], told: str
) -> None:
    with pytest.raises(FieldError) as refused, measured.writing() as register:
        record(register, metric(id=1), reading(**fields), ADA, TODAY, NOW)

    ((field, fault),) = refused.value.errors.items()
    assert (field, told in fault) == (*fields, True)


def test_a_share_may_be_more_than_a_hundred_for_growth_is_one_too(measured: SqlRegisters) -> None:
    with measured.writing() as register:
        done = record(register, metric(id=1), reading(value=130.0, on=TODAY, respondents=1), ADA, TODAY, NOW)

    assert done == Recorded(added=1)


def test_an_amendment_keeps_what_was_said_before(measured: SqlRegisters) -> None:
    with measured.writing() as register:
        first = record_all(register, [reading(), reading(metric=2)], ADA, NOW)
        second = record_all(register, [reading(value=50.0), reading(metric=2)], ADA, at(1))

        assert (first, second) == (Recorded(added=2), Recorded(amended=1, same=1))
        assert [(one.value, one.version) for one in register.readings.versions(1, reading().on)] == [(45, 1), (50, 2)]
        assert register.readings.latest()[1].value == 50


def test_the_same_again_changes_nothing(measured: SqlRegisters) -> None:
    with measured.writing() as register:
        record_all(register, [reading()], ADA, NOW)
        before = [*register.audit.since(None)]
        assert record_all(register, [reading(), reading()], ADA, at(1)) == Recorded(same=2)
        assert [*register.audit.since(None)] == before


def test_of_one_day_said_twice_at_once_the_last_counts(measured: SqlRegisters) -> None:
    with measured.writing() as register:
        assert record_all(register, [reading(), reading(value=1.0)], None, NOW) == Recorded(added=1, amended=1)
        assert register.readings.of(1)[1][0].value == 1


def test_the_log_has_one_entry_for_each_metric(measured: SqlRegisters) -> None:
    days = [reading(on=TODAY - timedelta(days=n)) for n in range(5)]
    with measured.writing() as register:
        record_all(register, [*days, reading(metric=2)], ADA, NOW)
        read = [entry for entry in register.audit.since(None) if entry.verb == "metric.read"]

    assert [(entry.subject, entry.details["added"]) for entry in read] == [("metric:1", 5), ("metric:2", 1)]


def test_a_reading_closes_the_gap_of_a_silent_metric(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.metrics.add(metric(cadence=Cadence.WEEKLY))
        record_all(register, [reading(on=TODAY - timedelta(days=90))], ADA, NOW)
        assert stale(register) == ["metric:1"]
        record_all(register, [reading()], ADA, NOW)
        assert stale(register) == []


def stale(register: SqlRegister) -> list[str]:
    open_now = (one for one in register.findings.standing() if one.closed_at is None)
    return [str(one.found.members[0]) for one in open_now if one.found.rule is Rule.METRIC_STALE]


def test_its_owner_leads_and_stewards_may_read_it() -> None:
    assert all(may_read(metric(owner=2), one) for one in (person(id=2), lead(id=1), steward(id=1)))
    assert not may_read(metric(owner=2), person(id=1))


def test_others_are_told_whom_to_ask(measured: SqlRegisters) -> None:
    with measured.writing() as register, pytest.raises(NotAllowed, match="Ask Bo Lind to add it"):
        record(register, metric(owner=2), reading(), person(id=1), TODAY, NOW)


def test_faults_of_a_form_are_told_at_their_fields(measured: SqlRegisters) -> None:
    wrong = Reading(1, TODAY + timedelta(days=1), float("inf"), 0)
    with measured.writing() as register, pytest.raises(FieldError) as refused:
        record(register, metric(), wrong, ADA, TODAY, NOW)

    assert list(refused.value.errors) == ["on", "value", "respondents"]
