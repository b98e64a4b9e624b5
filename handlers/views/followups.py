"""What is said in the thread of a plan while it is followed: reminders, what is asked, and what came of it."""

from collections.abc import Callable, Mapping, Sequence

from slack_sdk.models.blocks import Block

from handlers.views.outcomes import WORDS, gave_words, outcome_button
from planning.plans.following import DUE, ESCALATED, GONE, LATE, SOON, UNACCEPTED
from planning.plans.values import Plan, PlanState
from planning.text import clip
from planning.window import said

GOAL, CAME = 200, 500
Followed = tuple[str, str]
"""What is to be said, and what is asked of those who must act, with {} for their names."""


def followed(what: str, plan: Plan, by: str) -> Followed:
    """What is said of the plan as it is now; `by` did it, where somebody did."""
    return FOLLOWED[what](plan, by)


def follow_buttons(what: str, plan: Plan) -> Sequence[Block]:
    """The button that takes the answer, while it is asked for."""
    return [outcome_button(plan)] if what in (DUE, LATE) and plan.state is PlanState.ACCEPTED else []


def _soon(plan: Plan, _by: str) -> Followed:
    when = f" on {said(plan.terms.due_on)}" if plan.terms.due_on else " soon"
    return f"The day of this plan comes{when}: {_goal(plan)}", "Please see that what was pledged is on its way: {}."


def _due(plan: Plan, _by: str) -> Followed:
    return f"The day of this plan has come: {_goal(plan)}", "Please tell what came of it: {}."


def _late(plan: Plan, _by: str) -> Followed:
    when = said(plan.terms.due_on) if plan.terms.due_on else "some time ago"
    what = f"The day of this plan was {when}, and nobody has told what came of it."
    return what, "Please tell it, it takes a minute: {}."


def _unaccepted(_plan: Plan, _by: str) -> Followed:
    return "Not all departments have accepted this plan yet.", "Please accept it or change it: {}."


def _escalated(_plan: Plan, _by: str) -> Followed:
    what = "Not all departments have accepted this plan in two weeks, so the executives are asked to decide."
    return f"{what} Until they do, you can still agree here.", ""


def _gone(_plan: Plan, _by: str) -> Followed:
    what = "The overlap that this plan was made for has gone by itself, and not all departments have accepted it."
    return f"{what} Take it back, or agree on it if you still want it.", ""


def _wanted(_plan: Plan, by: str) -> Followed:
    return f"{by} decided, for the executives, that you plan this together.", "Please agree on it here: {}."


def _closed(plan: Plan, by: str) -> Followed:
    how = WORDS[plan.outcome] if plan.outcome else "over"
    gave = gave_words(plan.terms.pledges)
    kept = f" {gave[0].upper()}{gave[1:]}." if gave else ""
    return f"{by} told what came of it: {how}. {clip(plan.came_of_it, CAME)}{kept}".strip(), ""


def _goal(plan: Plan) -> str:
    return f"{clip(plan.terms.goal, GOAL).rstrip('.')}."


FOLLOWED: Mapping[str, Callable[[Plan, str], Followed]] = {
    SOON: _soon,
    DUE: _due,
    LATE: _late,
    UNACCEPTED: _unaccepted,
    ESCALATED: _escalated,
    GONE: _gone,
    "wanted": _wanted,
    "closed": _closed,
}
"""What happened → how it is told."""
