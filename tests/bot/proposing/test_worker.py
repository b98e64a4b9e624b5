import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.proposing.watching import Pace
from bot.proposing.worker import BROKEN, TOO_OFTEN, Proposer
from db.database import Database
from db.registers import SqlRegisters
from planning.outbox.values import MessageKind
from planning.proposals.asking import Progress, Proposal
from planning.proposals.requesting import GONE, ask_for, send_to, stop
from planning.proposals.values import About, AboutKind, Proposed
from tests.builders import NOW, at, draft, found, lead, vector
from tests.proposed import ABOUT, proposal, proposed

ADA = lead(1, id=1)
FIRST, BETTER = proposed(cost=2, proven=False), proposed(cost=1)
PACE = Pace(lease=timedelta(minutes=1), limit_s=20, look_s=0)
Stop = Callable[[], bool]


@dataclass
class Solver:
    """Finds one proposal, then a better one unless somebody stops it; `meanwhile` happens between the two."""

    meanwhile: Callable[[], object] = lambda: None
    seen: list[Any] = field(default_factory=list)

    def __call__(
        self, portfolio: Any, about: About, finding: Any, wishes: Any, *, progress: Callable[..., None], stop: Stop
    ) -> Proposed:
        """The better one, or the first one after a stop."""
        self.seen.append((about, finding))
        progress(FIRST)
        self.meanwhile()
        return FIRST if stop() else BETTER


@pytest.fixture
def asked(company: SqlRegisters) -> Proposal:
    """Ada has asked for the first quarter of 2027, and has a message that shows it."""
    with company.writing() as register:
        proposal = ask_for(register, ABOUT, ADA, NOW)
        send_to(register, proposal, ADA, NOW)
    return proposal


def proposer(database: Database, solve: Solver, pace: Pace = PACE, moment: float = 0) -> Proposer:
    return Proposer(database, lambda: at(moment), solve, pace=pace, prepare=lambda: None)


def kept(registers: SqlRegisters, id: int = 1) -> Proposal:
    with registers.reading() as register:
        return register.proposals.by_id(id)


def test_what_was_asked_for_is_computed_and_shown_as_it_grows(
    database: Database, company: SqlRegisters, asked: Proposal
) -> None:
    found_meanwhile: list[Proposal] = []
    solver = Solver(lambda: found_meanwhile.append(kept(company)))

    assert proposer(database, solver).propose_once() == 1

    assert [(one.progress, one.best) for one in found_meanwhile] == [(Progress.RUNNING, FIRST)]
    finished = kept(company)
    assert (finished.progress, finished.best, finished.done_at) == (Progress.DONE, BETTER, NOW)
    (message,) = [m for m in database.outbox("main").page(9).items if m.posting.kind is MessageKind.PROPOSAL]
    assert message.wanted == 3
    assert proposer(database, solver).propose_once() == 0


def test_who_has_enough_gets_the_best_so_far(database: Database, company: SqlRegisters, asked: Proposal) -> None:
    def press_stop() -> None:
        with company.writing() as register:
            stop(register, asked.id, ADA, NOW)

    proposer(database, Solver(press_stop)).propose_once()

    assert kept(company).best == FIRST


def test_after_the_deadline_the_best_so_far_is_the_answer(
    database: Database, company: SqlRegisters, asked: Proposal
) -> None:
    proposer(database, Solver(), replace(PACE, limit_s=0)).propose_once()

    assert kept(company).best == FIRST


def test_a_fault_of_the_solver_is_told_in_plain_words_and_not_repeated(
    database: Database, company: SqlRegisters, asked: Proposal
) -> None:
    def stumble() -> None:
        raise ZeroDivisionError

    assert proposer(database, Solver(stumble)).propose_once() == 1

    failed = kept(company)
    assert (failed.progress, failed.failure) == (Progress.FAILED, BROKEN)
    assert proposer(database, Solver(), moment=1).propose_once() == 0


def test_an_overlap_that_has_gone_meanwhile_is_told_so(database: Database, company: SqlRegisters) -> None:
    with company.writing() as register:
        for department in (1, 2):
            register.initiatives.add(draft(department=department), vector(department), NOW)
        finding = register.findings.add(found(), NOW)
        ask_for(register, About(kind=AboutKind.FINDING, id=finding.id), ADA, NOW)
        register.findings.save(replace(finding, closed_at=NOW), NOW)

    proposer(database, solver := Solver()).propose_once()

    assert kept(company).failure == GONE
    assert solver.seen == []


def test_the_answer_of_one_who_lost_the_lease_does_not_count(
    database: Database, company: SqlRegisters, asked: Proposal
) -> None:
    second = proposer(database, Solver(), moment=1)
    proposer(database, Solver(second.propose_once)).propose_once()

    finished = kept(company)
    assert (finished.attempts, finished.done_at) == (2, at(1))


def test_two_processes_compute_what_a_hundred_ask_for_once_each(
    database: Database, company: SqlRegisters, asked: Proposal
) -> None:
    with company.writing() as register:
        for id in range(2, 101):
            register.proposals.add(proposal(about=About(kind=AboutKind.STAGE, id=id % 3 + 1)))
    solver = Solver()

    def work(_: int) -> None:
        one = proposer(database, solver)
        while one.propose_once():
            pass

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))

    with company.reading() as register:
        ended = [register.proposals.by_id(id) for id in range(1, 101)]
    assert {(one.progress, one.attempts) for one in ended} == {(Progress.DONE, 1)}
    assert len(solver.seen) == 100


def test_what_kills_its_process_again_and_again_is_given_up(
    database: Database, company: SqlRegisters, asked: Proposal
) -> None:
    with company.writing() as register:
        for day in range(3):
            assert register.proposals.claim(at(day), PACE.lease) is not None

    proposer(database, solver := Solver(), moment=3).propose_once()

    assert kept(company).failure == TOO_OFTEN
    assert solver.seen == []


def test_a_woken_worker_starts_at_once_and_a_stopped_one_leaves_its_work_to_the_next(
    database: Database, company: SqlRegisters
) -> None:
    begun, ending = threading.Event(), threading.Event()

    def wait_for_the_end() -> None:
        begun.set()
        ending.wait(10)

    working = Proposer(database, lambda: NOW, Solver(wait_for_the_end), pace=PACE, prepare=lambda: None)
    working.start()
    time.sleep(0.05)
    with replace(company, on_commit=lambda _workspace: working.wake()).writing() as register:
        ask_for(register, ABOUT, ADA, NOW)
    assert begun.wait(30)
    threading.Timer(0.05, ending.set).start()
    working.stop()

    left = kept(company)
    assert (left.progress, left.best) == (Progress.WAITING, FIRST)
