"""Asking for a proposal: what can be named, the overlaps to choose from, and the form of wishes."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View

from handlers.ids import COMMAND, Action, Modal
from handlers.views import fields
from handlers.views.fields import ChoiceOption, Field
from handlers.views.proposals import overlap_words
from handlers.views.statuses import button
from handlers.views.text import Message, bullets, code, context, escape_within, line, paragraph, plain, rich
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.proposals.changes import ChangeKind
from planning.proposals.values import Wishes
from planning.register import Page
from planning.text import clip

OVERLAPS_SHOWN, SENTENCE = 5, 300
PINNED = "pinned"
KEEPING: Mapping[ChangeKind, tuple[str, str]] = {
    ChangeKind.MOVED: ("keeps_dates", "These keep their dates"),
    ChangeKind.CONTACT_MOVED: ("keeps_contacts", "These keep the days of their contacts"),
    ChangeKind.REQUEST_MOVED: ("keeps_people", "These keep the weeks of their people"),
    ChangeKind.MERGED: ("keeps_going", "These are not given up for another one"),
}
"""What may be forbidden → the field and its label."""
WAYS = (
    ("propose CX-12", "what would end its overlaps"),
    ("propose stage NAME", "all that shares people or customers at a stage"),
    ("propose pool NAME", "all that asks for the same people"),
    ("propose quarter 2027-Q1", "everything planned in a quarter"),
)


class WishNote(BaseModel):
    """Which proposal the form is about; kept in its private metadata."""

    proposal: int


def ways_to_ask(overlaps: Page[Finding]) -> Message:
    """How to ask for a proposal, with the person's own open overlaps at hand."""
    said = "Concord computes the smallest change after which nothing collides and nobody is asked for too much."
    rows = [(code(f"{COMMAND} {typed}"), f": {what}") for typed, what in WAYS]
    asked = choice_rows(overlaps.items, overlaps.total)
    heading: list[Block] = [paragraph("Your open overlaps:")] if asked else []
    spoken = f"{said} {' '.join(f'{COMMAND} {typed}: {what}.' for typed, what in WAYS)}"
    return Message(escape_within(spoken), [paragraph(said), rich(bullets(rows)), *heading, *asked])


def overlap_choice(reference: str, overlaps: Sequence[Finding]) -> Message:
    """Which of several overlaps of an initiative is meant."""
    said = f"{reference} has several open overlaps. For which one?"
    return Message(escape_within(said), [paragraph(said), *choice_rows(overlaps, len(overlaps))])


def choice_rows(overlaps: Sequence[Finding], total: int) -> list[Block]:
    """One row for each of the first overlaps, with the button that asks for a proposal."""
    rows: list[Block] = [
        SectionBlock(
            text=plain(f"{overlap_words(one)}. {clip(one.found.why, SENTENCE)}"),
            accessory=button("Propose", Action.PROPOSAL_ASK, str(one.id)),
        )
        for one in overlaps[:OVERLAPS_SHOWN]
    ]
    hidden = total - len(rows)
    return [*rows, context(f"…and {hidden} more; “{COMMAND} overlaps mine” shows all")] if hidden > 0 else rows


def proposal_told(said: str) -> Message:
    """A word about a proposal."""
    return Message(escape_within(said), [paragraph(said)])


def wish_form(proposal: int, initiatives: Sequence[Initiative], wishes: Wishes) -> View:
    """What must stay as it is; filled with what was wanted before."""
    options = initiative_options(initiatives)
    forbidden = {kind: [one.initiative for one in wishes.forbidden if one.change is kind] for kind in KEEPING}
    return View(
        type="modal",
        callback_id=Modal.PROPOSAL_WISH,
        title=plain("Pin or forbid", 24),
        submit=plain("Propose again"),
        close=plain("Cancel"),
        private_metadata=WishNote(proposal=proposal).model_dump_json(),
        blocks=[
            rich(line("What stays as it is, Concord plans around. The present proposal stays on record.")),
            fields.any_of(Field(PINNED, "These stay wholly as they are"), options, map(str, wishes.pinned)),
            *(
                fields.any_of(Field(name, label), options, map(str, forbidden[kind]))
                for kind, (name, label) in KEEPING.items()
            ),
        ],
    )


def initiative_options(initiatives: Sequence[Initiative]) -> list[ChoiceOption]:
    """Initiatives by number, as options of a menu."""
    return [(str(one.id), f"{one.reference} {one.draft.title}") for one in initiatives]
