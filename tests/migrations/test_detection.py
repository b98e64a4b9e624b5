"""What the first release had on record is there in the next one, and back again."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import URL, Connection, MetaData, insert, select

from db.database import open_database
from db.engine import open_engine
from db.migrating import check, downgrade, upgrade
from db.registers import SqlRegister
from planning.findings.facts import IncompleteInitiative, SharedThings, SplitParts
from planning.findings.values import Choice, Finding, Member, Rule, State, Subject, Verdict, members
from planning.problems.values import Part, Problem
from planning.register import Search
from planning.similarity import settled, to_bytes
from tests.builders import NOW, at, draft, effect, found, metric, vector

FIRST = "2026_11_21_first_tables"
MAIN = {"workspace_id": "main"}
SIDE = {"title": "Dunning", "department": "Billing", "segment": "Private", "touchpoint": "Letter"}
DAYS = {"start": "2027-03-01", "end": "2027-03-09"}
FACTS: dict[str, list[object]] = {
    "300cf87ea0333f26eed1311ad818ac41": [
        {"kind": "alike_texts", "cosine": 0.8},
        {"kind": "shared", "what": "stage", "names": ["Join", "Übergabe"]},
    ],
    "8065fdd778a9f1a5b2f4aa9fb973c591": [
        {
            "kind": "opposed_contacts",
            "first": {"initiative": 1, **SIDE, "intent": "cancel", **DAYS},
            "second": {"initiative": 2, **SIDE, "intent": "cross-sell", **DAYS},
            **DAYS,
        }
    ],
    "19ce1bafb2d568a6346da1a4106bdda8": [
        {
            "kind": "incomplete_initiative",
            "reference": "CX-2",
            "title": "Dunning",
            "department": "Billing",
            "missing": ["owner"],
        }
    ],
    "f7e6342dce09922e6f44ed3f643c0427": [
        {
            "kind": "single_department_stage",
            "stage": "Join",
            "weight": 5,
            "department": "Sales",
            "initiatives": 2,
        }
    ],
    "1aa3f51734cfe76e6bb08f20ef827514": [{"kind": "stage_without_work", "stage": "Renew", "weight": 4}],
}
"""Facts by the fingerprint that the first release gave them."""
ALIKE, OPPOSED, INCOMPLETE, ALONE, NOBODY = FACTS


def initiative(id: int, serves: str = "") -> dict[str, object]:
    texts = {"title": f"No. {id}", "problem": "Long waits", "folded": f"no. {id}\nlong waits\n{serves.casefold()}"}
    days = {"starts_on": None, "ends_on": None, "registered_at": NOW, "changed_at": NOW}
    refers = {"department_id": 1, "owner_id": 1, "registered_by": None, "joined_id": None}
    origin: dict[str, object] = {
        "source": None,
        "source_id": None,
        "extras": {},
        "encoder": "old",
        "vector": to_bytes(vector(id)),
    }
    return {**MAIN, "id": id, **texts, "status": "planned", **days, **refers, **origin, "serves": serves}


def finding(
    id: int,
    rule: str,
    about: str,
    facts: str,
    state: str = "dismissed",
    choice: str = "different",
    says: str | None = None,
) -> dict[str, object]:
    kind = "gap" if about.startswith("stage") or "," not in about else "overlap"
    known = {"key": f"{rule}|{about}", "rule": rule, "kind": kind, "state": state, "score": 0.75}
    times = {"opened_at": NOW, "changed_at": at(1), "closed_at": None}
    verdict = {"choice": choice, "by": 1, "at": at(1), "fingerprint": says or facts, "until": None}
    said = {f"verdict_{name}": value for name, value in verdict.items()}
    answer = {f"answer_{name}": None for name in verdict}
    return {**MAIN, "id": id, **known, "facts": FACTS[facts], **times, **said, **answer}


def member(finding: int, position: int, **about: int) -> dict[str, object]:
    return {**MAIN, "finding_id": finding, "position": position, "initiative_id": None, "stage_id": None, **about}


PERSON: dict[str, object] = {
    "name": "Ada",
    "folded": "ada",
    "slack_id": None,
    "department_id": 1,
    "zone": "UTC",
    "roles": [],
}
STAGE = {
    "name": "Join",
    "folded": "join",
    "position": 1,
    "definition": "",
    "customer_goal": "",
    "intent": "",
    "weight": 3,
}
RECORD: dict[str, list[dict[str, object]]] = {
    "workspaces": [
        {"id": id, "name": id, "zone": "UTC", "slack_id": None, "extras": {}, "journey_version": 4}
        for id in ("main", "other")
    ],
    "counters": [{**MAIN, "name": "initiatives", "last": 4}, {**MAIN, "name": "findings", "last": 7}],
    "departments": [
        {
            **MAIN,
            "id": 1,
            "name": "Sales",
            "folded": "sales",
            "channel_name": None,
            "channel_id": None,
            "alerts_to": "leads",
        }
    ],
    "people": [{**MAIN, "id": 1, **PERSON}],
    "stages": [{**MAIN, "id": 1, **STAGE, "owner_id": None, "retired": False}],
    "segments": [{**MAIN, "id": 1, "name": "Private", "folded": "private", "parent_id": None}],
    "initiatives": [
        initiative(1, "Told it thrice"),
        initiative(2),
        initiative(3, "Told it THRICE"),
        initiative(4, "Überall Gebühren"),
    ],
    "findings": [
        finding(1, "duplicate_effort", "initiative:1,initiative:2", ALIKE),
        finding(2, "contact_collision", "initiative:1,initiative:2", OPPOSED),
        finding(3, "initiative_incomplete", "initiative:2", INCOMPLETE),
        finding(4, "single_department_stage", "stage:1", ALONE),
        finding(5, "duplicate_effort", "initiative:1,initiative:3", ALIKE, "open", says="of other facts"),
        finding(
            6, "duplicate_effort", "initiative:2,initiative:3", ALIKE, "settled", "coordinate", says="of other facts"
        ),
        finding(7, "stage_without_work", "stage:1", NOBODY),
    ],
    "finding_members": [
        member(7, 0, stage_id=1),
        *(member(n, place, initiative_id=id) for n, ids in ((1, (1, 2)), (2, (1, 2))) for place, id in enumerate(ids)),
        member(3, 0, initiative_id=2),
        member(4, 0, stage_id=1),
        *(member(n, place, initiative_id=id) for n, ids in ((5, (1, 3)), (6, (2, 3))) for place, id in enumerate(ids)),
    ],
}


@contextmanager
def opened(url: URL) -> Iterator[tuple[Connection, MetaData]]:
    engine, tables = open_engine(url), MetaData()
    with engine.begin() as connection:
        tables.reflect(connection)
        yield connection, tables
    engine.dispose()


def everything(url: URL) -> dict[str, list[str]]:
    with opened(url) as (connection, tables):
        return {
            table.name: sorted(
                str(row) for row in connection.execute(select(*sorted(table.columns, key=lambda one: one.name)))
            )
            for table in tables.sorted_tables
        }


@pytest.fixture
def first_release(empty_url: URL) -> URL:
    """A database that the first release has filled."""
    upgrade(empty_url, FIRST)
    with opened(empty_url) as (connection, tables):
        for table, rows in RECORD.items():
            connection.execute(insert(tables.tables[table]), rows)
    return empty_url


@contextmanager
def register_of(url: URL) -> Iterator[SqlRegister]:
    database = open_database(url, encoder="old")
    try:
        with database.registers("main").writing() as register:
            yield register
    finally:
        database.close()


def states(register: SqlRegister) -> list[State]:
    return [register.findings.by_id(id).state(at(2)) for id in range(1, 8)]


def test_the_problems_that_initiatives_serve_get_a_row_of_their_own(first_release: URL) -> None:
    upgrade(first_release)
    check(first_release)

    with register_of(first_release) as register:
        assert register.problems.all() == [Problem(1, "Told it thrice"), Problem(2, "Überall Gebühren")]
        assert [one.draft.serves for one in register.initiatives.all()] == [1, None, 1, 2]
        assert [one.id for one in register.initiatives.matching(Search(words=("THRICE",)), 9).items] == [3, 1]
        assert register.initiatives.matching(Search(words=("gebühren",)), 9).total == 1
        assert register.problems.add(Problem(0, "Another")).id == 3


def test_vectors_are_kept(first_release: URL) -> None:
    upgrade(first_release)

    with register_of(first_release) as register:
        holdings = register.initiatives.portfolio(NOW).holdings
        assert register.vectors.outdated_count() == 0
    ((encoder, layer),) = holdings.layers
    assert encoder == "old"
    assert (layer.cosines(holdings.rows([2]))[0, 1] == settled(vector(2)) @ settled(vector(2))).all()


def test_nobody_is_asked_again_what_was_dismissed(first_release: URL) -> None:
    upgrade(first_release)

    with register_of(first_release) as register:
        assert states(register) == [*[State.DISMISSED] * 4, State.OPEN, State.SETTLED, State.DISMISSED]
        (fact,) = register.findings.by_id(3).found.facts
        assert fact == IncompleteInitiative(initiative=2, title="Dunning", department="Billing", missing=("owner",))
        assert [finding.id for finding in register.findings.of_threads(["single_department_stage|stage:1"])] == [4]


def test_a_dismissal_covers_no_more_than_it_did(first_release: URL) -> None:
    upgrade(first_release)

    def with_more(finding: Finding) -> State:
        more = SharedThings(what="stage", names=("Join", "Renew"))
        grown = found(rule=finding.found.rule, members=finding.found.members, facts=(*finding.found.facts, more))
        return Finding(finding.id, grown, NOW, NOW, verdict=finding.verdict).state(at(2))

    with register_of(first_release) as register:
        assert with_more(register.findings.by_id(1)) is State.OPEN
        assert with_more(register.findings.by_id(6)) is State.SETTLED


def test_the_way_back_gives_what_was_there(first_release: URL) -> None:
    before = everything(first_release)
    upgrade(first_release)
    downgrade(first_release, FIRST)

    after = everything(first_release)
    spelled = [row.replace("THRICE", "thrice") for row in before.pop("initiatives")]
    assert after.pop("initiatives") == sorted(spelled)
    assert [row.replace("of other facts", "") for row in before.pop("findings")] == after.pop("findings")
    assert after == {**before, "alembic_version": before["alembic_version"]}


def test_what_the_first_release_cannot_read_goes_on_the_way_back(first_release: URL) -> None:
    upgrade(first_release)
    with register_of(first_release) as register:
        register.metrics.add(metric())
        named = {"effects": (effect(),), "supplies": (Part.POLICY,), "serves": 2}
        register.initiatives.add(draft(**named), vector(5), NOW)
        facts = (SplitParts(problem="Told it thrice", departments=("Sales", "Service")),)
        about = members([1, 3], Member(Subject.PROBLEM, 1))
        register.findings.add(found(rule=Rule.SPLIT_PROBLEM, members=about, facts=facts), NOW)
        known = register.findings.by_id(1)
        shared = (*known.found.facts, SharedThings(what="metric", names=("Calls",)))
        grown = found(rule=known.found.rule, members=known.found.members, facts=shared)
        said = Verdict(Choice.DIFFERENT, 1, NOW, grown.covers)
        register.findings.save(Finding(1, grown, NOW, NOW, verdict=said), NOW)
    downgrade(first_release, FIRST)

    with opened(first_release) as (connection, tables):
        kept = tables.tables["findings"].c
        rows = connection.execute(select(kept.facts, kept.verdict_fingerprint).where(kept.id == 1)).all()
        assert [tuple(row) for row in rows] == [(FACTS[ALIKE], ALIKE)]
        assert connection.execute(select(kept.id).order_by(kept.id)).scalars().all() == [1, 2, 3, 4, 5, 6, 7]
        serves = select(tables.tables["initiatives"].c.serves).where(tables.tables["initiatives"].c.id == 5)
        assert connection.execute(serves).scalar_one() == "Überall Gebühren"
    upgrade(first_release)
    check(first_release)
