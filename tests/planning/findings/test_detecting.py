"""What is found behind the acknowledgement is what would have been found at once."""

from itertools import count

import pytest
from hypothesis import given, settings

from bot.detecting import Detector
from db.database import Database
from planning.findings.detecting import joined
from planning.findings.passing import pass_night
from planning.findings.queueing import Change, Detection
from planning.findings.values import Choice, Finding, Kind
from planning.initiatives.registering import register_initiative
from planning.portfolio.measurements import Measure
from planning.schedules.tasks import Task
from planning.schedules.values import Occurrence, OccurrenceState
from tests.builders import NOW, draft, initiative, schedule, vector
from tests.handlers.slack import WordEncoder
from tests.planning.findings.histories import histories
from tests.planning.findings.lives import Life, Step, founded

THRESHOLD = "planning.findings.detecting.AT_ONCE"
TONIGHT = Occurrence(1, 1, NOW, OccurrenceState.RUNNING, NOW)
EXAMPLES = {"sqlite": 8, "postgresql": 2}


def standing(database: Database, life: Life) -> tuple[object, ...]:
    with life.registers.reading() as register:
        findings = {one.id: one for one in register.findings.standing()}
        alerts = register.alerts.of(*findings)
        waiting = register.detections.waiting()
    told = sorted((findings[one.finding].found.key, str(one.address), str(one.state)) for one in alerts)
    queued = database.outbox(life.registers.workspace).page(200).items
    return sorted(map(known, findings.values())), told, len(queued), waiting


def known(finding: Finding) -> tuple[str, str, str, str]:
    answer = finding.answer.choice if finding.answer else None
    return finding.found.key, str(finding.found.facts), str(finding.state(NOW)), str(answer)


def test_queued_and_at_once_come_to_the_same(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = count(1)

    def check(history: list[Step]) -> None:
        lives = [founded(database, f"company-{next(numbers)}") for _ in range(2)]
        for most, life in zip((100, -1), lives, strict=True):
            monkeypatch.setattr(THRESHOLD, most)
            for step in history:
                life.does(step)
                Detector(database, lambda life=life: life.now).detect_once()  # type: ignore[misc]

        assert standing(database, lives[0]) == standing(database, lives[1])

    settings(max_examples=EXAMPLES[database.engine.dialect.name], deadline=None)(given(histories)(check))()


def test_what_the_registrant_said_is_kept_with_what_waits(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    life = founded(database, "company")
    monkeypatch.setattr(THRESHOLD, 0)
    with life.registers.writing() as register:
        me = register.people.by_id(1)
        register_initiative(register, draft(stages=(1,)), vector(1), {}, me, NOW)
        register_initiative(register, draft(department=2, stages=(1,)), vector(1), {1: Choice.COORDINATE}, me, NOW)
        assert register.findings.standing(Kind.OVERLAP) == []

    assert Detector(database, lambda: NOW).detect_once() == 2
    with life.registers.reading() as register:
        assert [one.answer.choice for one in register.findings.standing() if one.answer] == [Choice.COORDINATE]


def test_a_night_is_measured_when_it_has_been_looked_up(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    life = founded(database, "company")
    monkeypatch.setattr(THRESHOLD, -1)
    with life.registers.writing() as register:
        register.initiatives.add(draft(stages=(1, 2)), vector(1), NOW)
        pass_night(Task(register, schedule(), TONIGHT, WordEncoder(), NOW))
        assert register.measurements.of(Measure.COMPLETENESS, 1) == []

    Detector(database, lambda: NOW).detect_once()
    with life.registers.reading() as register:
        assert register.findings.standing() != []
        assert register.detections.waiting() == 0


def test_what_one_person_changed_is_looked_up_together() -> None:
    moved = [Detection(id, Change((initiative(id=id),), actor=1)) for id in (1, 2)]
    said = Detection(3, Change((initiative(id=3),), 1, answers={2: Choice.COORDINATE}))
    anything = [Detection(id, Change(None, actor=1)) for id in (4, 5)]
    by_another = Detection(6, Change(None, actor=2))

    parts = joined([*moved, said, *anything, by_another])

    assert [[one.id for one in part] for part, _ in parts] == [[1, 2], [3], [4, 5], [6]]
    assert [one.id for one in parts[0][1].changed or ()] == [1, 2]
