"""Messages that did not arrive, as stewards see them on the Home tab and are told of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import chain

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from handlers.ids import Action
from handlers.views.names import joined
from handlers.views.text import Message as Shown
from handlers.views.text import context, escape_within, header, paragraph, plain
from planning.outbox.values import AddressKind, Delivery, Message, MessageKind
from planning.register import Page
from planning.text import clip, counted
from planning.window import said
from planning.workspace.hours import zone_of

REASON_SHOWN = 300
ADVICE = "First mend the cause, then press “Send again”. “Leave it” means that it is never sent."
KIND_WORDS: Mapping[MessageKind, str] = {
    MessageKind.ALERT: "Alert about an overlap",
    MessageKind.NEWS: "What became of an overlap",
    MessageKind.ALERTS: "Summary of a week's overlaps",
    MessageKind.PLAN: "Invitation to plan together",
    MessageKind.JOINED: "Word that somebody joined an initiative",
    MessageKind.IMPORTED: "Summary of an import",
    MessageKind.QUESTION: "Question to one person",
    MessageKind.REMINDER: "Reminder of a question",
    MessageKind.RESULT: "What came of a round",
    MessageKind.RATIFICATION: "Question whether a department agrees to the journey",
    MessageKind.PLAN_NEWS: "What became of a plan",
    MessageKind.CALENDAR: "Invitation for the calendar",
    MessageKind.DECISION: "Word about a decision of the executives",
    MessageKind.PROPOSAL: "Proposal that somebody asked for",
    MessageKind.SEASON: "Planning season of a stage",
    MessageKind.PACK: "Planning season of the whole portfolio",
    MessageKind.MORNING: "Morning list of what needs somebody",
    MessageKind.DIGEST: "The executives’ digest",
    MessageKind.DEPARTMENT_DIGEST: "Digest of a department",
    MessageKind.CHECK_IN: "Question how initiatives stand",
    MessageKind.STUCK: "List of what did not arrive",
    MessageKind.STEWARD: "Word that nobody looks after Concord any more",
    MessageKind.PERSONAL: "File with what is kept about somebody",
}


def stuck_message(page: Page[Message], addressees: Mapping[str, str], zone: str) -> Shown:
    """The same as a message to one steward, which is edited when something changes."""
    if not page.total:
        done = "Nothing is stuck any more: all of it was sent again, left or found."
        return Shown(done, [paragraph(done)])
    spoken = [_heading(page), *(_told(message, addressees, zone_of(zone)) for message in page.items)]
    return Shown(escape_within("\n\n".join(spoken)), stuck_blocks(page, addressees, zone))


def stuck_blocks(page: Page[Message], addressees: Mapping[str, str], zone: str) -> list[Block]:
    """The newest, each with its reason and buttons; `addressees` are names by Slack id."""
    if not page.total:
        return []
    more: list[Block] = [context(f"…and {page.hidden} older ones")] if page.hidden else []
    rows = chain.from_iterable(_row(message, addressees, zone_of(zone)) for message in page.items)
    failed = any(message.state is Delivery.FAILED for message in page.items)
    return [header(_heading(page)), *([context(ADVICE)] if failed else []), *rows, *more]


def _heading(page: Page[Message]) -> str:
    states = {message.state for message in page.items}
    doubted = "may not have arrived" if Delivery.FAILED not in states else "did not arrive, or may not have"
    how = doubted if Delivery.UNCERTAIN in states else "did not arrive"
    return f"{counted(page.total, 'message')} {how}"


def _row(message: Message, addressees: Mapping[str, str], zone: tzinfo) -> list[Block]:
    what = _what(message, addressees)
    leave = "Leave it" if message.state is Delivery.FAILED else "It is there"
    buttons = [
        _button("Send again", Action.MESSAGE_RESEND, message, what),
        _button(leave, Action.MESSAGE_LEAVE, message, what),
    ]
    told = SectionBlock(block_id=f"message_{message.id}", text=plain(_told(message, addressees, zone)))
    return [told, ActionsBlock(block_id=f"message_{message.id}_buttons", elements=buttons)]


def _button(label: str, action: Action, message: Message, what: str) -> ButtonElement:
    spoken = plain(f"{label}: {what}", 75).text
    return ButtonElement(text=plain(label), action_id=action, value=str(message.id), accessibility_label=spoken)


def _told(message: Message, addressees: Mapping[str, str], zone: tzinfo) -> str:
    return "\n".join(
        [_what(message, addressees), _moment(message.created_at.astimezone(zone)), _reason(message)],
    )


def _what(message: Message, addressees: Mapping[str, str]) -> str:
    return f"{KIND_WORDS[message.posting.kind]}, {_whom(message, addressees)}"


def _whom(message: Message, addressees: Mapping[str, str]) -> str:
    address = message.posting.address
    nameless = "a channel" if address.kind is AddressKind.CHANNEL else "somebody"
    return f"for {joined(_named(address.ids, addressees, nameless), most=8)}"


def _named(ids: Sequence[str], addressees: Mapping[str, str], nameless: str) -> list[str]:
    return [clip(addressees.get(id, nameless), 80) for id in ids]


def _moment(at: datetime) -> str:
    return f"{said(at.date())}, {at:%H:%M}"


def _reason(message: Message) -> str:
    reason = clip(message.error, REASON_SHOWN) or "Nobody knows why."
    if message.state is Delivery.FAILED:
        return reason
    return f"{reason} It may be there all the same, and Concord may not look: look there before you send it again."
