"""What came of a plan: told by its people, told again when it was wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import isfinite

from planning.digests.values import PlansKept
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.findings.facts.base import listed
from planning.metrics.readings import Reading
from planning.metrics.recording import record
from planning.plans.following import is_untold
from planning.plans.opening import written
from planning.plans.party import Party
from planning.plans.telling import tell
from planning.plans.values import Outcome, Plan, PlanState, Pledge
from planning.register import Register
from planning.text import clip
from planning.workspace.hours import day_in
from planning.workspace.values import Person

QUARTER = timedelta(weeks=13)
DELIVERED_MAX = 10_000
UNTOLD_SHOWN, NAME, NAMED = 3, 80, 3
TOLD = frozenset({PlanState.ACCEPTED, PlanState.CLOSED})


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a plan; `delivered` has a number for each pledge, None where nobody knows yet."""

    outcome: Outcome
    came_of_it: str = ""
    delivered: tuple[float | None, ...] = ()
    value: float | None = None
    """What its metric stands at."""


def close(register: Register, plan_id: int, told: Told, actor: Person, now: datetime) -> Plan:
    """Keep what came of a plan; telling again corrects it. Raises NotAllowed, AlreadyDone and FieldError."""
    plan = register.plans.by_id(plan_id, lock=True)
    check_may_tell(register, plan, actor)
    _check(told)
    if told.value is not None and plan.terms.metric is not None:
        _read(register, plan.terms.metric, told.value, actor, now)
    closed = replace(
        plan,
        state=PlanState.CLOSED,
        outcome=told.outcome,
        came_of_it=told.came_of_it,
        closed_at=now,
        closed_by=actor.id,
        changed_at=now,
        next_at=None,
        terms=replace(plan.terms, pledges=_delivered(plan.terms.pledges, told.delivered)),
    )
    written(register, closed, "plan.closed", actor, now, {"outcome": str(told.outcome)})
    tell(register, closed, "closed", now, by=actor.id, outcome=str(told.outcome))
    return closed


def check_may_tell(register: Register, plan: Plan, actor: Person) -> None:
    """Raises NotAllowed for others' plans, and AlreadyDone for one that nobody agreed on or that was taken back."""
    party = Party.of(register, plan)
    if not party.may_change(actor):
        raise NotAllowed(f"Not told: {party.whom_to_ask}")
    if plan.state is PlanState.OPEN:
        raise AlreadyDone("Not all departments have accepted this plan yet; its outcome is asked for on its day.")
    if plan.state not in TOLD:
        raise AlreadyDone("This plan was taken back, so there is no outcome to tell.")


def kept_lately(register: Register, now: datetime, today: date) -> PlansKept | None:
    """The plans agreed on or closed in the last quarter, and what came of them; None when there is nothing to tell."""
    since = now - QUARTER
    known = {plan.id: plan for plan in (*register.plans.changed_since(since), *register.plans.in_state(TOLD))}
    return plans_kept(known.values(), since, today)


def plans_kept(plans: Iterable[Plan], since: datetime, today: date) -> PlansKept | None:
    """The same of plans at hand; pledged and delivered count those whose outcome is known."""
    agreed = [plan for plan in plans if plan.state in TOLD]
    untold = [plan for plan in agreed if is_untold(plan, today)]
    closed = [plan for plan in agreed if plan.closed_at is not None and plan.closed_at >= since]
    pledges = [pledge for plan in closed for pledge in plan.terms.pledges if pledge.delivered is not None]
    kept = PlansKept(
        agreed=sum(1 for plan in agreed if plan.accepted_at is not None and plan.accepted_at >= since),
        kept=_count(closed, Outcome.KEPT),
        partly=_count(closed, Outcome.PARTLY),
        missed=_count(closed, Outcome.MISSED),
        pledged=sum(pledge.person_weeks for pledge in pledges),
        delivered=sum(pledge.delivered or 0.0 for pledge in pledges),
        untold=tuple(map(_name, untold[:UNTOLD_SHOWN])),
        untold_total=len(untold),
    )
    return kept if kept.agreed or closed or untold else None


def _count(plans: Iterable[Plan], outcome: Outcome) -> int:
    return sum(1 for plan in plans if plan.outcome is outcome)


def _name(plan: Plan) -> str:
    references = [f"CX-{id}" for id in plan.initiatives[:NAMED]]
    hidden = len(plan.initiatives) - len(references)
    whose = listed([*references, *([f"{hidden} more"] if hidden else [])])
    return f"“{clip(plan.terms.goal, NAME)}” ({whose})" if plan.terms.goal else whose


def _check(told: Told) -> None:
    faults = {
        f"delivered_{place}": f"Give a number of person-weeks, from 0 to {DELIVERED_MAX:,}."
        for place, weeks in enumerate(told.delivered)
        if weeks is not None and not (isfinite(weeks) and 0 <= weeks <= DELIVERED_MAX)
    }
    if told.outcome is not Outcome.KEPT and not told.came_of_it:
        faults["came_of_it"] = "Say in a sentence what came of it and what was in the way."
    if faults:
        raise FieldError(faults)


def _read(register: Register, metric_id: int, value: float, actor: Person, now: datetime) -> None:
    metric = next((one for one in register.metrics.all() if one.id == metric_id), None)
    if metric is None:
        raise FieldError({"value": "This metric is no longer there. Leave the value empty."})
    today = day_in(actor.zone, now)
    try:
        record(register, metric, Reading(metric.id, today, value), actor, today, now)
    except NotAllowed as error:
        raise FieldError({"value": f"{error} Leave it empty to tell the rest."}) from error


def _delivered(pledges: Sequence[Pledge], delivered: Sequence[float | None]) -> tuple[Pledge, ...]:
    weeks = (*delivered, *(None for _ in pledges[len(delivered) :]))
    return tuple(replace(pledge, delivered=given) for pledge, given in zip(pledges, weeks, strict=False))
