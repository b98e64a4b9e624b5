"""Up to agreement and scores and down again, with data in every new place."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import URL, create_engine, text

from db.database import open_database
from db.migrating import downgrade, upgrade
from db.registers import SqlRegister
from planning.agreement.answers import NamedStages
from planning.agreement.ratification import AskedStage, Ratification, Stance
from planning.agreement.values import Poll, PollKind
from planning.findings.values import Found, Member, Rule, Subject
from planning.journey.versions import SavedJourney, SavedStage
from planning.metrics.readings import Reading
from planning.metrics.values import Cadence
from planning.outbox.values import MessageKind
from planning.portfolio.measurements import Measure, Measurement, quarter_of
from planning.workspace.keys import ApiKey
from tests import builders
from tests.builders import NOW, TODAY, at, draft, found, posting, vector

KEPT = ("people", "stages", "metrics", "problems", "hand_offs", "findings", "outbox", "audit")


def fill(url: URL) -> None:
    database = open_database(url)
    with database.registers(database.ensure_workspace().id).writing() as register:
        builders.company(register)
        register.journeys.save_stage(replace(register.journeys.current().stages[0], brand_value="Plain dealing"))
        register.journeys.add_hand_off(builders.hand_off(owner=1))
        register.problems.add(builders.problem(owner=1))
        register.metrics.add(builders.metric(segment=1, cadence=Cadence.MONTHLY, financial=True))
        for number in (1, 2):
            register.initiatives.add(draft(), vector(number), NOW)
        finding = register.findings.add(found(), NOW)
        register.findings.save(replace(finding, owner=1), NOW)
        stale = replace(found(), rule=Rule.METRIC_STALE, members=(Member(Subject.METRIC, 1),))
        register.findings.add(Found(stale.rule, stale.members, 0.4, ()), NOW)
        register.postings.add(posting(), NOW)
        _ask(register)
        _measure(register)
    database.close()


def _ask(register: SqlRegister) -> None:
    poll = register.polls.add(Poll(0, PollKind.NAMING, NOW, at(7), 1, 5, 42, next_at=at(3)))
    invitation = register.polls.invite(poll.id, [(1, 1)])[0]
    register.polls.save_invitation(replace(invitation, answered_at=NOW, answer=NamedStages(names=("Join", "Use"))))
    asked = replace(posting(), delivery_key="question:1", kind=MessageKind.QUESTION, subject=invitation.id)
    register.postings.add(asked, NOW)
    ratification = register.ratifications.add(Ratification(0, (AskedStage(1, "Join"),), NOW, 1))
    register.ratifications.save_stances(ratification.id, [Stance(1, 1, 1, False, "Too wide.", NOW)])
    register.journeys.keep_version(
        SavedJourney(version=9, at=NOW, by=1, stages=(SavedStage(id=1, name="Join"),), told=("“Join” is new.",))
    )


def _measure(register: SqlRegister) -> None:
    first = Reading(1, TODAY - timedelta(days=30), 41.5, 300, NOW, 1)
    register.readings.add_all([first, replace(first, value=42.0, version=2)])
    register.measurements.save(Measurement(Measure.MIRROR, quarter_of(TODAY), 0.6, NOW, 0.4, 0.8))
    register.api_keys.add(ApiKey(0, "Survey tool", "ab" * 32, NOW, 1))
    register.pictures.keep("trends:1", "F1", NOW)


def counts(url: URL) -> dict[str, int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = {table: connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in KEPT}  # noqa: S608 - a name of ours
    engine.dispose()
    return {table: count or 0 for table, count in rows.items()}


def test_the_release_before_finds_what_it_knows_and_nothing_that_it_cannot_read(empty_url: URL) -> None:
    upgrade(empty_url)
    fill(empty_url)
    before = counts(empty_url)

    downgrade(empty_url, "2026_11_22_detection")

    assert counts(empty_url) == {**before, "findings": before["findings"] - 1, "outbox": before["outbox"] - 1}


def test_what_was_there_before_is_there_after_going_down_and_up(empty_url: URL) -> None:
    upgrade(empty_url)
    fill(empty_url)
    downgrade(empty_url, "2026_11_22_detection")

    upgrade(empty_url)

    database = open_database(empty_url)
    with database.registers("main").reading() as register:
        assert register.findings.by_id(1).owner is None
        assert register.journeys.current().stages[0].brand_value == ""
        assert register.metrics.all()[0].cadence is None
        assert register.readings.of(1) == {1: []}
    with database.registers("main").writing() as register:
        assert register.polls.add(Poll(0, PollKind.NAMING, NOW, at(7), 1, 5, 42)).id == 1
    database.close()


@pytest.mark.parametrize("table", ["polls", "readings", "measurements", "api_keys", "journey_versions"])
def test_the_new_tables_are_gone_below(empty_url: URL, table: str) -> None:
    upgrade(empty_url)
    fill(empty_url)
    downgrade(empty_url, "2026_11_22_detection")

    engine = create_engine(empty_url)
    with engine.connect() as connection, pytest.raises(Exception, match=table):
        connection.execute(text(f"SELECT 1 FROM {table}"))  # noqa: S608 - a name of ours
    engine.dispose()
