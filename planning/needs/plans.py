"""What shared plans ask of a lead."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from planning.findings.values import Handed
from planning.needs.findings import NAME
from planning.needs.values import Need, NeedKind
from planning.plans.party import Party, owners_of
from planning.plans.values import Plan, PlanState, Terms
from planning.portfolio.values import Portfolio
from planning.proposals.values import AboutKind
from planning.season.quarters import quarter_words
from planning.text import clip
from planning.workspace.hours import day_in
from planning.workspace.values import Person

GOAL, REFERENCES = 160, 5
WEIGHT = 0.9


def plan_needs(
    plans: Iterable[Plan], person: Person, portfolio: Portfolio, handed: Mapping[int, Handed | None]
) -> Iterator[Need]:
    """Plans that wait for a department for which the person speaks, and those whose outcome is to be told.

    `handed` says by finding to whom it was handed.
    """
    for plan in plans:
        party = party_of(plan, portfolio, handed)
        spoken = party.speaks_for(person)
        waiting = [id for id in party.waiting if id in spoken]
        if plan.state is PlanState.OPEN and waiting:
            name = clip(portfolio.department_names.get(waiting[0], "your department"), NAME)
            asked = f"Accept it for {name}, or change it."
            yield Need(
                NeedKind.PLAN, plan.id, plan_words(plan, portfolio), asked, by=_meets(plan.terms, person), weight=WEIGHT
            )
        elif plan.state is PlanState.ACCEPTED and spoken and _is_over(plan.terms, portfolio.today):
            asked, due = "Say what came of it.", plan.terms.due_on
            yield Need(NeedKind.OUTCOME, plan.id, plan_words(plan, portfolio), asked, by=due, weight=WEIGHT)


def party_of(plan: Plan, portfolio: Portfolio, handed: Mapping[int, Handed | None]) -> Party:
    """Who takes part in a plan, as far as a portfolio that was read already knows: owners of what is still live."""
    known = (portfolio.holdings.by_id(id) for id in plan.initiatives)
    owners = owners_of(initiative for initiative in known if initiative is not None)
    return Party(plan, portfolio.people, owners, handed.get(plan.finding) if plan.finding is not None else None)


def plan_words(plan: Plan, portfolio: Portfolio) -> str:
    """The plan in one line: what it is about, and its goal once there is one."""
    goal = clip(plan.terms.goal.strip(), GOAL)
    return f"Plan for {_about(plan, portfolio)}{f': {goal}' if goal else ''}"


def _about(plan: Plan, portfolio: Portfolio) -> str:
    about, stages = plan.about, portfolio.journey.stage_names()
    known = {AboutKind.STAGE: stages, AboutKind.POOL: {pool.id: pool.name for pool in portfolio.pools}}
    name = known.get(about.kind, {}).get(about.id)
    quarter = quarter_words(about.quarter) if about.quarter else ""
    if name is not None:
        return f"“{clip(name, NAME)}”{f' in {quarter}' if quarter else ''}"
    shown = [f"CX-{id}" for id in plan.initiatives[:REFERENCES]]
    hidden = len(plan.initiatives) - len(shown)
    return quarter or ", ".join([*shown, *([f"…and {hidden} more"] if hidden > 0 else [])])


def _meets(terms: Terms, person: Person) -> date | None:
    """The day of the session, as the person's calendar has it, else the day on which the plan is to be kept."""
    return day_in(person.zone, terms.session_at) if terms.session_at else terms.due_on


def _is_over(terms: Terms, today: date) -> bool:
    """Whether the day has come on which the customer gets it; then its thread asks as well."""
    return terms.due_on is not None and terms.due_on <= today
