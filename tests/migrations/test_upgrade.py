"""From the first release to this one and back, with what either wrote."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import URL

from db.database import open_database
from db.migrating import check, downgrade, upgrade
from db.registers import SqlRegister
from planning.digests.values import Digest
from planning.findings.values import Choice
from planning.outbox.values import Delivery, Message, MessageKind
from planning.plans.values import PlanState
from planning.schedules.values import OccurrenceState, ScheduleKind
from planning.workspace.values import Role
from tests.builders import NOW, draft, vector
from tests.migrations.first_release import FIRST, Rows, columns_of, first_release, stored, tables
from tests.migrations.todays import write_today

WORDS: dict[tuple[str, str], set[object]] = {
    ("outbox", "kind"): {"alert", "plan", "joined", "imported", "digest"},
    ("outbox", "state"): {"pending", "sending", "sent", "uncertain", "failed"},
    ("occurrences", "state"): {"claimed", "skipped"},
    ("findings", "state"): {"open", "snoozed", "settled", "dismissed", "closed"},
    ("findings", "verdict_choice"): {None, "plan", "coordinate", "join", "different", "snooze"},
    ("findings", "rule"): {
        *("duplicate_effort", "contact_collision", "stage_without_work", "single_department_stage"),
        "initiative_incomplete",
    },
}
"""What the first release can read in the columns that hold one of a few words."""

CHANGED = {"counters", "schedules", "workspaces"}
"""The last numbers and the journey’s version go on; the executives’ digest that was due and not done is due again."""


def lacking(before: Rows, after: Rows) -> Rows:
    """The rows that are not there any more as they were."""
    gone = {table: [row for row in rows if row not in after[table]] for table, rows in before.items()}
    return {table: rows for table, rows in gone.items() if rows}


@contextmanager
def kept(url: URL) -> Iterator[SqlRegister]:
    """The register of the company."""
    database = open_database(url)
    try:
        with database.workspace("T0HARBOUR").writing() as register:
            yield register
    finally:
        database.close()


def outbox(url: URL) -> tuple[Message, ...]:
    """Every message of the company."""
    database = open_database(url)
    try:
        return database.outbox("main").page(100).items
    finally:
        database.close()


@pytest.fixture
def old_url(empty_url: URL) -> URL:
    """A database with the first release's tables and company."""
    first_release(empty_url)
    return empty_url


def test_everything_is_as_it_was_after_going_up_and_down(old_url: URL) -> None:
    before = stored(old_url)
    upgrade(old_url)
    check(old_url)
    downgrade(old_url, FIRST)

    assert stored(old_url) == before


def test_today_finds_everybody_and_everything_that_the_first_release_wrote(old_url: URL) -> None:
    upgrade(old_url)
    with kept(old_url) as register:
        people = {person.name: person.roles for person in register.people.all()}
        initiatives = register.initiatives.all()
        served = [problem.name for problem in register.problems.all()]
        plans = register.plans.in_state(list(PlanState))

    assert len(people) == 7
    assert people["Amara Kamarrah"] == {Role.STEWARD}
    assert [one.reference for one in initiatives] == [f"CX-{number}" for number in range(1, 7)]
    assert initiatives[4].joined == 1
    assert (served, initiatives[0].draft.serves) == (["Told it three times"], 1)
    assert initiatives[0].draft.extras == {"budget": "£40k"}
    assert [(plan.finding, plan.state) for plan in plans] == [(3, PlanState.OPEN)]


def test_what_the_first_release_had_not_sent_yet_waits_and_can_be_drawn(old_url: URL) -> None:
    upgrade(old_url)
    messages = outbox(old_url)
    pending = next(one for one in messages if one.posting.kind is MessageKind.DIGEST)
    with kept(old_url) as register:
        occurrence = register.schedules.occurrence(pending.posting.subject)
        weekly = register.schedules.of(ScheduleKind.EXECUTIVE)

    states = [message.state for message in messages]
    assert (states.count(Delivery.SENT), states.count(Delivery.PENDING), states.count(Delivery.SENDING)) == (6, 2, 1)
    assert occurrence.state is OccurrenceState.DONE
    assert Digest.model_validate(occurrence.content).company == "Harbour Mutual"
    assert weekly is not None
    assert str(weekly) == "every Monday at 09:00 (Europe/London)"


def test_what_was_said_of_a_finding_still_covers_it(old_url: URL) -> None:
    upgrade(old_url)
    with kept(old_url) as register:
        planned, answered = register.findings.by_id(3), register.findings.by_id(7)

    assert planned.verdict is not None
    assert (planned.verdict.choice, planned.verdict.covers) == (Choice.PLAN, planned.found.covers)
    assert answered.answer is not None
    assert answered.answer.choice is Choice.COORDINATE


def test_what_today_writes_goes_on_the_way_down_where_the_first_release_cannot_read_it(old_url: URL) -> None:
    before, columns = stored(old_url), columns_of(tables(old_url))
    upgrade(old_url)
    with kept(old_url) as register:
        write_today(register)

    downgrade(old_url, FIRST)

    assert columns_of(tables(old_url)) == columns
    after = stored(old_url)
    assert {*lacking(before, after)} <= CHANGED
    for (table, column), known in WORDS.items():
        assert {word for (word,) in stored(old_url, columns={table: [column]})[table]} <= known
    assert len(after["initiatives"]) == len(before["initiatives"]) + 2


def test_after_going_down_it_goes_up_again_with_what_both_wrote(old_url: URL) -> None:
    upgrade(old_url)
    with kept(old_url) as register:
        write_today(register)
    downgrade(old_url, FIRST)
    upgrade(old_url)
    check(old_url)

    with kept(old_url) as register:
        assert len(register.initiatives.all()) == 8
        assert register.initiatives.add(draft(), vector(), NOW).id == 9
