"""What shared plans ask of a lead."""

from collections.abc import Iterable, Iterator
from datetime import date

from planning.needs.findings import NAME
from planning.needs.values import Need, NeedKind
from planning.plans.values import Plan, PlanState, Terms
from planning.portfolio.values import Portfolio
from planning.text import clip
from planning.workspace.hours import day_in
from planning.workspace.values import Person

GOAL, REFERENCES = 160, 5
WEIGHT = 0.9


def plan_needs(plans: Iterable[Plan], person: Person, portfolio: Portfolio) -> Iterator[Need]:
    """Plans that wait for the department which the person leads, and those whose outcome is to be told."""
    for plan in plans:
        department = next((id for id in plan.departments if speaks_for(person, id, plan, portfolio)), None)
        if department is None:
            continue
        if plan.state is PlanState.OPEN and not _accepted(plan, department):
            name = clip(portfolio.department_names.get(department, "your department"), NAME)
            asked = f"Accept it for {name}, or change it."
            yield Need(NeedKind.PLAN, plan.id, plan_words(plan), asked, by=_meets(plan.terms, person), weight=WEIGHT)
        elif plan.state is PlanState.ACCEPTED and (due := _due(plan.terms)) is not None and due <= portfolio.today:
            asked = "Say what came of it."
            yield Need(NeedKind.OUTCOME, plan.id, plan_words(plan), asked, by=due, weight=WEIGHT)


def speaks_for(person: Person, department: int, plan: Plan, portfolio: Portfolio) -> bool:
    """Whether somebody accepts for a department: a lead, or where it has none, who sits in the plan for it."""
    if person.leads(department):
        return True
    return person.id in plan.people and person.department == department and not portfolio.leads_of(department)


def plan_words(plan: Plan) -> str:
    """The plan in one line: its goal, or else what it is about."""
    shown = [f"CX-{id}" for id in plan.initiatives[:REFERENCES]]
    hidden = len(plan.initiatives) - len(shown)
    about = ", ".join([*shown, *([f"…and {hidden} more"] if hidden > 0 else [])])
    goal = plan.terms.goal.strip()
    return f"Plan: {clip(goal, GOAL)}" if goal else f"Plan for {about}" if about else "A shared plan"


def _accepted(plan: Plan, department: int) -> bool:
    return any(one.department == department and one.revision == plan.revision for one in plan.acceptances)


def _meets(terms: Terms, person: Person) -> date | None:
    """The day of the session, as the person's calendar has it, else the day on which the plan is to be kept."""
    return day_in(person.zone, terms.session_at) if terms.session_at else terms.due_on


def _due(terms: Terms) -> date | None:
    return terms.review_on or terms.due_on
