"""The plans on request: those of one's department, or all."""

from handlers.commands import Call
from handlers.plans.reading import read_plan
from handlers.views.paging import PAGE
from handlers.views.plan_lists import plan_list
from handlers.views.text import Message
from planning.errors import NotFound
from planning.plans.values import Plan, PlanState
from planning.register import Page, Register
from planning.text import clip, one_line
from planning.workspace.values import Person

ALL = "all"
LISTED = (PlanState.OPEN, PlanState.ACCEPTED, PlanState.CLOSED)
"""In this order; those that were taken back are not listed."""


def show_plans(call: Call) -> Message:
    """`/cx plans`: those of one's department that are open, then the others."""
    return list_plans(call, one_line(call.text).casefold(), 0)


def list_plans(call: Call, query: str, offset: int) -> Message:
    """A page of the plans, the newest of each state first."""
    if query not in ("", ALL):
        raise NotFound(f"I do not know “{clip(query, 60)}”. Use /cx plans for yours, or /cx plans all for all of them.")
    with call.registers.reading() as register:
        plans = _plans(register, None if query else call.actor)
        shown = [read_plan(register, plan, call.now) for plan in plans[offset : offset + PAGE]]
        return plan_list(Page(tuple(shown), len(plans), offset), query)


def _plans(register: Register, actor: Person | None) -> list[Plan]:
    """All, or those of a person's department and those that the person takes part in."""
    plans = register.plans.in_state(LISTED)
    mine = [one for one in plans if actor is None or actor.department in one.departments or actor.id in one.people]
    return sorted(mine, key=lambda plan: (LISTED.index(plan.state), -plan.id))
