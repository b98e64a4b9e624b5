"""The form of a plan: what is agreed, who gives what, and whether the proposal is part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.changes import before_after, change_sentence
from handlers.views.coverage import listed
from handlers.views.fields import ChoiceOption, Field
from handlers.views.lines import line_fields
from handlers.views.names import Names, name_options
from handlers.views.notes import Note, seen_in
from handlers.views.text import bullets, context, line, paragraph, plain, rich
from planning.findings.facts.base import amount
from planning.plans.terms import DECISIONS_MAX, GOAL_MAX
from planning.plans.values import Plan, Pledge, Terms
from planning.proposals.asking import Proposal
from planning.proposals.values import Proposed
from planning.text import clip, one_line
from planning.workspace.hours import zone_of

TITLE = "Change the plan"
PLEDGES = "pledges"
WITH, WITHOUT, KEPT = "with", "without", "kept"
INCLUDED: tuple[ChoiceOption, ...] = (
    (WITH, "Yes: the initiatives change so, once all have accepted"),
    (WITHOUT, "No: their dates stay as they are"),
)
EARLIER: ChoiceOption = (KEPT, "As before: an earlier proposal stays part of it")
CHANGES_SHOWN, SENTENCE = 5, 200
MEANT = 12
"""So many departments and pools are named in the hint."""
SESSION_TIME = time(10)


class PlanNote(Note):
    """Which plan the form is about, and the proposal that it offers."""

    plan: int
    proposal: int | None = None


@dataclass(frozen=True, slots=True)
class PlanToChange:
    """A plan as its form shows it; `terms` have in them what is suggested where nobody said anything yet."""

    plan: Plan
    terms: Terms
    names: Names
    zone: str
    """The zone of who fills it in."""
    pools: Sequence[int]
    """Those that may be pledged."""
    offered: Proposal | None = None
    """The proposal that can become part of it."""
    computing: bool = False
    """Whether one is still looked for."""


def plan_form(shown: PlanToChange) -> View:
    """All that is agreed, to be changed; a change asks the other departments anew."""
    blocks = [
        paragraph("What you save here is accepted by you; the others are asked anew. A goal and a date are needed."),
        *_aims(shown),
        *_session(shown),
        *_proposal(shown),
        *_pledges(shown),
        fields.text_field(
            Field("decisions", "What you have decided", "One on each line."),
            shown.terms.decisions,
            most=DECISIONS_MAX,
            lines=True,
        ),
    ]
    offered = shown.offered.id if shown.offered else None
    return View(
        type="modal",
        callback_id=Modal.PLAN,
        title=plain(TITLE, 24),
        submit=plain("Save"),
        close=plain("Cancel"),
        private_metadata=PlanNote(plan=shown.plan.id, proposal=offered, seen=seen_in(blocks)).model_dump_json(),
        blocks=blocks,
    )


def pledge_line(pledge: Pledge, names: Names) -> str:
    """How a pledge is typed."""
    whose = (names.departments.get(pledge.department, "?"), names.pools.get(pledge.pool, "?"))
    return " | ".join((*map(in_a_line, whose), amount(pledge.person_weeks), pledge.starts_on.isoformat()))


def in_a_line(name: str) -> str:
    """A name as it stands in the line of a pledge, where a bar parts one thing from the next."""
    return one_line(name.replace("|", "/"))


def _aims(shown: PlanToChange) -> list[Block]:
    terms, metrics = shown.terms, name_options(shown.names.metrics)
    chosen = None if terms.metric is None else str(terms.metric)
    metric = [fields.one_of(Field("metric", "By which metric you will see it"), metrics, chosen)] if metrics else []
    goal = Field("goal", "Goal", "What the customer has when it is done, in one sentence.")
    due = Field("due_on", "Date", "The one day on which the customer gets the whole of it.")
    return [fields.text_field(goal, terms.goal, most=GOAL_MAX), *metric, fields.day(due, terms.due_on)]


def _session(shown: PlanToChange) -> list[Block]:
    at = shown.terms.session_at
    local = at.astimezone(zone_of(shown.zone)) if at else None
    begins = f"{(local.time() if local else SESSION_TIME):%H:%M}"
    day: date | None = local.date() if local else None
    return [
        fields.day(Field("session_on", "You sit together on", "Everybody here gets an invitation as a file."), day),
        fields.time_of_day(Field("session_time", "At", f"The time in {shown.zone}."), begins),
        fields.day(Field("review_on", "You look back on", "The day of the review."), shown.terms.review_on),
    ]


def _proposal(shown: PlanToChange) -> list[Block]:
    best = shown.offered.best if shown.offered else None
    if best is None:
        looking = (
            "Concord is still looking for a proposal. Open this form again in a while to make it part of the plan."
        )
        return [context(looking)] if shown.computing else []
    asked = Field("included", "Is Concord’s proposal part of the plan?", optional=False)
    return [*_changes(best), fields.radio(asked, *_included(shown))]


def _included(shown: PlanToChange) -> tuple[Sequence[ChoiceOption], str]:
    """What can be answered, and what is answered so far: at first that it is part of the plan."""
    agreed, offered = shown.terms.proposal, shown.offered.id if shown.offered else None
    if agreed is not None and agreed != offered:
        return (*INCLUDED, EARLIER), KEPT
    return INCLUDED, WITH if agreed is not None or shown.plan.revision == 1 else WITHOUT


def _changes(best: Proposed) -> list[Block]:
    sentences = [clip(change_sentence(change), SENTENCE) for change in best.changes[:CHANGES_SHOWN]]
    hidden = len(best.changes) - CHANGES_SHOWN
    more = [f"…and {hidden} more"] if hidden > 0 else []
    title = f"Concord’s proposal, before → after: {before_after(best)}"
    return [rich(line(clip(title, 2 * SENTENCE)), bullets([(each,) for each in (*sentences, *more)]))]


def _pledges(shown: PlanToChange) -> list[Block]:
    """One line for each; left out while there is no pool to give people of."""
    names, plan = shown.names, shown.plan
    if not shown.pools:
        return []
    departments = [in_a_line(names.departments.get(one, "")) for one in plan.departments]
    pools = [in_a_line(names.pools.get(one, "")) for one in shown.pools]
    hint = f"One on each line: department | pool | person-weeks | first day. Departments: {listed(departments, MEANT)}."
    hint += f" Pools: {listed(pools, MEANT)}."
    lines = [pledge_line(one, names) for one in shown.terms.pledges]
    return line_fields(Field(PLEDGES, "Who gives what", hint), "More of who gives what", lines)
