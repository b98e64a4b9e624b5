"""Plans are followed until their outcome is told: what is said in their threads, and when."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from planning.decisions.asking import asked_now
from planning.decisions.escalating import ask_executives
from planning.findings.values import State
from planning.plans.party import Party
from planning.plans.telling import tell
from planning.plans.values import Plan, PlanState
from planning.register import Register
from planning.workspace.hours import Hours, at_work, zone_of
from planning.workspace.values import Person

SOON, DUE, LATE, UNTOLD = "soon", "due", "late", "untold"
"""A week before the day, on it, a week after it, and when nobody is asked any more."""
UNACCEPTED, ESCALATED, GONE = "unaccepted", "escalated", "gone"
ACCEPTED_STEPS = ((-7, SOON), (0, DUE), (7, LATE), (21, UNTOLD))
"""Days from the day on which the customer gets it."""
OPEN_STEPS = ((7, UNACCEPTED), (14, ESCALATED))
"""Days from when it was opened or changed last."""
MORNING, PAUSE = time(9), timedelta(hours=1)

Step = tuple[datetime, str]


def watch_plans(register: Register, now: datetime) -> int:
    """Say what is due in the threads of plans, in working hours, nothing twice; how many were looked at."""
    hours = Hours(zone=register.workspaces.current().zone)
    due = register.plans.due(now)
    for plan in due:
        begins = at_work(now, hours)
        if begins > now:
            register.plans.save(replace(plan, next_at=begins))
        else:
            _look(register, plan, hours, now)
    return len(due)


def rest(register: Register, now: datetime) -> None:
    """What one of them stumbles over rests for a while, so that it does not hold up everything else at each beat."""
    for plan in register.plans.due(now):
        register.plans.save(replace(plan, next_at=now + PAUSE))


def steps_of(plan: Plan, hours: Hours) -> list[Step]:
    """What is to be said of a plan as it stands, and when; nothing once it is closed or taken back."""
    if plan.state is PlanState.OPEN:
        return [(at_work(_since(plan) + timedelta(days=days), hours), what) for days, what in OPEN_STEPS]
    if plan.state is PlanState.ACCEPTED and plan.terms.due_on is not None:
        return [(_morning(plan.terms.due_on + timedelta(days=days), hours), what) for days, what in ACCEPTED_STEPS]
    return []


def is_untold(plan: Plan, today: date) -> bool:
    """Whether nobody has told what came of it for so long that nobody is asked any more."""
    days, due_on = ACCEPTED_STEPS[-1][0], plan.terms.due_on
    return plan.state is PlanState.ACCEPTED and due_on is not None and due_on + timedelta(days=days) <= today


def _look(register: Register, plan: Plan, hours: Hours, now: datetime) -> None:
    """Only the latest of what has become due is said; what was due before the plan came to this is not.

    `reminded` counts the steps that lie behind by the date that the plan has now, so a date that moves begins anew.
    """
    steps = steps_of(plan, hours)
    behind = sum(at <= now for at, _ in steps)
    what = steps[behind - 1][1] if behind > plan.reminded and steps[behind - 1][0] > _since(plan) else None
    if what is not None and _has_gone(register, plan, now):
        what, steps = GONE, steps[:behind]
    if what is not None:
        _say(register, plan, what, now)
    following = steps[behind][0] if behind < len(steps) else None
    register.plans.save(replace(plan, reminded=behind, next_at=following))


def _say(register: Register, plan: Plan, what: str, now: datetime) -> None:
    if what == ESCALATED:
        _escalate(register, plan, now)
    elif what == GONE:
        tell(register, plan, GONE, now)
    elif what != UNTOLD:
        tell(register, plan, what, now, asked=_to_act(Party.of(register, plan), what))


def _escalate(register: Register, plan: Plan, now: datetime) -> None:
    """A plan without a finding has nothing that executives could decide; its people are reminded once more."""
    if plan.finding is None:
        tell(register, plan, UNACCEPTED, now, asked=_to_act(Party.of(register, plan), UNACCEPTED))
        return
    finding = register.findings.by_id(plan.finding)
    if all(asked.finding.id != finding.id for asked in asked_now(register, now)):
        ask_executives(register, finding, now, plan)
    tell(register, plan, ESCALATED, now)


def _has_gone(register: Register, plan: Plan, now: datetime) -> bool:
    """Whether nobody has agreed on it, and its overlap is no longer there: then it is said once, and asked no more."""
    if plan.state is not PlanState.OPEN or plan.finding is None:
        return False
    return register.findings.by_id(plan.finding).state(now) is State.CLOSED


def _to_act(party: Party, what: str) -> list[int]:
    """Who must act: who is still to accept, who pledged, or who speaks for a department."""
    if what == UNACCEPTED:
        return _ids(party.asked)
    pledged = dict.fromkeys(pledge.department for pledge in party.plan.terms.pledges)
    departments = pledged if pledged and what == SOON else party.plan.departments
    return _ids(person for department in departments for person in party.speakers(department))


def _ids(people: Iterable[Person]) -> list[int]:
    return list(dict.fromkeys(person.id for person in people))


def _since(plan: Plan) -> datetime:
    """When it came to where it stands: agreed, or changed or opened."""
    if plan.state is PlanState.ACCEPTED and plan.accepted_at is not None:
        return plan.accepted_at
    return plan.changed_at or plan.opened_at


def _morning(day: date, hours: Hours) -> datetime:
    return at_work(datetime.combine(day, MORNING, zone_of(hours.zone)), hours)
