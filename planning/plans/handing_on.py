"""Plans that somebody does not take part in any more: who accepts in their place gets the plan."""

from dataclasses import replace
from datetime import datetime

from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.opening import written
from planning.plans.party import Party
from planning.plans.telling import plan_key
from planning.plans.values import Plan, PlanState
from planning.register import Register
from planning.workspace.values import Person


def hand_on_plans(register: Register, person: Person, now: datetime) -> None:
    """Have every plan of theirs that goes on drawn again; where it waits, whom it now waits for is sent it."""
    for plan in register.plans.in_state((PlanState.OPEN, PlanState.ACCEPTED)):
        if person.id in plan.people:
            _hand_on(register, plan, person, now)


def _hand_on(register: Register, plan: Plan, person: Person, now: datetime) -> None:
    waiting = Party.of(register, plan).asked if plan.state is PlanState.OPEN else []
    others = [one for one in waiting if one.id not in plan.people]
    for one in others:
        key, address = f"{plan_key(plan)}:{one.id}", Address.person(str(one.slack_id))
        register.postings.add(Posting(key, MessageKind.PLAN, plan.id, address), now)
    people = (*(id for id in plan.people if id != person.id), *(one.id for one in others))
    details: dict[str, object] = {"from": person.id, "to": [one.id for one in others]}
    written(register, replace(plan, people=people, changed_at=now), "plan.handed_on", None, now, details)
