"""The thread that finds behind the acknowledgement: whatever happens, what was queued is dealt with once."""

import threading
from datetime import datetime

import pytest

from bot.detecting import FIRST_PAUSE, LEASE, MOST, Detector
from bot.seeing.meters import Meters
from db.database import Database
from db.registers import SqlRegisters
from planning.findings.queueing import Change
from planning.findings.values import Kind
from planning.initiatives.changing import change_status
from planning.initiatives.values import Status
from tests.builders import NOW, at, draft, lead, vector


@pytest.fixture
def queued(company: SqlRegisters) -> SqlRegisters:
    """Two initiatives that overlap are registered, and nothing is found yet."""
    with company.writing() as register:
        made = tuple(register.initiatives.add(draft(department=id, stages=(1,)), vector(1), NOW) for id in (1, 2))
        register.detections.add(Change(made, actor=1), NOW)
    return company


def overlaps(registers: SqlRegisters) -> int:
    with registers.reading() as register:
        return len(register.findings.standing(Kind.OVERLAP))


def waiting(registers: SqlRegisters) -> int:
    with registers.reading() as register:
        return register.detections.waiting()


def test_what_is_queued_is_found_and_gone(database: Database, queued: SqlRegisters) -> None:
    assert Detector(database, lambda: NOW).detect_once() == 1

    assert (overlaps(queued), waiting(queued)) == (1, 0)
    assert database.outbox(queued.workspace).page(9).total == 1


def test_what_a_dead_process_took_on_is_done_by_another(database: Database, queued: SqlRegisters) -> None:
    with queued.writing() as register:
        register.detections.claim(NOW, LEASE, MOST)

    assert Detector(database, lambda: NOW + LEASE / 2).detect_once() == 0
    assert Detector(database, lambda: NOW + LEASE).detect_once() == 1


def test_a_stalled_process_writes_nothing_of_what_another_took_on(database: Database, queued: SqlRegisters) -> None:
    questions: list[int] = []

    def stalled() -> datetime:
        """At the third question of the time, which comes between looking up and writing, another one does it all."""
        questions.append(1)
        if len(questions) == 3:
            assert Detector(database, lambda: NOW + LEASE).detect_once() == 1
        return NOW

    assert Detector(database, stalled).detect_once() == 0
    assert (overlaps(queued), waiting(queued)) == (1, 0)
    assert database.outbox(queued.workspace).page(9).total == 1


def test_what_was_changed_meanwhile_is_looked_up_again(database: Database, queued: SqlRegisters) -> None:
    questions: list[int] = []

    def changing() -> datetime:
        """At the third question of the time, which comes between looking up and writing, somebody cancels one."""
        questions.append(1)
        if len(questions) == 3:
            with queued.writing() as register:
                change_status(register, 1, Status.CANCELLED, lead(1, id=1), NOW)
        return NOW

    assert Detector(database, changing).detect_once() == 1
    assert overlaps(queued) == 0


def test_what_fails_is_put_off_and_tried_again(database: Database, queued: SqlRegisters) -> None:
    with queued.writing() as register:
        register.detections.add(Change(None, actor=77), NOW)

    assert Detector(database, lambda: NOW).detect_once() == 1
    assert waiting(queued) == 1
    assert database.detecting_workspaces(NOW) == []
    assert database.detecting_workspaces(NOW + 4 * FIRST_PAUSE) == [queued.workspace]


def test_a_lease_from_a_clock_in_the_future_binds_nobody(database: Database, queued: SqlRegisters) -> None:
    with queued.writing() as register:
        register.detections.claim(at(days=400), LEASE, MOST)

    assert Detector(database, lambda: NOW).detect_once() == 1


def test_the_thread_works_when_it_is_woken_and_ends_when_it_is_told(database: Database, queued: SqlRegisters) -> None:
    detector = Detector(database, lambda: NOW)
    detector.start()
    detector.wake()
    done = threading.Event()
    for _ in range(100):
        if waiting(queued) == 0 or done.wait(0.05):
            break
    detector.stop()

    assert overlaps(queued) == 1


def test_changes_that_were_left_behind_are_counted(database: Database, queued: SqlRegisters) -> None:
    with queued.writing() as register:
        register.detections.claim(NOW, LEASE, MOST)
    meters = Meters()
    Detector(database, lambda: NOW + LEASE, meters).detect_once()

    told = meters.told().decode()
    assert 'concord_claims_total{outcome="taken",what="detection"} 1.0' in told
    assert 'concord_claims_total{outcome="expired",what="detection"} 1.0' in told
