from dataclasses import replace

import numpy as np
import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.announcing import announce
from planning.alerts.telling import tell_due
from planning.findings.refreshing import Changes
from planning.findings.settling import decide
from planning.findings.values import Choice, Finding, Kind, Rule, State
from planning.initiatives.changing import change_status, withdraw
from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Initiative, Status
from planning.outbox.values import MessageKind
from planning.workspace.values import AlertsTo, Channel, Person, Role
from tests.builders import DIMENSION, NOW, at, draft, lead, person, pool, request, vector, window
from tests.planned import preferences
from tests.planning.alerts.overlapping import overlapped

MIA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


def register_two(company: SqlRegisters, actor: Person = BO) -> int:
    with company.writing() as register:
        register_initiative(register, draft(stages=(1,)), vector(1), {}, MIA, NOW)
    with company.writing() as register:
        register_initiative(register, draft(department=2, stages=(1,)), vector(1), {}, actor, NOW)
        (finding,) = register.findings.standing(Kind.OVERLAP)
        return finding.id


def queued(database: Database, company: SqlRegisters, kind: MessageKind = MessageKind.ALERT) -> list[str]:
    page = database.outbox(company.workspace).page(50)
    return sorted(str(one.posting.address) for one in page.items if one.posting.kind is kind)


def test_the_other_departments_lead_is_alerted_and_the_actor_is_not(database: Database, company: SqlRegisters) -> None:
    register_two(company, actor=BO)

    assert queued(database, company) == ["person:U0ADA"]


