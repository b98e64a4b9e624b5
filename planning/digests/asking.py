"""What is asked of the leads this week: one sentence for each department that something waits for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from planning.digests.values import Ask
from planning.findings.facts import SingleDepartmentStage, StageWithoutWork
from planning.findings.values import Finding
from planning.journey.values import Stage
from planning.portfolio.values import Portfolio
from planning.text import clip

HEAVY = 4
"""From this importance of a stage on, its gap is something to ask for."""


@dataclass(slots=True)
class _Burden:
    """What waits for one department."""

    overlaps: list[Finding] = field(default_factory=list)
    alone: list[SingleDepartmentStage] = field(default_factory=list)
    empty: list[StageWithoutWork] = field(default_factory=list)

    def urgency(self, now: datetime) -> tuple[float, ...]:
        waits = max(((now - finding.opened_at).days for finding in self.overlaps), default=-1)
        weights = [fact.weight for fact in self.alone] + [fact.weight for fact in self.empty]
        return (waits, len(self.overlaps), max(weights, default=0))


def asks(overlaps: Sequence[Finding], gaps: Iterable[Finding], portfolio: Portfolio, now: datetime) -> tuple[Ask, ...]:
    """One ask for each department concerned, the most pressing first; `overlaps` in the order in which they wait."""
    burdens: dict[int, _Burden] = defaultdict(_Burden)
    for finding in overlaps:
        for department in _departments(finding, portfolio):
            burdens[department].overlaps.append(finding)
    for gap in gaps:
        _add_gap(gap, burdens, portfolio)
    pressing = sorted(burdens.items(), key=lambda item: ([-value for value in item[1].urgency(now)], item[0]))
    return tuple(_ask(department, burden, portfolio) for department, burden in pressing)


def _departments(finding: Finding, portfolio: Portfolio) -> list[int]:
    members = (portfolio.by_id[id] for id in finding.found.initiatives() if id in portfolio.by_id)
    return list(dict.fromkeys(initiative.draft.department for initiative in members))


def _add_gap(gap: Finding, burdens: dict[int, _Burden], portfolio: Portfolio) -> None:
    fact = gap.found.facts[0]
    stage = next((s for s in portfolio.journey.stages if s.id == gap.found.members[0].id), None)
    if stage is None or stage.weight < HEAVY:
        return
    if isinstance(fact, SingleDepartmentStage):
        for department in portfolio.on_stages[stage.id]:
            burdens[department].alone.append(fact)
    elif isinstance(fact, StageWithoutWork) and (owner := _accountable(stage, portfolio)) is not None:
        burdens[owner].empty.append(fact)


def _accountable(stage: Stage, portfolio: Portfolio) -> int | None:
    """The department of the stage's owner; nobody is asked for a stage that nobody owns."""
    return next((person.department for person in portfolio.people if person.id == stage.owner), None)


def _ask(department: int, burden: _Burden, portfolio: Portfolio) -> Ask:
    leads = portfolio.leads_of(department)
    return Ask(
        department=portfolio.department_names[department],
        leads=tuple(lead.name for lead in leads),
        slack_ids=tuple(lead.slack_id for lead in leads if lead.slack_id),
        what=_sentence(burden, department, portfolio),
    )


def _sentence(burden: _Burden, department: int, portfolio: Portfolio) -> str:
    parts = []
    if burden.overlaps:
        parts.append(_to_decide(burden.overlaps, department, portfolio))
    if burden.alone:
        parts.append(f"find a second department for “{clip(burden.alone[0].stage, 60)}”{_more(burden.alone)}")
    if burden.empty:
        parts.append(f"say who starts on “{clip(burden.empty[0].stage, 60)}”{_more(burden.empty)}")
    return f"{'; '.join(parts)}."


def _to_decide(overlaps: Sequence[Finding], department: int, portfolio: Portfolio) -> str:
    """Names the one that waits longest by its numbers, and whom to speak with."""
    first = overlaps[0]
    references = " and ".join(f"CX-{id}" for id in first.found.initiatives())
    others = (id for id in _departments(first, portfolio) if id != department)
    names = " and ".join(clip(portfolio.department_names[id], 60) for id in others)
    if len(overlaps) == 1:
        return f"decide with {names} on {references}"
    return f"decide on {len(overlaps)} overlaps, first with {names} on {references}"


def _more(facts: Sequence[object]) -> str:
    return f" and {len(facts) - 1} more" if len(facts) > 1 else ""
