"""What the stages of the journey lack."""

from collections.abc import Iterator
from typing import Literal

from planning.findings.facts import SingleDepartmentStage, StageLacks, StageWithoutWork
from planning.findings.values import Found, Member, Rule, Subject
from planning.gaps.importance import importance
from planning.gaps.naming import named
from planning.journey.values import Stage
from planning.portfolio.columns import Ints
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

ALONE = 0.5
NO_OWNER = 0.7
NO_METRIC = 0.6
FEW = 64
"""On a busy stage so many initiatives are enough to meet a second department."""


def stage_without_work(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A stage on which no department has a live initiative, severity 1; while no initiative names a stage: unknown."""
    busy = named(portfolio.journey.stage_names(), portfolio.holdings.columns.stages.to)
    if not busy:
        return
    for stage in _within(portfolio, scope):
        if stage.id not in busy:
            yield _about(Rule.STAGE_WITHOUT_WORK, stage, 1.0, StageWithoutWork(stage=stage.name, weight=stage.weight))


def single_department_stage(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A stage on which one department works alone, though others have registered work too; severity 0.5."""
    everybody = portfolio.holdings.columns.rows.departments
    if not len(everybody) or _of_one_department(everybody):
        return
    for stage in _within(portfolio, scope):
        fact = _alone(stage, portfolio)
        if fact is not None:
            yield _about(Rule.SINGLE_DEPARTMENT_STAGE, stage, ALONE, fact)


def stage_without_owner(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A stage for which nobody is accountable, severity 0.7."""
    for stage in _within(portfolio, scope):
        if stage.owner is None:
            yield _about(Rule.STAGE_WITHOUT_OWNER, stage, NO_OWNER, _lacks("owner", stage))


def stage_without_metric(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A stage that no metric measures, severity 0.6; while no metric is on record at all: unknown."""
    measured = {metric.stage for metric in portfolio.metrics}
    for stage in _within(portfolio, scope) if measured else ():
        if stage.id not in measured:
            yield _about(Rule.STAGE_WITHOUT_METRIC, stage, NO_METRIC, _lacks("metric", stage))


def _within(portfolio: Portfolio, scope: Scope) -> list[Stage]:
    return [stage for stage in portfolio.journey.stages if stage.id in scope.stages]


def _about(
    rule: Rule, stage: Stage, severity: float, fact: StageWithoutWork | SingleDepartmentStage | StageLacks
) -> Found:
    return Found(rule, (Member(Subject.STAGE, stage.id),), severity * importance(stage.weight), (fact,))


def _alone(stage: Stage, portfolio: Portfolio) -> SingleDepartmentStage | None:
    columns = portfolio.holdings.columns
    of = columns.stages.of[columns.stages.to == stage.id]
    if not all(_of_one_department(columns.departments(some)) for some in (of[:FEW], of)):
        return None
    name, count = portfolio.department_names[int(columns.departments(of[:1])[0])], len(of)
    return SingleDepartmentStage(stage=stage.name, weight=stage.weight, department=name, initiatives=count)


def _of_one_department(departments: Ints) -> bool:
    return len(departments) > 0 and departments.min() == departments.max()


def _lacks(what: Literal["owner", "metric"], stage: Stage) -> StageLacks:
    return StageLacks(what=what, stage=stage.name, weight=stage.weight)