def test_both_leads_are_alerted_of_an_employees_act(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        employee = register.people.add("Eve", slack_id="U0EVE", department=2)
    register_two(company, actor=employee)

    assert queued(database, company) == ["person:U0ADA", "person:U0BO"]


def test_a_department_may_prefer_its_channel(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        register.departments.save(replace(register.departments.by_id(1), alerts_to=AlertsTo.CHANNEL))
    register_two(company, actor=BO)

    assert queued(database, company) == ["channel:C0MARKET"]


def test_an_alert_is_queued_once_however_often_the_initiative_changes(
    database: Database, company: SqlRegisters
) -> None:
    register_two(company)
    with company.writing() as register:
        withdraw(register, 2, BO, NOW)

    (message,) = database.outbox(company.workspace).page(50).items
    assert message.wanted > 1, "its card is drawn again, now that the overlap is gone"


def test_planning_together_opens_one_conversation_of_leads_and_owners(
    database: Database, company: SqlRegisters
) -> None:
    finding = register_two(company)
    with company.writing() as register:
        decide(register, finding, Choice.PLAN, MIA, NOW)

    assert queued(database, company, MessageKind.PLAN) == ["group:U0ADA,U0BO"]


def test_joining_tells_the_host_once(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        employee = register.people.add("Eve", slack_id="U0EVE", department=2)
        register_initiative(register, draft(stages=(1,)), vector(1), {}, MIA, NOW)
    with company.writing() as register:
        register_initiative(register, draft(department=2), vector(1), {1: Choice.JOIN}, employee, NOW)

    assert queued(database, company, MessageKind.JOINED) == ["person:U0ADA"]


def test_a_lead_without_slack_is_not_tried(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        register.people.save(replace(register.people.by_id(1), slack_id=None))
    register_two(company, actor=person(id=2, slack_id="U0BO"))

    assert queued(database, company) == []


@pytest.fixture
def crowded(company: SqlRegisters) -> SqlRegisters:
    """Four initiatives of two departments ask for more of a pool than it has; a third department has a lead too."""
    with company.writing() as register:
        claims = register.departments.add("Claims")
        register.people.add("Eve", slack_id="U0EVE", department=claims.id, roles=frozenset({Role.LEAD}))
        register.people.add("Sue", slack_id="U0SUE")
        register.pools.add(pool(capacity=1.0, leave=()))
    for number in range(4):
        asking(company, department=number % 2 + 1)
    return company


def asking(company: SqlRegisters, department: int) -> Initiative:
    """One more initiative that asks for the pool, unlike the others in its text."""
    with company.writing() as register:
        sue = register.people.by_id(4)
        unlike = np.eye(DIMENSION, dtype=np.float32)[len(register.initiatives.all())]
        asked = request(person_weeks=2.0, window=window(days=28))
        return register_initiative(register, draft(department=department, requests=(asked,)), unlike, {}, sue, NOW)


def contention(company: SqlRegisters) -> Finding:
    with company.reading() as register:
        (finding,) = (f for f in register.findings.standing() if f.found.rule is Rule.RESOURCE_CONTENTION)
        return finding


def test_a_group_has_one_card_for_each_lead_however_many_initiatives_are_in_it(
    database: Database, crowded: SqlRegisters
) -> None:
    assert contention(crowded).found.initiatives() == (1, 2, 3, 4)
    assert queued(database, crowded) == ["person:U0ADA", "person:U0BO"]


def test_when_a_group_gains_a_member_cards_are_edited_and_its_lead_gets_one(
    database: Database, crowded: SqlRegisters
) -> None:
    before = wanted(database, crowded)
    finding = contention(crowded)

    asking(crowded, department=3)

    assert (contention(crowded).id, len(contention(crowded).found.initiatives())) == (finding.id, 5)
    assert queued(database, crowded) == ["person:U0ADA", "person:U0BO", "person:U0EVE"]
    after = wanted(database, crowded)
    assert all(after[id] > shown for id, shown in before.items())


def wanted(database: Database, company: SqlRegisters) -> dict[int, int]:
    """Card → how often it was asked to be drawn."""
    page = database.outbox(company.workspace).page(50)
    return {one.id: one.wanted for one in page.items if one.posting.kind is MessageKind.ALERT}


def test_that_a_group_has_grown_is_said_in_the_threads_of_its_cards_once_a_day(
    database: Database, crowded: SqlRegisters
) -> None:
    asking(crowded, department=3)
    page = database.outbox(crowded.workspace).page(50)
    news = [one.posting for one in page.items if one.posting.kind is MessageKind.NEWS]

    cards = [f"alert:{contention(crowded).id}:person:{lead}" for lead in ("U0ADA", "U0BO")]
    assert sorted(one.follows for one in news) == cards
    assert {str(one.payload) for one in news} == {"{'what': 'gained', 'initiatives': [4]}"}


def test_a_settled_group_that_gains_a_member_asks_again(database: Database, crowded: SqlRegisters) -> None:
    with crowded.writing() as register:
        decide(register, contention(crowded).id, Choice.COORDINATE, MIA, NOW)

    asking(crowded, department=3)

    assert contention(crowded).state(NOW) is State.OPEN
    assert queued(database, crowded) == ["person:U0ADA", "person:U0BO", "person:U0EVE"]


def test_of_a_dismissed_overlap_nobody_hears_when_its_cause_comes_back(
    database: Database, company: SqlRegisters
) -> None:
    finding = register_two(company)
    with company.writing() as register:
        decide(register, finding, Choice.DIFFERENT, MIA, NOW)
        withdraw(register, 2, BO, NOW)
    with company.writing() as register:
        register.departments.save(replace(register.departments.by_id(2), alerts_to=AlertsTo.CHANNEL))
        change_status(register, 2, Status.ACTIVE, BO, NOW)

        assert register.findings.by_id(finding).state(NOW) is State.DISMISSED
    assert queued(database, company) == ["person:U0ADA"]


def test_departments_that_share_a_channel_get_one_card(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        for one in register.departments.all():
            shared = replace(one, alerts_to=AlertsTo.CHANNEL, channel=Channel("both", "C0BOTH"))
            register.departments.save(shared)
    register_two(company)

    assert queued(database, company) == ["channel:C0BOTH"]


def test_what_an_import_brings_is_told_together_however_little_it_is(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        findings = tuple(overlapped(register, 2))
        told = announce(register, Changes(opened=findings), None, NOW, together=True)
        again = announce(register, Changes(opened=findings), None, NOW, together=True)

    assert queued(database, company) == []
    assert queued(database, company, MessageKind.ALERTS) == ["person:U0ADA", "person:U0BO"]
    assert (len(told), again) == (4, [])


def test_what_came_together_is_told_together_also_once_its_people_are_at_work(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        for id in (1, 2):
            register.preferences.save(preferences(person=id, off=(), muted=frozenset(), quiet_until=at(1).date()))
        announce(register, Changes(opened=tuple(overlapped(register, 1))), None, NOW, together=True)
    assert queued(database, company, MessageKind.ALERTS) == []

    with company.writing() as register:
        tell_due(register, at(2))
    assert queued(database, company) == []
    assert queued(database, company, MessageKind.ALERTS) == ["person:U0ADA", "person:U0BO"]
