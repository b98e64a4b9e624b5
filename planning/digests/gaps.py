"""Whom a gap waits for, and what is asked of them."""

from collections.abc import Callable
from dataclasses import dataclass

from planning.findings.facts import (
    BareHandOff,
    Fact,
    MetricStale,
    MetricUnmoved,
    MissingParts,
    ScoreDisputed,
    SingleDepartmentStage,
    StageLacks,
    StageWithoutWork,
)
from planning.findings.values import Found, Rule
from planning.gaps.importance import UNSAID
from planning.portfolio.values import Portfolio

HEAVY = 4
"""From this importance on, a gap of a stage, a hand-off or a metric is something to ask for."""
Departments = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap in an ask: `wish` has a place for the name of what it is about."""

    wish: str
    name: str
    weight: int


def missing(found: Found) -> Missing:
    """The gap as it is asked for."""
    fact = found.facts[0]
    return Missing(_WISHES.get(found.rule, "look at {}"), _named(fact), _weight(fact))


def asked_of(found: Found, portfolio: Portfolio) -> Departments:
    """The departments that can do something about it; none for what matters little or is nobody's."""
    if _weight(found.facts[0]) < HEAVY and found.rule is not Rule.PROBLEM_FIX_INCOMPLETE:
        return ()
    return concerned(found, portfolio)


def concerned(found: Found, portfolio: Portfolio) -> Departments:
    """The same, however little it matters."""
    whom = _WHOM.get(found.rule)
    known = () if whom is None else whom(found.members[0].id, portfolio)
    return tuple(sorted(id for id in set(known) if id is not None))


def measuring(metric: int, portfolio: Portfolio) -> list[int | None]:
    """The department of the metric's owner, else of its stage's."""
    known = next((one for one in portfolio.metrics if one.id == metric), None)
    if known is None:
        return []
    owners = _of_person(known.owner, portfolio)
    return owners if owners or known.stage is None else _accountable(known.stage, portfolio)


_WISHES = {
    Rule.STAGE_WITHOUT_WORK: "say who starts on {}",
    Rule.SINGLE_DEPARTMENT_STAGE: "find a second department for {}",
    Rule.STAGE_WITHOUT_METRIC: "name a metric for {}",
    Rule.SCORE_DISPUTED: "agree what {} is measured by, and its target",
    Rule.BARE_HAND_OFF: "settle the hand-off {}",
    Rule.METRIC_OFF_TARGET_UNMOVED: "say who moves {}",
    Rule.METRIC_STALE: "say what {} stands at",
    Rule.PROBLEM_FIX_INCOMPLETE: "say who brings what the fix of {} lacks",
}


def _named(fact: Fact) -> str:
    if isinstance(fact, StageWithoutWork | SingleDepartmentStage | StageLacks | ScoreDisputed):
        return fact.stage
    if isinstance(fact, BareHandOff):
        return f"{fact.before} to {fact.after}"
    if isinstance(fact, MetricUnmoved | MetricStale):
        return fact.metric
    return fact.problem if isinstance(fact, MissingParts) else ""


def _weight(fact: Fact) -> int:
    if isinstance(fact, StageWithoutWork | SingleDepartmentStage | StageLacks | ScoreDisputed):
        return fact.weight
    return fact.weight if isinstance(fact, BareHandOff | MetricUnmoved | MetricStale) else UNSAID


def _working_on(stage: int, portfolio: Portfolio) -> list[int | None]:
    return [*portfolio.on_stage(stage)]


def _accountable(stage: int, portfolio: Portfolio) -> list[int | None]:
    """The department of the stage's owner; nobody is asked for a stage that nobody owns."""
    owner = next((one.owner for one in portfolio.journey.stages if one.id == stage), None)
    return _of_person(owner, portfolio)


def _of_person(person: int | None, portfolio: Portfolio) -> list[int | None]:
    return [one.department for one in portfolio.people if one.id == person]


def _handing(hand_off: int, portfolio: Portfolio) -> list[int | None]:
    edges = (one for one in portfolio.journey.hand_offs if one.id == hand_off)
    return [department for one in edges for department in (one.giver, one.receiver)]


def _serving(problem: int, portfolio: Portfolio) -> list[int | None]:
    rows = portfolio.holdings.columns.rows
    return [*map(int, set(rows.departments[rows.problems == problem].tolist()))]


_WHOM: dict[Rule, Callable[[int, Portfolio], list[int | None]]] = {
    Rule.STAGE_WITHOUT_WORK: _accountable,
    Rule.SINGLE_DEPARTMENT_STAGE: _working_on,
    Rule.STAGE_WITHOUT_METRIC: _accountable,
    Rule.SCORE_DISPUTED: _working_on,
    Rule.BARE_HAND_OFF: _handing,
    Rule.METRIC_OFF_TARGET_UNMOVED: measuring,
    Rule.METRIC_STALE: measuring,
    Rule.PROBLEM_FIX_INCOMPLETE: _serving,
}
