"""Planned contacts on a card, and the word after one was removed or planned again."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import BaseModel
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from handlers.ids import Action
from handlers.views.names import INTENT_WORDS, Names
from handlers.views.statuses import button, show_button
from handlers.views.text import Message, Part, bold, bullets, context, escape_within, line, paragraph, plain, rich
from planning.initiatives.values import Contact, Initiative, Intent
from planning.window import Window

SHOWN = 10
"""Contacts on a card; more are counted."""


class ContactStep(BaseModel):
    """Which contact of which initiative is to be removed or planned again; the value of a button."""

    initiative: int
    segment: int
    touchpoint: int
    intent: Intent
    starts_on: date
    ends_on: date

    @classmethod
    def of(cls, initiative: Initiative, contact: Contact) -> Self:
        """The step for a contact."""
        return cls(
            initiative=initiative.id,
            segment=contact.segment,
            touchpoint=contact.touchpoint,
            intent=contact.intent,
            starts_on=contact.window.start,
            ends_on=contact.window.end,
        )

    @property
    def contact(self) -> Contact:
        """The value."""
        return Contact(self.segment, self.touchpoint, self.intent, Window(self.starts_on, self.ends_on))


def contact_lines(initiative: Initiative, names: Names, changeable: bool) -> list[Block]:
    """The planned contacts; for those who may change them, each with a button that removes it."""
    contacts = initiative.draft.contacts
    if not contacts:
        return []
    hidden = len(contacts) - SHOWN
    more: list[Block] = [context(f"…and {hidden} more planned contacts")] if hidden > 0 else []
    if changeable:
        rows = [_removable(initiative, contact, names) for contact in contacts[:SHOWN]]
        return [paragraph(bold("Planned contacts")), *rows, *more]
    told: list[Sequence[Part]] = [(contact_told(contact, names),) for contact in contacts[:SHOWN]]
    return [rich(line(bold("Planned contacts")), bullets(told)), *more]


def contact_told(contact: Contact, names: Names) -> str:
    """What for, whom, how and when."""
    whom = names.segments.get(contact.segment, "a removed segment")
    how = names.touchpoints.get(contact.touchpoint, "a removed touchpoint")
    return f"{INTENT_WORDS[contact.intent]}: {whom} by {how}, {contact.window}"


def contact_removed(initiative: Initiative, step: ContactStep, names: Names) -> Message:
    """What is no longer planned, with a way back."""
    undo = button("Undo", Action.INITIATIVE_RESTORE_CONTACT, step.model_dump_json())
    told = contact_told(step.contact, names)
    return _answer(f"{initiative.reference} no longer plans this contact. {told}.", undo, show_button(initiative))


def contact_restored(initiative: Initiative, step: ContactStep, names: Names) -> Message:
    """What is planned again."""
    told = contact_told(step.contact, names)
    return _answer(f"{initiative.reference} plans this contact again. {told}.", show_button(initiative))


def _removable(initiative: Initiative, contact: Contact, names: Names) -> SectionBlock:
    told = contact_told(contact, names)
    remove = ButtonElement(
        text=plain("Remove"),
        action_id=Action.INITIATIVE_REMOVE_CONTACT,
        value=ContactStep.of(initiative, contact).model_dump_json(),
        accessibility_label=plain(f"Remove {told}", 75).text,
    )
    return SectionBlock(text=plain(told), accessory=remove)


def _answer(text: str, *buttons: ButtonElement) -> Message:
    return Message(escape_within(text), [paragraph(text), ActionsBlock(elements=list(buttons))])
