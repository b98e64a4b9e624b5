"""The one message of a plan: what it is about, what Concord proposes, what is agreed so far, and the buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ConfirmObject

from handlers.ids import Action
from handlers.views.coverage import listed
from handlers.views.findings import MEMBERS_SHOWN, NAME, TITLE, department_name, member_rows, person_name
from handlers.views.names import Names
from handlers.views.outcomes import WORDS, outcome_button
from handlers.views.plan_parts import accepted_blocks, agreed_blocks, agreed_words, to_agree
from handlers.views.proposals import about_words, proposal_blocks, proposal_pictures, proposal_words
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    context,
    escape_within,
    header,
    line,
    paragraph,
    plain,
    rich,
)
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.plans.party import Party
from planning.plans.values import Plan, PlanState
from planning.proposals.asking import Proposal
from planning.proposals.values import AboutKind
from planning.text import clip
from planning.window import said

FACTS_SHOWN, FACT = 2, 400
OUTSIDE_SHOWN, CAME_OF_IT = 8, 300
NO_PICTURES: Mapping[str, str] = {}
NEWER = "This proposal is newer; an earlier one is part of the plan. “Change the plan…” takes this one in."
BACK = (
    "Nobody is asked to accept it any more. For a day after it was agreed, initiatives go back to the dates that they "
    "had; later they stay as they are."
)
OPEN_AGAIN = "Its overlap, while it is there, is open again."


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan with all that its message tells."""

    plan: Plan
    party: Party
    initiatives: Sequence[Initiative]
    names: Names
    zone: str
    """That of the company, in which times are told."""
    finding: Finding | None = None
    proposal: Proposal | None = None
    disputed: Sequence[str] = ()
    """Stages that they share and whose score their leads, asked alone, do not agree on."""
    outside: Sequence[str] = ()
    """Whom it concerns and whom the conversation has no room for."""
    steward: bool = False
    """Whether a steward takes part, or there is none to ask."""


def plan_message(shown: PlanShown, pictures: Mapping[str, str] = NO_PICTURES) -> Message:
    """One plan as it is now; `pictures` are the ids of those that were uploaded, by name."""
    heading = clip(f"Plan together: {subject_words(shown)}", 150)
    blocks: list[Block] = [
        header(heading),
        paragraph(_opening(shown)),
        rich(bullets(member_rows(shown.initiatives, shown.names))),
        *_outside(shown),
        *_facts(shown),
        *_proposed(shown, pictures),
        *agreed_blocks(shown.plan, shown.names, shown.zone, shown.disputed),
        *accepted_blocks(shown.party, shown.names),
        *_buttons(shown),
    ]
    return Message(escape_within(_spoken(shown, heading)), blocks)


def subject_words(shown: PlanShown) -> str:
    """What a plan is about: its initiatives, or a stage, a pool, a quarter."""
    if shown.plan.about.kind is AboutKind.FINDING:
        references = [one.reference for one in shown.initiatives]
        return listed(references, MEMBERS_SHOWN) if references else "an overlap"
    return about_words(shown.plan.about, shown.names)


def joined_message(given_up: Initiative, host: Initiative, names: Names) -> Message:
    """Tells those who go on that another department joins them."""
    who = person_name(names, given_up.draft.owner if given_up.draft.owner is not None else given_up.registered_by)
    department = department_name(names, given_up.draft.department)
    gone, kept = (f"{one.reference} “{clip(one.draft.title, TITLE)}”" for one in (given_up, host))
    first = f"{clip(who, NAME)} ({department}) gave up {gone} and joins {kept}."
    then = "Talk about who does what, and bring the other department’s people in."
    return Message(escape_within(f"{first} {then}"), [paragraph(bold("Somebody joins you. "), first), paragraph(then)])


