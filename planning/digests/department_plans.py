"""The shared plans of a department, as its digest tells them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from planning.digests.department_values import PlanLine
from planning.findings.facts.base import listed
from planning.findings.values import Handed
from planning.needs.plans import party_of, plan_words
from planning.plans.party import Party
from planning.plans.values import Plan, PlanState
from planning.portfolio.values import Portfolio
from planning.text import clip
from planning.window import said

AHEAD = timedelta(weeks=4)
NAME, NAMED = 60, 3
Line = tuple[str, date | None]


@dataclass(frozen=True, slots=True)
class Going:
    """A plan that goes on, and to whom its finding was handed."""

    plan: Plan
    handed: Handed | None = None


def plan_lines(plans: Iterable[Going], department: int, portfolio: Portfolio, zone: ZoneInfo) -> list[PlanLine]:
    """Those of the department: what waits for it first, then by the day on which something is due."""
    lines = [_line(one, department, portfolio, zone) for one in plans if department in one.plan.departments]
    return sorted(lines, key=lambda line: (not line.waits, line.on or date.max, line.plan))


def _line(going: Going, department: int, portfolio: Portfolio, zone: ZoneInfo) -> PlanLine:
    plan, handed = going.plan, going.handed
    party = party_of(plan, portfolio, {plan.finding: handed} if plan.finding is not None else {})
    waits = plan.state is PlanState.OPEN and department in party.waiting
    words, on = _waiting(party, waits, portfolio) if plan.state is PlanState.OPEN else _next(plan, portfolio, zone)
    over = plan.state is PlanState.ACCEPTED and on is not None and on <= portfolio.today
    return PlanLine(plan=plan.id, what=plan_words(plan, portfolio), next=words, on=on, waits=waits or over)


def _waiting(party: Party, waits: bool, portfolio: Portfolio) -> Line:
    """For whose word an open plan waits."""
    if waits:
        return "It waits for you to accept it, or to change it.", None
    names = [clip(portfolio.department_names.get(id, "another department"), NAME) for id in party.waiting]
    return f"It waits for {_some(names)} to accept it.", None


def _some(names: list[str]) -> str:
    hidden = len(names) - NAMED
    return listed([*names[:NAMED], f"{hidden} more"] if hidden > 0 else names)


def _next(plan: Plan, portfolio: Portfolio, zone: ZoneInfo) -> Line:
    """What is due next of a plan that all have accepted."""
    terms, today = plan.terms, portfolio.today
    if terms.due_on is not None and terms.due_on <= today:
        return f"Its day was {said(terms.due_on)}: say what came of it.", terms.due_on
    session = terms.session_at.astimezone(zone).date() if terms.session_at else None
    steps = (("You sit together on", session), ("The customer gets it on", terms.due_on))
    coming = [(day, words) for words, day in (*steps, ("It is reviewed on", terms.review_on)) if day is not None]
    day, words = min(((day, words) for day, words in coming if today <= day <= today + AHEAD), default=(None, ""))
    return (f"{words} {said(day)}.", day) if day else ("Nothing is due in the next four weeks.", None)
