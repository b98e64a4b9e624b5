from dataclasses import replace

from db.database import Database
from db.registers import SqlRegisters
from planning.findings.settling import decide
from planning.findings.values import Choice, Kind
from planning.initiatives.changing import withdraw
from planning.initiatives.registering import register_initiative
from planning.outbox.values import MessageKind
from planning.workspace.values import AlertsTo, Person
from tests.builders import NOW, draft, lead, person, vector

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
