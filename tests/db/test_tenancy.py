"""No row points into another workspace, and no query sees one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.agreement.values import PollKind
from planning.checkins.values import Standing
from planning.errors import NotFound
from planning.findings.values import Member, Rule, Subject, members
from planning.plans.values import Acceptance, Plan, PlanState
from planning.register import Search
from tests import asked, builders, planned, proposed
from tests.builders import (
    NOW,
    at,
    draft,
    entry,
    found,
    hand_off,
    metric,
    pool,
    posting,
    problem,
    schedule,
    stage,
    tension,
    vector,
    verdict,
)


@pytest.fixture
def other(database: Database, company: SqlRegisters) -> SqlRegisters:
    """A second workspace, in which nothing is registered; the first one has initiatives 1 and 2."""
    with company.writing() as register:
        register.journeys.add_segment("Companies")
        for name in ("Satisfaction", "Calls"):
            register.metrics.add(metric(name=name))
        register.pools.add(pool())
        register.problems.add(problem())
        register.journeys.add_hand_off(hand_off())
        for n in (1, 2):
            register.initiatives.add(draft(), vector(n), NOW)
    return database.registers(database.ensure_workspace("other").id)


@pytest.mark.parametrize(
    "point",
    [
        lambda register: register.people.add("Ada", department=1),
        lambda register: register.journeys.add_stage(stage(owner=1)),
        lambda register: register.journeys.add_segment("Private", parent=2),
        lambda register: register.initiatives.add(draft(), vector(), NOW),
        lambda register: register.findings.add(found(1, 2), NOW),
        lambda register: register.audit.add(entry(actor=1)),
        lambda register: register.metrics.add(metric()),
        lambda register: register.metrics.add(metric(stage=None, feeds=2)),
        lambda register: register.metrics.add(metric(stage=None, owner=1)),
        lambda register: register.metrics.save_tensions([tension()]),
        lambda register: register.problems.add(problem(owner=1)),
        lambda register: register.readings.add_all([builders.reading()]),
        lambda register: register.journeys.add_hand_off(hand_off()),
        lambda register: register.polls.add(asked.poll(opened_by=1)),
        lambda register: register.ratifications.add(asked.ratification()),
        lambda register: register.polls.invite(register.polls.add(asked.poll()).id, [(1, 1)]),
        lambda register: register.preferences.save(planned.preferences()),
        lambda register: register.alerts.add(planned.alert(department=None, person=None)),
        lambda register: register.plans.add(planned.plan(opened_by=None)),
        lambda register: register.plans.add(planned.plan(finding=None)),
        lambda register: register.plans.add(_unpointed(terms=planned.terms(metric=1))),
        lambda register: register.plans.add(_unpointed(terms=planned.terms(pledges=(planned.pledge(),)))),
        lambda register: register.plans.add(_unpointed(acceptances=(Acceptance(1, 1, NOW, 1),))),
        lambda register: register.proposals.add(proposed.proposal(asked_by=1)),
        lambda register: register.decisions.add(planned.decision()),
        lambda register: register.proposals.add(proposed.proposal(plan=1)),
        lambda register: register.check_ins.add_all([builders.check_in()]),
    ],
    ids=[
        *("people", "stages", "segments", "initiatives", "findings", "audit"),
        *("metrics", "feeding metrics", "owners of metrics", "tensions", "owners of problems", "readings", "hand-offs"),
        *("polls", "ratifications", "invitations"),
        *("preferences", "alerts"),
        *("findings of plans", "who opened plans", "metrics of plans", "pledges", "acceptances"),
        *("proposals", "decisions", "proposals of plans", "check-ins"),
    ],
)
def test_a_row_cannot_point_into_another_workspace(other: SqlRegisters, point: object) -> None:
    with pytest.raises(IntegrityError), other.writing() as register:
        point(register)  # type: ignore[operator]


@pytest.mark.parametrize("subject", Subject)
def test_a_finding_cannot_be_about_what_another_workspace_has(other: SqlRegisters, subject: Subject) -> None:
    about = replace(found(), members=(Member(subject, 1),))
    with pytest.raises(IntegrityError), other.writing() as register:
        register.findings.add(about, NOW)


@pytest.mark.parametrize(
    "field", ["stages", "segments", "touchpoints", "contacts", "owner", "serves", "effects", "requests"]
)
def test_an_initiative_cannot_name_what_another_workspace_has(other: SqlRegisters, field: str) -> None:
    parts = {"contacts": (builders.contact(),), "effects": (builders.effect(),), "requests": (builders.request(),)}
    named = {**parts, "owner": 1, "serves": 1}.get(field, (1,))
    with other.writing() as register:
        register.departments.add("Claims")

    with pytest.raises(IntegrityError), other.writing() as register:
        register.initiatives.add(draft(**{field: named}), vector(), NOW)


def test_each_workspace_counts_and_names_for_itself(other: SqlRegisters) -> None:
    with other.writing() as register:
        builders.company(register)
        assert register.initiatives.add(draft(), vector(), NOW).reference == "CX-1"
        assert register.postings.add(posting(), NOW)


def test_a_unit_sees_its_workspace_only(company: SqlRegisters, other: SqlRegisters, database: Database) -> None:
    with company.writing() as register:
        register.metrics.save_tensions([tension()])
        register.readings.add_all([builders.reading()])
        register.measurements.save(builders.measurement())
        register.journeys.keep_version(builders.saved_journey(by=None))
        register.workspaces.save_least({Rule.SPLIT_PROBLEM: 0.5})
        register.initiatives.portfolio(NOW)
        decided = register.findings.add(found(), NOW)
        register.findings.save(replace(decided, verdict=verdict()), NOW)
        register.postings.add(posting(), NOW)
        register.schedules.add(schedule())
        register.audit.add(entry())
        register.api_keys.add(builders.api_key())
        register.pictures.keep("trends:1", "F1", NOW)
        register.polls.invite(register.polls.add(asked.poll(next_at=None)).id, [(1, 1)])
        register.ratifications.save_stances(register.ratifications.add(asked.ratification()).id, [asked.stance()])
        register.preferences.save(planned.preferences())
        register.alerts.add(planned.alert())
        register.plans.add(planned.plan(next_at=NOW))
        register.proposals.add(proposed.proposal())
        register.decisions.add(planned.decision())
        register.check_ins.add_all([builders.check_in(answer=Standing.STUCK, answered_at=NOW)])

    assert database.due_workspaces(NOW) == ["main"]
    with other.writing() as register:
        assert seen(register) == []
        for store in (
            register.people,
            register.departments,
            register.initiatives,
            register.findings,
            register.schedules,
            register.polls,
            register.ratifications,
            register.plans,
            register.proposals,
            register.decisions,
            register.check_ins,
            register.api_keys,
        ):
            with pytest.raises(NotFound):
                store.by_id(1)


def _unpointed(**fields: Any) -> Plan:
    """A plan that points to nothing else."""
    return replace(planned.plan(finding=None, opened_by=None), **fields)


def seen(register: SqlRegister) -> list[object]:
    journey, portfolio = register.journeys.current(), register.initiatives.portfolio(NOW)
    return [
        *register.people.all(),
        *register.departments.all(),
        *(*journey.stages, *journey.segments, *journey.touchpoints, *register.journeys.versions(9)),
        *(*journey.hand_offs, *register.metrics.all(), *register.metrics.tensions()),
        *(*register.readings.latest(), *register.readings.versions(1, builders.reading().on), *portfolio.latest),
        *(*register.pools.all(), *register.problems.all(), *register.workspaces.least()),
        *register.measurements.of(builders.measurement().measure, 9),
        *(*portfolio.metrics, *portfolio.pools, *portfolio.problems, *portfolio.supplied, *portfolio.confirmed),
        *register.vectors.outdated(10),
        *register.initiatives.all(),
        *register.initiatives.matching(Search(words=("letters",)), 10).items,
        *(*portfolio.initiatives, *portfolio.people, *portfolio.departments),
        *(*register.findings.standing(), *register.findings.decided()),
        *register.findings.touching(members([1, 2])),
        *register.findings.of_threads([found().thread]),
        *register.findings.page(found().rule.kind, NOW, 10).items,
        *(*register.polls.of_kind(PollKind.NAMING), *register.polls.due(NOW)),
        *(*register.ratifications.newest(9), *register.ratifications.stances(1)),
        *(*register.polls.invitations(1), *register.polls.waiting_for(1)),
        *(*register.api_keys.all(), *filter(None, [register.api_keys.by_digest(builders.api_key().digest)])),
        *filter(None, [register.pictures.file("trends:1")]),
        *(*register.decisions.open(), *register.decisions.ruled(), *register.decisions.of([1])),
        *register.schedules.made_since(at(-99)),
        *(*register.proposals.of(proposed.ABOUT), *filter(None, [register.proposals.claim(NOW, timedelta(1))])),
        *(*register.plans.changed_since(None), *register.plans.in_state([*PlanState]), *register.plans.due(NOW)),
        *filter(None, [register.plans.of_finding(1)]),
        *(*register.preferences.all(), *register.alerts.of(1), *register.alerts.due(NOW)),
        *(*register.check_ins.since(at(-99)), *register.check_ins.asked(1, NOW)),
        *(*register.check_ins.latest([1]), *register.check_ins.newest([1])),
        *register.schedules.all(),
        *register.schedules.due(NOW, 9),
        *register.audit.since(None),
        *([register.people.by_slack("U0ADA")] if register.people.by_slack("U0ADA") else []),
    ]


def test_a_workspace_that_is_not_there_cannot_be_written(database: Database) -> None:
    with pytest.raises(IntegrityError), database.registers("nowhere").writing() as register:
        register.people.add("Ada")
    with database.registers("nowhere").reading() as register, pytest.raises(NotFound):
        register.workspaces.current()


def test_a_unit_does_not_rename_another_workspace(company: SqlRegisters, other: SqlRegisters) -> None:
    with other.reading() as register:
        elsewhere = register.workspaces.current()
    with pytest.raises(ValueError, match="open for main"), company.writing() as register:
        register.workspaces.save(replace(elsewhere, name="Mine"))


def test_a_table_with_two_workspaces_has_rows_of_both(other: SqlRegisters, database: Database) -> None:
    with other.writing() as register:
        register.people.add("Ada")
    with database.engine.connect() as connection:
        owners = connection.execute(text("SELECT DISTINCT workspace_id FROM people ORDER BY workspace_id")).scalars()
        assert list(owners) == ["main", "other"]