def _opening(shown: PlanShown) -> str:
    plan, names = shown.plan, shown.names
    if plan.state is PlanState.OFF:
        return "This was taken back: it is no longer planned together. You can still talk here."
    if plan.state is PlanState.CLOSED:
        outcome = WORDS[plan.outcome] if plan.outcome else "closed"
        told = f" {clip(plan.came_of_it, CAME_OF_IT)}" if plan.came_of_it else ""
        return f"This plan is closed: {outcome}.{told}"
    if plan.state is PlanState.ACCEPTED and plan.accepted_at:
        return f"Agreed: all departments have accepted this plan, {said(plan.accepted_at.date())}."
    who = person_name(names, plan.opened_by) if plan.opened_by is not None else "Concord"
    return f"{who} asks to plan these together. You are here because you lead or own one of them."


def _outside(shown: PlanShown) -> list[Block]:
    if not shown.outside:
        return []
    return [context(f"A conversation holds eight people. Please tell {listed(shown.outside, OUTSIDE_SHOWN)} too.")]


def _facts(shown: PlanShown) -> list[Block]:
    rows = _fact_rows(shown)
    heading = "What Concord found" if shown.plan.state is PlanState.OPEN else "What Concord had found"
    return [rich(line(bold(heading)), bullets(rows))] if rows else []


def _fact_rows(shown: PlanShown) -> list[Sequence[Part]]:
    facts = shown.finding.found.facts if shown.finding else ()
    hidden = len(facts) - FACTS_SHOWN
    more = [(f"…and {hidden} more",)] if hidden > 0 else []
    return [*((clip(fact.sentence, FACT),) for fact in facts[:FACTS_SHOWN]), *more]


def _proposed(shown: PlanShown, pictures: Mapping[str, str]) -> list[Block]:
    """The proposal, while it can still become part of the plan; its pictures stay."""
    if shown.proposal is None or shown.plan.state is PlanState.OFF:
        return []
    agreed_on = shown.plan.terms.proposal
    newer = [context(NEWER)] if agreed_on is not None and agreed_on != shown.proposal.id else []
    blocks = [*proposal_blocks(shown.proposal, shown.names), *newer] if _is_open_to_it(shown) else []
    return [*proposal_pictures(shown.proposal, pictures), *blocks]


def _is_open_to_it(shown: PlanShown) -> bool:
    proposal = shown.proposal
    return shown.plan.state is PlanState.OPEN and proposal is not None and proposal.id != shown.plan.applied


def _buttons(shown: PlanShown) -> list[Block]:
    plan = shown.plan
    if plan.state is PlanState.CLOSED:
        return [outcome_button(plan, "Correct what came of it")]
    if plan.state is PlanState.OFF:
        return []
    outcome = [outcome_button(plan)] if plan.state is PlanState.ACCEPTED else []
    ready, waits = ("primary", None) if plan.terms.complete else (None, "primary")
    accept = [_button(plan, Action.PLAN_ACCEPT, "Accept", style=ready)] if shown.party.waiting else []
    steward = [] if shown.steward else [_button(plan, Action.PLAN_STEWARD, "Invite a steward")]
    told = f"{BACK} {OPEN_AGAIN}" if plan.finding is not None else BACK
    back = ConfirmObject(title="Take it back?", text=plain(told, 300), confirm="Take back", deny="Keep it")
    change = _button(plan, Action.PLAN_CHANGE, "Change the plan…", style=waits)
    taken_back = _button(plan, Action.PLAN_TAKE_BACK, "Take back", confirm=back)
    return [*outcome, ActionsBlock(elements=[*accept, change, *steward, taken_back])]


def _button(
    plan: Plan, action: Action, text: str, *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button of the message; its value is the plan and the revision that the reader sees."""
    value = f"{plan.id}:{plan.revision}"
    return ButtonElement(text=plain(text, 75), action_id=action, value=value, style=style, confirm=confirm)


def _spoken(shown: PlanShown, heading: str) -> str:
    facts = " ".join(str(row[0]) for row in _fact_rows(shown))
    proposed = proposal_words(shown.proposal) if shown.proposal and _is_open_to_it(shown) else ""
    asked = to_agree(shown.disputed) if shown.plan.state is PlanState.OPEN else ()
    agreed = agreed_words(shown.plan, shown.names, shown.zone)
    then = f"{'; '.join(asked)}." if asked and not agreed else ""
    parts = (f"{heading}.", _opening(shown), facts, agreed, proposed, then)
    return " ".join(part for part in parts if part)
