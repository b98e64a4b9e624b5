"""A made-up portfolio as a register holds it, with leads and stewards who are in Slack."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

import numpy as np

from db.registers import SqlRegister, SqlRegisters
from planning.findings.refreshing import refresh
from planning.initiatives.values import Draft, Initiative
from planning.portfolio.values import Portfolio
from planning.similarity import Encoder, settled, text_of
from planning.workspace.values import Role
from tests.benchmarks.real import real_texts
from tests.benchmarks.synthetic import synthetic, texts

SEEN_AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday morning."""


@dataclass(frozen=True, slots=True)
class Made:
    """A portfolio that resembles real ones, and what its initiatives say."""

    portfolio: Portfolio
    words: Sequence[str]

    @classmethod
    def of(cls, size: int, encoder: Encoder) -> Self:
        """One of that size."""
        real = real_texts()
        vectors = [settled(encoder.encode(some)) for some in real]
        return cls(synthetic(size, vectors), texts(size, real, np.random.default_rng(1)))


def store(registers: SqlRegisters, made: Made) -> None:
    """Write it and find what it runs into, as a night before the first working day would."""
    with registers.writing() as register:
        _company(register, made.portfolio)
        _initiatives(register, made.portfolio, made.words)
    with registers.writing() as register:
        refresh(register, SEEN_AT)


def slack_id(person: int) -> str:
    """That of a person of the portfolio."""
    return f"U0P{person:04}"


def _company(register: SqlRegister, portfolio: Portfolio) -> None:
    for department in portfolio.departments:
        register.departments.add(department.name)
    for person in portfolio.people:
        roles = frozenset({Role.LEAD, Role.STEWARD} if person.id == 1 else {Role.LEAD})
        where = person.department
        register.people.add(person.name, slack_id=slack_id(person.id), zone="UTC", department=where, roles=roles)
    for stage in portfolio.journey.stages:
        register.journeys.add_stage(stage)
    for segment in portfolio.journey.segments:
        made = register.journeys.add_segment(segment.name, segment.parent)
        register.journeys.save_segment(replace(segment, id=made.id))
    for touchpoint in portfolio.journey.touchpoints:
        register.journeys.add_touchpoint(touchpoint.name)
    for metric in portfolio.metrics:
        register.metrics.add(metric)
    register.metrics.save_tensions(portfolio.tensions)
    for pool in portfolio.pools:
        register.pools.add(pool)
    for problem in portfolio.problems:
        register.problems.add(problem)
    for hand_off in portfolio.journey.hand_offs:
        register.journeys.add_hand_off(hand_off)


def _initiatives(register: SqlRegister, portfolio: Portfolio, words: Sequence[str]) -> None:
    ((_, layer),) = portfolio.holdings.layers
    told = (_told(one, text) for one, text in zip(portfolio.initiatives, words, strict=True))
    drafts = [("", draft, vector) for draft, vector in zip(told, layer.pieces[0], strict=True)]
    register.initiatives.add_all(drafts, SEEN_AT, by=1, source="")


def _told(initiative: Initiative, text: str) -> Draft:
    title, _, problem = text.partition(". ")
    return replace(initiative.draft, title=title[:100], problem=problem[:500] or text_of(title, "")[:500])
