from dataclasses import replace
from datetime import date, timedelta

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.decisions.asking import asked_now
from planning.decisions.escalating import ask_executives
from planning.outbox.values import MessageKind
from planning.plans.accepting import accept
from planning.plans.following import rest, watch_plans
from planning.plans.terms import change_terms
from planning.plans.values import Plan
from planning.proposals.values import About, AboutKind
from tests.builders import NOW, TODAY, at
from tests.planned import plan, pledge
from tests.planning.plans.stories import ADA, BO, agreed_by_ada, opened, queued

FOLLOWED = ("soon", "due", "late", "unaccepted", "escalated", "gone")
DUE = TODAY + timedelta(days=30)
"""A Wednesday."""


def agreed(register: SqlRegister, due_on: date = DUE, **fields: object) -> Plan:
    """All have accepted it at NOW."""
    mine = agreed_by_ada(register, opened(register), due_on=due_on, **fields)
    return accept(register, mine.id, mine.revision, BO, NOW)


def watched(registers: SqlRegisters, *days: float) -> None:
    """The beat, at these days after NOW."""
    for day in days:
        with registers.writing() as register:
            watch_plans(register, at(day))


def said(database: Database) -> list[tuple[object, object]]:
    """What was said by following, with when it was queued (days after NOW) and the people asked, the first first."""
    news = sorted(queued(database, MessageKind.PLAN_NEWS), key=lambda one: one.id)
    told = [(one.posting.payload["what"], one.created_at) for one in news]
    return [(what, (moment - NOW).days) for what, moment in told if what in FOLLOWED]


def every_day(registers: SqlRegisters, last: int) -> None:
    watched(registers, *range(last + 1))


def test_a_plan_is_reminded_of_a_week_before_asked_on_its_day_and_once_more_a_week_after(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        agreed(register)
    every_day(company, 70)

    assert said(database) == [("soon", 23), ("due", 30), ("late", 37)]
    with company.reading() as register:
        assert register.plans.by_id(1).next_at is None


def test_what_was_missed_while_nothing_ran_is_said_once(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        agreed(register)
    watched(company, 0, 38, 39)

    assert said(database) == [("late", 38)]


def test_a_day_that_is_near_when_it_is_agreed_is_not_reminded_of_at_once(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        agreed(register, TODAY + timedelta(days=2))
    every_day(company, 3)

    assert said(database) == [("due", 2)]


def test_a_day_at_the_weekend_is_asked_about_on_monday(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        agreed(register, TODAY + timedelta(days=5))
    every_day(company, 8)

    assert said(database) == [("due", 7)]


def test_nothing_is_said_at_night(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        agreed(register)
    watched(company, 0, 30.75)
    assert said(database) == []

    watched(company, 31)
    assert said(database) == [("due", 31)]


def test_a_plan_whose_day_moves_is_followed_by_the_new_one(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        agreed(register)
    every_day(company, 31)
    with company.writing() as register:
        later = replace(register.plans.by_id(1).terms, due_on=DUE + timedelta(days=28))
        changed = change_terms(register, 1, later, ADA, at(31))
        accept(register, 1, changed.revision, BO, at(31))
    watched(company, *range(31, 70))

    assert said(database) == [("soon", 23), ("due", 30), ("soon", 51), ("due", 58), ("late", 65)]


def test_who_must_act_is_asked(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        agreed(register, pledges=(pledge(department=2),))
    watched(company, 0, 23, 30)

    news = [one.posting.payload for one in queued(database, MessageKind.PLAN_NEWS)]
    assert {one["what"]: one["asked"] for one in news if one["what"] in FOLLOWED} == {"soon": [2], "due": [1, 2]}


def test_an_open_plan_is_reminded_of_after_a_week_and_asked_of_the_executives_after_two(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        opened(register)
    every_day(company, 40)

    assert said(database) == [("unaccepted", 7), ("escalated", 14)]
    with company.reading() as register:
        (decision,) = register.decisions.open()
    assert (decision.finding, decision.plan) == (1, 1)


def test_an_open_plan_without_an_overlap_is_reminded_of_twice(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        opened(register)
        register.plans.save(replace(register.plans.by_id(1), next_at=None))
        stage = About(kind=AboutKind.STAGE, id=1)
        register.plans.add(plan(about=stage, finding=None, people=(1, 2), next_at=NOW))
    every_day(company, 30)

    assert said(database) == [("unaccepted", 7), ("unaccepted", 14)]
    with company.reading() as register:
        assert register.decisions.open() == []


def test_a_plan_whose_overlap_has_gone_is_told_so_and_nothing_is_asked_of_executives(
    database: Database, company: SqlRegisters
) -> None:
    with company.writing() as register:
        opened(register)
        register.findings.save(replace(register.findings.by_id(1), closed_at=at(10)), at(10))
    every_day(company, 30)

    assert said(database) == [("gone", 7)]
    with company.reading() as register:
        assert register.decisions.open() == []


def test_a_decision_that_was_not_needed_for_a_while_is_asked_again_about_the_plan(company: SqlRegisters) -> None:
    with company.writing() as register:
        plan = opened(register)
        first = ask_executives(register, register.findings.by_id(1), at(-3))
        assert asked_now(register, at(1)) == []
    every_day(company, 14)

    with company.reading() as register:
        (asked,) = asked_now(register, at(14))
    assert (asked.decision.id, asked.plan and asked.plan.id, asked.decision.asked_at) == (first.id, plan.id, at(14))


def test_what_a_plan_stumbles_over_rests_for_an_hour(company: SqlRegisters) -> None:
    with company.writing() as register:
        opened(register)
        rest(register, NOW)

        assert register.plans.due(at(minutes=59)) == []
        assert len(register.plans.due(at(hours=1))) == 1
