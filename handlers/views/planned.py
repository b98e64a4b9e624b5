"""What an initiative plans, on its card: contacts, effects on metrics, requests; and the word after one was removed."""

from collections.abc import Callable, Sequence

from pydantic import BaseModel
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from handlers.ids import Action
from handlers.views.names import INTENT_WORDS, Names
from handlers.views.statuses import button, show_button
from handlers.views.text import Message, Part, bold, bullets, context, escape_within, line, paragraph, plain, rich
from planning.findings.facts.base import person_weeks
from planning.initiatives.planned import Planned
from planning.initiatives.values import Contact, Draft, Effect, Initiative, Request
from planning.metrics.values import Direction

SHOWN = 8
"""Of each kind on a card; more are counted."""


class PlannedStep(BaseModel):
    """What of which initiative is to be removed or planned again; the value of a button."""

    initiative: int
    planned: Planned


def planned_lines(initiative: Initiative, names: Names, changeable: bool) -> list[Block]:
    """All that is planned, by kind; for those who may change it, each with a button that removes it."""
    return [
        block
        for title, read in _KINDS
        for block in _lines(title, initiative, read(initiative.draft), names, changeable)
    ]


def planned_told(planned: Planned, names: Names) -> str:
    """One contact, effect or request in words."""
    if isinstance(planned, Contact):
        return contact_told(planned, names)
    return effect_told(planned, names) if isinstance(planned, Effect) else request_told(planned, names)


def contact_told(contact: Contact, names: Names) -> str:
    """What for, whom, how and when."""
    whom = names.segments.get(contact.segment, "a removed segment")
    how = names.touchpoints.get(contact.touchpoint, "a removed touchpoint")
    return f"{INTENT_WORDS[contact.intent]}: {whom} by {how}, {contact.window}"


def effect_told(effect: Effect, names: Names) -> str:
    """Which metric moves which way, and which ones follow."""
    does = "raises" if effect.direction is Direction.UP else "lowers"
    return f"{does} {names.chains.get(effect.metric) or names.metrics.get(effect.metric, 'a removed metric')}"


def request_told(request: Request, names: Names) -> str:
    """How much of which pool, and when."""
    whom = names.pools.get(request.pool, "a removed pool")
    return f"{person_weeks(request.person_weeks)} of {whom}, {request.window}"


def planned_removed(initiative: Initiative, step: PlannedStep, names: Names) -> Message:
    """What is no longer planned, with a way back."""
    undo = button("Undo", Action.INITIATIVE_RESTORE_PLANNED, step.model_dump_json())
    told = planned_told(step.planned, names)
    return _answer(f"Removed from {initiative.reference}: {told}.", undo, show_button(initiative))


def planned_restored(initiative: Initiative, step: PlannedStep, names: Names) -> Message:
    """What is planned again."""
    told = planned_told(step.planned, names)
    return _answer(f"Back on {initiative.reference}: {told}.", show_button(initiative))


_KINDS: tuple[tuple[str, Callable[[Draft], Sequence[Planned]]], ...] = (
    ("Planned contacts", lambda draft: draft.contacts),
    ("Moves", lambda draft: draft.effects),
    ("Asks for", lambda draft: draft.requests),
)


def _lines(
    title: str, initiative: Initiative, planned: Sequence[Planned], names: Names, changeable: bool
) -> list[Block]:
    if not planned:
        return []
    hidden = len(planned) - SHOWN
    more: list[Block] = [context(f"…and {hidden} more")] if hidden > 0 else []
    if changeable:
        rows = [_removable(initiative, one, names) for one in planned[:SHOWN]]
        return [paragraph(bold(title)), *rows, *more]
    told: list[Sequence[Part]] = [(planned_told(one, names),) for one in planned[:SHOWN]]
    return [rich(line(bold(title)), bullets(told)), *more]


def _removable(initiative: Initiative, planned: Planned, names: Names) -> SectionBlock:
    told = planned_told(planned, names)
    remove = ButtonElement(
        text=plain("Remove"),
        action_id=Action.INITIATIVE_REMOVE_PLANNED,
        value=PlannedStep(initiative=initiative.id, planned=planned).model_dump_json(),
        accessibility_label=plain(f"Remove {told}", 75).text,
    )
    return SectionBlock(text=plain(told), accessory=remove)


def _answer(text: str, *buttons: ButtonElement) -> Message:
    return Message(escape_within(text), [paragraph(text), ActionsBlock(elements=list(buttons))])
