"""The solver's own process: real processes that end, abort and do not listen."""

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.proposing.process import SolverDied, SolverFailed, SolverProcess
from bot.proposing.solving import Progress, Solve, Stop
from planning.errors import NotFound, PlanningError
from planning.findings.values import Finding
from planning.portfolio.values import Portfolio
from planning.proposals.asking import NO_WISHES
from planning.proposals.values import About, AboutKind, Proposed, Wishes
from tests.builders import portfolio

ALL = About(kind=AboutKind.QUARTER, quarter="2027-Q1")
BEST = Proposed(possible=True, proven=True, cost=3)
Given = tuple[Portfolio, About, Finding | None, Wishes]


def told(*_given: Any, progress: Progress, stop: Stop) -> Proposed:
    """Something better, then the best."""
    progress(BEST.model_copy(update={"cost": 5, "proven": False}))
    return BEST


def patient(*_given: Any, progress: Progress, stop: Stop) -> Proposed:
    """Computes until it is told that it is enough."""
    while not stop():
        time.sleep(0.01)
    return BEST


def deaf(*_given: Any, progress: Progress, stop: Stop) -> Proposed:
    """Never comes to an end."""
    progress(BEST)
    while True:
        time.sleep(1)


def mute(*_given: Any, progress: Progress, stop: Stop) -> Proposed:
    """Never comes to an end, and has nothing to tell."""
    while True:
        time.sleep(1)


def aborting(*_given: Any, progress: Progress, stop: Stop) -> Proposed:
    """Dies as native code does."""
    os.abort()


def aborting_once(mark: Path, *_given: Any, progress: Progress, stop: Stop) -> Proposed:
    """Dies, but not the second time."""
    if not mark.exists():
        mark.touch()
        os.abort()
    return BEST


def refusing(*_given: Any, progress: Progress, stop: Stop) -> Proposed:
    """Says what is wrong."""
    raise NotFound("That overlap has gone.")


def stumbling(*_given: Any, progress: Progress, stop: Stop) -> Proposed:
    """Has a fault."""
    raise KeyError("what somebody wrote")


@pytest.fixture
def solvers() -> Iterator[list[SolverProcess]]:
    """Those that a test started; they are ended."""
    started: list[SolverProcess] = []
    yield started
    for one in started:
        one.stop()


def ask(solvers: list[SolverProcess], solve: Solve, stop: Stop = lambda: False) -> tuple[Proposed, list[Proposed]]:
    """The answer, and what was told before."""
    process, better = SolverProcess(solve, grace=0.5), list[Proposed]()
    solvers.append(process)
    return process(portfolio(), ALL, None, NO_WISHES, progress=better.append, stop=stop), better


def test_better_ones_are_told_as_they_come(solvers: list[SolverProcess]) -> None:
    best, better = ask(solvers, told)

    assert (best, [one.cost for one in better]) == (BEST, [5])


def test_one_process_computes_one_after_the_other(solvers: list[SolverProcess]) -> None:
    ask(solvers, told)
    given: Given = (portfolio(), ALL, None, NO_WISHES)

    assert solvers[0](*given, progress=lambda _one: None, stop=lambda: False) == BEST


def test_it_ends_when_it_is_told_that_it_is_enough(solvers: list[SolverProcess]) -> None:
    assert ask(solvers, patient, stop=lambda: True)[0] == BEST


def test_one_that_does_not_listen_is_ended_and_the_best_so_far_is_not_proven(solvers: list[SolverProcess]) -> None:
    assert ask(solvers, deaf, stop=lambda: True)[0] == BEST.model_copy(update={"proven": False})


def test_one_that_found_nothing_in_time_says_what_to_do(solvers: list[SolverProcess]) -> None:
    with pytest.raises(PlanningError, match="one stage or one pool"):
        ask(solvers, mute, stop=lambda: True)


def test_an_abort_ends_the_process_and_not_the_bot_and_the_job_is_tried_once_more(
    solvers: list[SolverProcess], tmp_path: Path
) -> None:
    assert ask(solvers, partial(aborting_once, tmp_path / "died"))[0] == BEST


def test_one_that_dies_again_is_given_up(solvers: list[SolverProcess]) -> None:
    with pytest.raises(SolverDied):
        ask(solvers, aborting)


def test_a_refusal_keeps_its_words_and_a_fault_only_its_kind(solvers: list[SolverProcess]) -> None:
    with pytest.raises(PlanningError, match="That overlap has gone"):
        ask(solvers, refusing)
    with pytest.raises(SolverFailed, match="KeyError at ") as fault:
        ask(solvers, stumbling)
    assert "what somebody wrote" not in str(fault.value)
