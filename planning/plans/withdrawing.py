"""Taking a plan back: with it goes the word of its overlap that it is planned together."""

from datetime import datetime

from planning.errors import AlreadyDone, NotAllowed
from planning.findings.settling import undo
from planning.findings.values import Choice, State
from planning.plans.accepting import CLOSED, locked
from planning.plans.party import Party
from planning.plans.restoring import take_off
from planning.plans.values import Plan
from planning.register import Register
from planning.workspace.values import Person


def take_back(register: Register, plan_id: int, actor: Person, now: datetime) -> Plan:
    """Take a plan back; its overlap is open again. What was agreed in the last day is brought back too."""
    plan = locked(register, plan_id)
    party = Party.of(register, plan)
    if not party.may_change(actor):
        raise NotAllowed(f"Not taken back: {party.whom_to_ask}")
    if plan.state in CLOSED:
        raise AlreadyDone(CLOSED[plan.state])
    off = take_off(register, plan, actor, now)
    if plan.finding is not None and _is_planned(register, plan.finding, now):
        undo(register, plan.finding, actor, now)
    return off


def _is_planned(register: Register, finding: int, now: datetime) -> bool:
    known = register.findings.by_id(finding)
    planned = known.verdict is not None and known.verdict.choice is Choice.PLAN
    return planned and known.state(now) is State.SETTLED
