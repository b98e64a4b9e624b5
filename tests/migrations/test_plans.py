"""Up to plans and alerts and down again, with data in every new place."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import URL, Row, create_engine, inspect, text

from db.database import open_database
from db.migrating import downgrade, upgrade
from db.registers import SqlRegister
from planning.alerts.values import AlertState, Reason
from planning.decisions.values import Decision
from planning.findings.values import Choice, Handed, State
from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.values import Acceptance, PlanState
from planning.workspace.values import ALERT_BUDGET
from tests import builders
from tests.builders import NOW, at, draft, found, pool, vector, verdict, window
from tests.planned import alert, plan, pledge, preferences, terms
from tests.proposed import proposal

BEFORE = "2026_11_22_agreement"
NEW = ("preferences", "alerts", "plans", "plan_pledges", "plan_acceptances", "proposals", "decisions")
GROUP = Address.group(("U0ADA", "U0BO"))


def rows(url: URL, query: str) -> Sequence[Row[Any]]:
    engine = create_engine(url)
    with engine.begin() as connection:
        found_rows = connection.execute(text(query))
        kept = list(found_rows) if found_rows.returns_rows else []
    engine.dispose()
    return kept


def fill(url: URL) -> None:
    """Finding 1 is planned together and stage 1 has a plan of its own; finding 2 was left by the executives."""
    database = open_database(url)
    with database.registers(database.ensure_workspace().id).writing() as register:
        builders.company(register)
        register.pools.add(pool())
        register.workspaces.save(replace(register.workspaces.current(), alert_budget=9))
        for number in (1, 2, 3):
            register.initiatives.add(draft(department=1 + number % 2, movable=window()), vector(number), NOW)
        for number, choice in ((2, Choice.PLAN), (3, Choice.LEAVE)):
            finding = register.findings.add(found(1, number), NOW)
            said = verdict(choice, finding.found)
            register.findings.save(replace(finding, verdict=said, handed=Handed(2, 1, NOW)), NOW)
        _push(register)
    database.close()


def _push(register: SqlRegister) -> None:
    register.preferences.save(preferences())
    register.alerts.add(alert(state=AlertState.CARD, told_at=NOW, week=NOW.date()))
    agreed = terms(pledges=(pledge(),))
    of_finding = register.plans.add(plan(terms=agreed, acceptances=(Acceptance(1, 1, NOW, 1),)))
    of_stage = register.plans.add(plan(finding=None))
    register.proposals.add(proposal(asked_by=1, plan=of_finding.id))
    register.decisions.add(Decision(0, 1, NOW, proposal=1, plan=of_finding.id))
    for one in (of_finding, of_stage):
        register.postings.add(Posting(f"plan:{one.id}", MessageKind.PLAN, one.id, GROUP), NOW)
    news = Posting("plan-news:1", MessageKind.PLAN_NEWS, 1, GROUP, {"what": "changed"}, follows="plan:1")
    register.postings.add(news, NOW)
    register.postings.add(Posting("alert:1:U0ADA", MessageKind.ALERT, 1, Address.person("U0ADA")), NOW)


def planned_before(url: URL) -> None:
    """As the release before wrote it: two conversations about findings, one of them taken back, and a card."""
    upgrade(url)
    fill(url)
    downgrade(url, BEFORE)
    rows(url, "DELETE FROM outbox")
    outbox = "INSERT INTO outbox (id, workspace_id, delivery_key, kind, subject, address, payload, state, created_at"
    outbox += ", wanted, shown, attempts, error) VALUES"
    for id, key, kind, subject, address in (
        (901, "plan:1", "plan", 1, "group:U0ADA,U0BO"),
        (902, "plan:2", "plan", 2, "group:U0ADA,U0BO"),
        (903, "alert:1:person:U0ADA", "alert", 1, "person:U0ADA"),
        (904, "alert:2:channel:C1", "alert", 2, "channel:C1"),
    ):
        values = f"({id}, 'main', '{key}', '{kind}', {subject}, '{address}', '{{}}', 'sent', '{at()}', 1, 1, 1, '')"
        rows(url, f"{outbox} {values}")


def test_a_conversation_that_was_opened_before_becomes_a_plan_with_the_number_of_its_finding(empty_url: URL) -> None:
    planned_before(empty_url)
    upgrade(empty_url)

    database = open_database(empty_url)
    with database.registers("main").writing() as register:
        first, second = register.plans.by_id(1), register.plans.by_id(2)
        assert (first.finding, first.state, first.departments, first.initiatives) == (1, PlanState.OPEN, (1, 2), (1, 2))
        assert (second.finding, second.state) == (2, PlanState.OFF)
        assert register.plans.add(plan()).id == 3
    database.close()


def test_the_cards_that_are_out_count_as_alerts_that_were_told(empty_url: URL) -> None:
    planned_before(empty_url)
    upgrade(empty_url)

    database = open_database(empty_url)
    with database.registers("main").reading() as register:
        told = {str(one.address): (one.state, one.reason) for one in register.alerts.of(1, 2)}
    database.close()
    assert told == {
        "person:U0ADA": (AlertState.CARD, Reason.LEADS),
        "channel:C1": (AlertState.CARD, Reason.CHANNEL),
    }


def test_the_release_before_finds_conversations_about_findings_and_nothing_that_it_cannot_read(empty_url: URL) -> None:
    upgrade(empty_url)
    fill(empty_url)
    downgrade(empty_url, BEFORE)

    assert [tuple(row) for row in rows(empty_url, "SELECT kind, subject FROM outbox ORDER BY id")] == [
        ("plan", 1),
        ("alert", 1),
    ]
    verdicts = rows(empty_url, "SELECT verdict_choice FROM findings ORDER BY id")
    assert [row[0] for row in verdicts] == ["plan", "different"]


def test_a_plan_that_is_made_after_going_down_and_up_has_a_message_of_its_own(empty_url: URL) -> None:
    upgrade(empty_url)
    fill(empty_url)
    database = open_database(empty_url)
    with database.registers("main").writing() as register:
        for key, number in (("plan:3", register.plans.add(plan(finding=2)).id), ("plan:3:1", 3), ("plan:99", 99)):
            register.postings.add(Posting(key, MessageKind.PLAN, number, GROUP), NOW)
    downgrade(empty_url, BEFORE)
    kept = rows(empty_url, "SELECT delivery_key, subject FROM outbox WHERE kind = 'plan' ORDER BY id")
    assert [tuple(row) for row in kept] == [("plan:1", 1), ("plan:2", 2)]

    upgrade(empty_url)
    with database.registers("main").writing() as register:
        new = register.plans.add(plan(finding=None))
        assert register.postings.add(Posting(f"plan:{new.id}", MessageKind.PLAN, new.id, GROUP), NOW)
    database.close()


def test_what_was_there_before_is_there_after_going_down_and_up(empty_url: URL) -> None:
    upgrade(empty_url)
    fill(empty_url)
    downgrade(empty_url, BEFORE)
    upgrade(empty_url)

    database = open_database(empty_url)
    with database.registers("main").reading() as register:
        finding = register.findings.by_id(1)
        assert (finding.state(NOW), finding.handed) == (State.SETTLED, None)
        assert register.initiatives.by_id(1).draft.movable is None
        assert register.workspaces.current().alert_budget == ALERT_BUDGET
        assert register.plans.by_id(1).finding == 1
    database.close()


def test_the_new_tables_are_gone_below(empty_url: URL) -> None:
    upgrade(empty_url)
    fill(empty_url)
    downgrade(empty_url, BEFORE)

    engine = create_engine(empty_url)
    assert not {*NEW} & {*inspect(engine).get_table_names()}
    engine.dispose()
