"""Messages that did not arrive, as stewards see them on the Home tab."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock

from handlers.ids import Action
from handlers.views.names import joined
from handlers.views.text import context, header, plain
from planning.outbox.values import AddressKind, Delivery, Message, MessageKind
from planning.register import Page
from planning.text import clip
from planning.window import said

REASON_SHOWN = 300
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
    MessageKind.DIGEST: "Weekly digest",
}


def stuck_blocks(page: Page[Message], addressees: Mapping[str, str], zone: str) -> list[Block]:
    """The newest, each with its reason and a button; `addressees` are names by Slack id."""
    if not page.total:
        return []
    heading = "1 message did not arrive" if page.total == 1 else f"{page.total} messages did not arrive"
    more: list[Block] = [context(f"…and {page.hidden} older ones")] if page.hidden else []
    return [header(heading), *(_row(message, addressees, _zone(zone)) for message in page.items), *more]


def _row(message: Message, addressees: Mapping[str, str], zone: tzinfo) -> SectionBlock:
    what = f"{KIND_WORDS[message.posting.kind]}, {_whom(message, addressees)}"
    again = ButtonElement(
        text=plain("Send again"),
        action_id=Action.MESSAGE_RESEND,
        value=str(message.id),
        accessibility_label=plain(f"Send again: {what}", 75).text,
    )
    told = plain("\n".join([what, _moment(message.created_at.astimezone(zone)), _reason(message)]))
    return SectionBlock(block_id=f"message_{message.id}", text=told, accessory=again)


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


def _zone(name: str) -> tzinfo:
    """The person's zone; where Slack named none that we know, UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
