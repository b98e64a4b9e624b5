from dataclasses import replace
from datetime import date

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.announcing import announce_again
from planning.alerts.preferences import Notice
from planning.alerts.telling import BURST, enlist, tell_due
from planning.alerts.values import AlertState, Reason
from planning.findings.values import Choice
from planning.outbox.values import Address, MessageKind
from planning.window import Window
from planning.workspace.values import Role
from tests.builders import NOW, at, verdict
from tests.planned import alert, preferences
from tests.planning.alerts.overlapping import cards, overlapped, queued, tell_ada


def states(company: SqlRegisters, *findings: int) -> list[AlertState]:
    with company.reading() as register:
        return [one.state for one in register.alerts.of(*findings)]


def test_a_few_overlaps_are_told_by_a_card_each_the_strongest_first(database: Database, company: SqlRegisters) -> None:
    ids = tell_ada(company, BURST)

    assert cards(database) == ids
    assert queued(database, MessageKind.ALERTS) == []


def test_a_burst_is_told_in_one_summary(database: Database, company: SqlRegisters) -> None:
    ids = tell_ada(company, BURST + 1)

    assert cards(database) == []
    assert [one.posting.subject for one in queued(database, MessageKind.ALERTS)] == [1]
    assert states(company, *ids) == [AlertState.SUMMARY] * len(ids)


def test_nobody_gets_more_than_the_budget_in_a_week_and_nothing_is_lost(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        register.workspaces.save(replace(register.workspaces.current(), alert_budget=3))
    ids = [id for day in range(4) for id in tell_ada(company, 2, at(day))]

    assert cards(database) == ids[:2]
    (summary,) = queued(database, MessageKind.ALERTS)
    assert summary.wanted > 1, "it is edited when more come"
    with company.reading() as register:
        assert [one.finding for one in register.alerts.in_summary(summary.posting.subject)] == ids[2:]


def test_a_new_week_has_a_budget_of_its_own(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        register.workspaces.save(replace(register.workspaces.current(), alert_budget=2))
    for day in (0, 1, 2, 7, 8):
        tell_ada(company, 1, at(day))

    assert len(cards(database)) == 2
    assert len(queued(database, MessageKind.ALERTS)) == 2


def test_a_budget_of_one_is_the_summary(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        register.workspaces.save(replace(register.workspaces.current(), alert_budget=1))
    tell_ada(company, 1)

    assert (cards(database), len(queued(database, MessageKind.ALERTS))) == ([], 1)


def test_who_is_off_by_then_is_told_when_they_are_back(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        register.preferences.save(
            preferences(off=(Window(date(2027, 3, 1), date(2027, 3, 5)),), muted=frozenset(), quiet_until=None)
        )
    (id,) = tell_ada(company, 1)
    assert cards(database) == []

    back = at(6, hours=23)
    with company.writing() as register:
        assert [one.due_at for one in register.alerts.of(id)] == [back]
        tell_due(register, back)
    assert cards(database) == [id]


def test_what_is_settled_before_anybody_was_told_is_dropped_until_it_is_open_again(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        (finding,) = overlapped(register, 1)
        enlist(register, alert(finding=finding.id, due_at=at(1)))
        settled = replace(finding, verdict=verdict(Choice.COORDINATE, finding.found))
        register.findings.save(settled, NOW)
        tell_due(register, at(1))
    assert states(company, finding.id) == [AlertState.DROPPED]

    with company.writing() as register:
        register.findings.save(finding, NOW)
        announce_again(register, [finding], None, at(2))
    assert states(company, finding.id) == [AlertState.CARD, AlertState.CARD], "Ada's, and that of the other lead"


def test_what_is_snoozed_before_anybody_was_told_waits_for_its_end(company: SqlRegisters) -> None:
    with company.writing() as register:
        (finding,) = overlapped(register, 1)
        enlist(register, alert(finding=finding.id))
        snoozed = verdict(Choice.SNOOZE, finding.found, until=at(7))
        register.findings.save(replace(finding, verdict=snoozed), NOW)
        tell_due(register, NOW)

        assert [(one.state, one.due_at) for one in register.alerts.of(1)] == [(AlertState.WAITING, at(7))]


@pytest.mark.parametrize("change", ["switched off", "leads no more", "left Slack"])
def test_who_does_not_want_or_need_it_by_then_is_not_told(
    database: Database, company: SqlRegisters, change: str
) -> None:
    with company.writing() as register:
        ada = register.people.by_id(1)
        if change == "switched off":
            register.preferences.save(preferences(muted=frozenset({Notice.OVERLAPS}), off=(), quiet_until=None))
        elif change == "left Slack":
            register.people.save(replace(ada, slack_id=None))
        else:
            register.people.save(replace(ada, roles=ada.roles - {Role.LEAD}))
    (id,) = tell_ada(company, 1)

    assert (cards(database), states(company, id)) == ([], [AlertState.DROPPED])


def test_who_leads_another_department_of_it_by_now_is_still_told(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        register.people.save(replace(register.people.by_id(1), department=2))
    (id,) = tell_ada(company, 1)

    assert cards(database) == [id]


def test_whoever_leads_the_department_by_then_is_told_in_place_of_who_has_left(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        register.people.add("Eve", slack_id="U0EVE", department=1, roles=frozenset({Role.LEAD}))
        register.people.save(replace(register.people.by_id(1), roles=frozenset()))
    tell_ada(company, 1)
    with company.writing() as register:
        tell_due(register, NOW)

    assert [str(one.posting.address) for one in queued(database, MessageKind.ALERT)] == ["person:U0EVE"]


def test_what_was_handed_over_and_taken_back_meanwhile_is_not_told(company: SqlRegisters) -> None:
    with company.writing() as register:
        eve = register.people.add("Eve", slack_id="U0EVE")
        (finding,) = overlapped(register, 1)
        hers = alert(address=Address.person("U0EVE"), person=eve.id, department=None, reason=Reason.HANDED)
        enlist(register, replace(hers, finding=finding.id))
        tell_due(register, NOW)

    assert states(company, finding.id) == [AlertState.DROPPED]


def test_a_budget_lowered_within_the_week_puts_the_rest_off_to_the_next(
    database: Database, company: SqlRegisters
) -> None:
    early = tell_ada(company, 2)
    with company.writing() as register:
        register.workspaces.save(replace(register.workspaces.current(), alert_budget=2))
    late = tell_ada(company, 1, at(1))
    assert (cards(database), queued(database, MessageKind.ALERTS)) == (early, [])

    with company.writing() as register:
        assert tell_due(register, at(5)) == 0
        tell_due(register, at(7))
    assert cards(database) == [*early, *late]
