"""The list of plans, some at a time."""

from slack_sdk.models.blocks import SectionBlock

from handlers.ids import Action
from handlers.views.coverage import listed
from handlers.views.findings import department_name
from handlers.views.outcomes import WORDS, gave_words
from handlers.views.paging import paging
from handlers.views.plans import PlanShown, subject_words
from handlers.views.statuses import button
from handlers.views.text import Message, code, escape_within, header, paragraph, plain
from planning.plans.values import PlanState
from planning.register import Page
from planning.text import clip
from planning.window import said

GOAL, NAME, DEPARTMENTS_SHOWN = 200, 40, 4


def plan_list(page: Page[PlanShown], query: str) -> Message:
    """The plans of a page, each in two lines with a button that shows it."""
    if not page.total:
        whose = "No plans yet." if query else "Your department has no plan yet."
        text = f"{whose} Press “Plan together” on an overlap to begin one: "
        return Message(escape_within(f"{text}/cx overlaps"), [paragraph(text, code("/cx overlaps"))])
    heading = f"All plans ({page.total})" if query else f"Your plans ({page.total})"
    hidden = [f"…and {page.hidden} more"] if page.hidden else []
    return Message(
        escape_within("\n".join([heading, *map(_told, page.items), *hidden])),
        [header(heading), *map(_row, page.items), *paging("plans", query, page.offset, page.hidden)],
    )


def _row(shown: PlanShown) -> SectionBlock:
    show = button("Show", Action.PLAN_SHOW, str(shown.plan.id))
    return SectionBlock(block_id=f"plan_{shown.plan.id}", text=plain(_told(shown), 700), accessory=show)


def _told(shown: PlanShown) -> str:
    plan = shown.plan
    departments = [clip(department_name(shown.names, one), NAME) for one in plan.departments]
    goal = clip(plan.terms.goal, GOAL) or "no goal yet"
    due = f"by {said(plan.terms.due_on)}" if plan.terms.due_on else "no date yet"
    whose = listed(departments, DEPARTMENTS_SHOWN) if departments else ""
    return f"{subject_words(shown)}: {goal}\n{' · '.join(part for part in (_standing(shown), due, whose) if part)}"


def _standing(shown: PlanShown) -> str:
    plan = shown.plan
    if plan.state is PlanState.OPEN:
        accepted = len(plan.departments) - len(shown.party.waiting)
        return f"open, accepted by {accepted} of {len(plan.departments)}"
    if plan.state is PlanState.CLOSED:
        gave = gave_words(plan.terms.pledges)
        return f"closed: {WORDS[plan.outcome]}{f', {gave}' if gave else ''}" if plan.outcome else "closed"
    return "agreed"
