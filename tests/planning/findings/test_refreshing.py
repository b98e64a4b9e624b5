"""Keeping the findings up step by step gives what a pass from nothing gives, and nobody is asked twice."""

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

from db.database import Database, open_database
from db.registers import SqlRegister
from planning.findings.lifecycle import SAME_SCORE
from planning.findings.refreshing import Changes, refresh
from planning.findings.values import Finding, Found, Kind, State
from planning.gaps.finding import find_gaps
from planning.overlaps.finding import find_overlaps
from planning.portfolio.scope import Scope
from tests.builders import ENCODER
from tests.planning.findings.histories import disputes, histories
from tests.planning.findings.lives import Life, Step, dismissing_all, founded, renaming

EXAMPLES = {"sqlite": 16, "postgresql": 4}


@pytest.fixture
def lives(database: Database) -> Callable[[], Life]:
    """Found a new company for each history."""
    numbers = count(1)
    return lambda: founded(database, f"company-{next(numbers)}")


def check_some(some: SearchStrategy[list[Step]], database: Database, check: Callable[[list[Step]], None]) -> None:
    """Check some histories; fewer where each step takes longer."""
    examples = settings(max_examples=EXAMPLES[database.engine.dialect.name], deadline=None)
    examples(given(some)(check))()


def from_nothing(register: SqlRegister, life: Life) -> dict[str, Found]:
    """By its key what a full pass finds."""
    portfolio = register.initiatives.portfolio(life.now)
    scope = Scope.everything(portfolio)
    return {one.key: one for one in (*find_overlaps(portfolio, scope), *find_gaps(portfolio, scope))}


def alike(kept: dict[str, Found], wanted: dict[str, Found]) -> bool:
    """Whether keys, facts and scores are the same; a score may lag by less than what is worth a write."""
    same_facts = {key: one.facts for key, one in kept.items()} == {key: one.facts for key, one in wanted.items()}
    return same_facts and all(abs(one.score - wanted[key].score) <= SAME_SCORE for key, one in kept.items())


def test_after_any_history_the_findings_are_those_of_a_pass_from_nothing(
    database: Database, lives: Callable[[], Life]
) -> None:
    def check(history: list[Step]) -> None:
        life = lives()
        for step in history:
            life.does(step)
            with life.registers.reading() as register:
                kept = {one.found.key: one.found for one in register.findings.standing()}
                assert alike(kept, from_nothing(register, life))
        fresh = open_database(database.engine.url, encoder=ENCODER)
        with fresh.registers(life.registers.workspace).writing() as register:
            assert alike(kept, from_nothing(register, life))
            assert refresh(register, life.now) == Changes()
        fresh.close()

    check_some(histories, database, check)


def test_what_is_dismissed_is_not_open_again_unless_something_goes_beyond_it(
    database: Database, lives: Callable[[], Life]
) -> None:
    def check(history: list[Step]) -> None:
        life = lives()
        for step in history:
            life.does(step)
            with life.registers.reading() as register:
                findings = {one.id: one for one in register.findings.standing()}
                for finding in findings.values():
                    if finding.state(life.now) is State.OPEN:
                        assert not any(finding.found.covers <= covers for covers in dismissals(finding, life, register))

    check_some(disputes(), database, check)


def test_another_name_for_the_same_thing_raises_nothing_that_was_dismissed(
    database: Database, lives: Callable[[], Life]
) -> None:
    def check(history: list[Step]) -> None:
        life = lives()
        for step in (*history, dismissing_all, renaming):
            life.does(step)
        with life.registers.reading() as register:
            standing = register.findings.standing(Kind.OVERLAP)
            assert not [one.found.why for one in standing if one.state(life.now) is State.OPEN]

    check_some(histories, database, check)


def dismissals(finding: Finding, life: Life, register: SqlRegister) -> list[frozenset[str]]:
    """What was dismissed of it or, where nobody has said anything of it since, of its thread before it opened."""
    if finding.id in life.decided:
        return [life.dismissed[finding.id][1]] if finding.id in life.dismissed else []
    thread = {one.id for one in register.findings.of_threads([finding.found.thread])}
    return [covers for id, (at, covers) in life.dismissed.items() if id in thread and at < finding.opened_at]
