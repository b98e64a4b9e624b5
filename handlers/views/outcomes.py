"""What came of plans: the form that asks for it, pledged against delivered, and how many were kept."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement
from slack_sdk.models.views import View

from handlers.ids import Action, Modal
from handlers.views import fields
from handlers.views.fields import Field
from handlers.views.findings import person_name
from handlers.views.loading import told_modal
from handlers.views.names import Names
from handlers.views.text import paragraph, plain
from planning.digests.values import PlansKept
from planning.findings.facts.base import amount, listed, person_weeks
from planning.plans.values import Outcome, Plan, Pledge
from planning.text import clip, counted
from planning.window import said

NAME, GOAL, TEXT_MAX = 60, 120, 1500
PLEDGES_SHOWN = 30
PLANS = "Plans agreed and kept"
DELIVERED = "delivered_"
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.KEPT: "Kept: the customer got the whole of it",
    Outcome.PARTLY: "Partly: some of it is there",
    Outcome.MISSED: "Missed: it did not happen",
}
WORDS: Mapping[Outcome, str] = {
    Outcome.KEPT: "kept",
    Outcome.PARTLY: "kept in part",
    Outcome.MISSED: "missed",
}


class OutcomeNote(BaseModel):
    """Which plan the form is about, when its outcome was told before, and the warning that has been read."""

    plan: int
    told: str = ""
    warned: str = ""


def outcome_button(plan: Plan, label: str = "Tell what came of it") -> Block:
    """Opens the form."""
    return ActionsBlock(elements=[ButtonElement(text=plain(label), action_id=Action.OUTCOME_TELL, value=str(plan.id))])


def outcome_form(plan: Plan, names: Names) -> View:
    """How it ended, in words and numbers; what was told before stands in it."""
    metric = names.metrics.get(plan.terms.metric) if plan.terms.metric is not None else None
    value = Field("value", clip(f"{metric} now", NAME), "Kept as a reading of today; it may stay empty.")
    came = Field("came_of_it", "What came of it", "In a sentence or two; needed unless it was kept.")
    told = plan.closed_at.isoformat() if plan.closed_at else ""
    chosen = str(plan.outcome) if plan.outcome else None
    return View(
        type="modal",
        callback_id=Modal.OUTCOME,
        title=plain("What came of it", 24),
        submit=plain("Save"),
        close=plain("Cancel"),
        private_metadata=OutcomeNote(plan=plan.id, told=told).model_dump_json(),
        blocks=[
            paragraph(_about(plan)),
            fields.radio(Field("outcome", "How did it end?", optional=False), _options(), chosen),
            fields.text_field(came, plan.came_of_it, most=TEXT_MAX, lines=True),
            *([fields.number(value, None, least=None)] if metric else []),
            *(_delivered(place, one, names) for place, one in enumerate(plan.terms.pledges[:PLEDGES_SHOWN])),
        ],
    )


def told_meanwhile(plan: Plan, names: Names) -> str:
    """Stands on top of the form when somebody else has told it while it was open."""
    who, what = person_name(names, plan.closed_by), WORDS[plan.outcome] if plan.outcome else "told"
    return f"Not saved yet. {who} has told meanwhile that it was {what}. Save again to put yours in its place."


def outcome_saved(plan: Plan) -> View:
    """What was kept."""
    how = WORDS[plan.outcome] if plan.outcome else ""
    told = f"The plan is closed: {how}. Its people are told in its conversation."
    again = "If it was wrong, open the same form again from the plan."
    return told_modal("Saved", [paragraph(told), paragraph(again)], close="Done")


def delivered_words(pledge: Pledge) -> str:
    """What was delivered of a pledge, once that is known: to stand behind what was pledged."""
    return "" if pledge.delivered is None else f" → {amount(pledge.delivered)} delivered"


def gave_words(pledges: Sequence[Pledge]) -> str:
    """Pledged against delivered, of the pledges of which that is known."""
    known = [(pledge.person_weeks, pledge.delivered) for pledge in pledges if pledge.delivered is not None]
    pledged, delivered = sum(weeks for weeks, _ in known), sum(weeks for _, weeks in known)
    return f"pledged {amount(pledged)} → delivered {person_weeks(delivered)}" if known else ""


def kept_words(kept: PlansKept | None) -> str:
    """How many plans were agreed on and kept in the last quarter, and pledged against delivered."""
    if kept is None:
        return ""
    ended = [f"{number} {what}" for number, what in _ended(kept) if number]
    agreed = f"{counted(kept.agreed, 'plan')} agreed in the last 13 weeks"
    came = f"; of those that ended, {listed(ended)}" if ended else ""
    gave = f": pledged {amount(kept.pledged)} → delivered {person_weeks(kept.delivered)}" if kept.pledged else ""
    return f"{agreed}{came}{gave}.{_untold(kept)}"


def _ended(kept: PlansKept) -> tuple[tuple[int, str], ...]:
    return (kept.kept, "kept"), (kept.partly, "kept in part"), (kept.missed, "missed")


def _untold(kept: PlansKept) -> str:
    if not kept.untold:
        return ""
    hidden = kept.untold_total - len(kept.untold)
    names = [*kept.untold, *([f"{hidden} more"] if hidden > 0 else [])]
    return f" Nobody has told what came of {listed(names)}."


def _about(plan: Plan) -> str:
    due = f", due {said(plan.terms.due_on)}" if plan.terms.due_on else ""
    return f"{clip(plan.terms.goal, GOAL) or 'The plan'}{due}."


def _options() -> list[tuple[str, str]]:
    return [(str(outcome), words) for outcome, words in OUTCOMES.items()]


def _delivered(place: int, pledge: Pledge, names: Names) -> Block:
    label = f"Delivered by {clip(names.departments.get(pledge.department, 'a department'), NAME)}"
    pool = clip(names.pools.get(pledge.pool, "a pool"), NAME)
    hint = f"In person-weeks of {pool}; {amount(pledge.person_weeks)} were pledged from {said(pledge.starts_on)} on."
    return fields.number(Field(f"{DELIVERED}{place}", label, hint), pledge.delivered)
