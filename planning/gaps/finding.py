"""All gap rules: what the journey or an initiative lacks. A rule is a function of the portfolio."""

from collections import Counter
from collections.abc import Callable, Iterator

from planning.findings.facts import IncompleteInitiative, SingleDepartmentStage, StageWithoutWork
from planning.findings.values import Found, Rule, initiative_member, stage_member
from planning.initiatives.values import Initiative, Status
from planning.journey.values import Stage
from planning.portfolio.values import Portfolio

GapRule = Callable[[Portfolio], Iterator[Found]]
MAX_WEIGHT = 5


def stage_without_work(portfolio: Portfolio) -> Iterator[Found]:
    """A stage on which no department has a live initiative; silence of the whole register is unknown, not a gap."""
    if not portfolio.initiatives:
        return
    for stage in portfolio.journey.stages:
        if not portfolio.on_stages[stage.id]:
            fact = StageWithoutWork(stage=stage.name, weight=stage.weight)
            yield Found(Rule.STAGE_WITHOUT_WORK, (stage_member(stage.id),), stage.weight / MAX_WEIGHT, (fact,))


def single_department_stage(portfolio: Portfolio) -> Iterator[Found]:
    """A stage on which one department works alone, though others have registered work too."""
    if len({initiative.draft.department for initiative in portfolio.initiatives}) < 2:
        return
    for stage in portfolio.journey.stages:
        departments = portfolio.on_stages[stage.id]
        if len(departments) == 1:
            yield _alone(stage, departments, portfolio)


def initiative_incomplete(portfolio: Portfolio) -> Iterator[Found]:
    """An initiative without stage or owner, or, unless it is an idea, without start or end."""
    for initiative in portfolio.initiatives:
        missing = missing_in(initiative)
        if missing:
            fact = IncompleteInitiative(
                reference=initiative.reference,
                title=initiative.draft.title,
                department=portfolio.department_names[initiative.draft.department],
                missing=missing,
            )
            members = (initiative_member(initiative.id),)
            yield Found(Rule.INITIATIVE_INCOMPLETE, members, 0.1 * len(missing), (fact,))


def missing_in(initiative: Initiative) -> tuple[str, ...]:
    """What the initiative lacks, in words."""
    draft = initiative.draft
    dated = draft.status is not Status.IDEA
    lacks = (
        ("stage", not draft.stages),
        ("owner", draft.owner is None),
        ("start date", dated and draft.starts_on is None),
        ("end date", dated and draft.ends_on is None),
    )
    return tuple(name for name, lacking in lacks if lacking)


RULES: tuple[GapRule, ...] = (stage_without_work, single_department_stage, initiative_incomplete)


def find_gaps(portfolio: Portfolio) -> list[Found]:
    """Every gap, worst first."""
    found = [gap for rule in RULES for gap in rule(portfolio)]
    return sorted(found, key=lambda gap: (-gap.score, gap.key))


def _alone(stage: Stage, departments: Counter[int], portfolio: Portfolio) -> Found:
    ((department, count),) = departments.items()
    fact = SingleDepartmentStage(
        stage=stage.name,
        weight=stage.weight,
        department=portfolio.department_names[department],
        initiatives=count,
    )
    score = 0.5 * stage.weight / MAX_WEIGHT
    return Found(Rule.SINGLE_DEPARTMENT_STAGE, (stage_member(stage.id),), score, (fact,))
