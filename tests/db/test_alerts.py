from dataclasses import replace
from datetime import timedelta

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.values import AlertState
from planning.outbox.values import Address
from tests.builders import NOW, at, draft, found, vector
from tests.planned import ADA, alert

MONDAY = NOW.date()


@pytest.fixture
def alerted(company: SqlRegisters) -> SqlRegisters:
    """Two overlaps, of both of which Ada is to be told: of the first now, of the second tomorrow."""
    with company.writing() as register:
        for n in (1, 2, 3):
            register.initiatives.add(draft(), vector(n), NOW)
        register.findings.add_all([found(1, 2), found(1, 3)], NOW)
        register.alerts.add(alert())
        register.alerts.add(alert(finding=2, due_at=at(1)))
    return company


def test_an_address_has_one_alert_of_an_overlap(alerted: SqlRegisters) -> None:
    with alerted.writing() as register:
        assert register.alerts.add(alert(due_at=at(2))) is None
        other = register.alerts.add(alert(address=Address.channel("C0MARKET"), person=None))

        assert other is not None
        assert register.alerts.of(1) == [alert(id=1), other]


def test_what_waits_is_due_at_its_time(alerted: SqlRegisters, database: Database) -> None:
    with alerted.reading() as register:
        assert [one.finding for one in register.alerts.due(NOW)] == [1]
        assert [one.finding for one in register.alerts.due(at(1))] == [1, 2]
        assert register.alerts.due(at(hours=-1)) == []
    assert database.due_workspaces(at(hours=-1)) == []
    assert database.due_workspaces(NOW) == [alerted.workspace]


def test_what_an_address_was_told_is_counted_by_the_week(alerted: SqlRegisters) -> None:
    with alerted.writing() as register:
        card, summary = register.alerts.due(at(1))
        card = replace(card, state=AlertState.CARD, told_at=NOW, week=MONDAY)
        summary = replace(summary, state=AlertState.SUMMARY, told_at=NOW, week=MONDAY, summary=2)
        register.alerts.save_all([card, summary])

    with alerted.reading() as register:
        assert register.alerts.told_in(MONDAY, [ADA]) == [card, summary]
        assert register.alerts.told_in(MONDAY + timedelta(days=7), [ADA]) == []
        assert register.alerts.told_in(MONDAY, [Address.person("U0BO")]) == []
        assert register.alerts.in_summary(2) == [summary]
        assert register.alerts.due(at(9)) == []
