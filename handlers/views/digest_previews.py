"""The digest for one pair of eyes, and the button that sends it now."""

from datetime import datetime

from pydantic import BaseModel
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ConfirmObject

from handlers.ids import Action
from handlers.views.decisions import NO_STANDINGS, Standings
from handlers.views.digests import digest_message
from handlers.views.text import Message, channel_link, divider, paragraph, plain
from planning.digests.values import Digest
from planning.schedules.values import Schedule


class SendNow(BaseModel):
    """What the button of a preview carries: two presses of one preview are one digest."""

    schedule: int
    previewed_at: datetime


def digest_preview(
    digest: Digest, schedule: Schedule | None, may_send: bool, standings: Standings = NO_STANDINGS
) -> Message:
    """The digest for one pair of eyes, with a button to send it where the schedule says, for who may."""
    shown = digest_message(digest, standings=standings, press=False)
    if schedule is None:
        note = "Only you see this. No channel is chosen yet: a steward can choose one with “/cx setup”."
        return Message(shown.text, [paragraph(note), divider(), *shown.blocks])
    note = "Only you see this. The digest goes to "
    place = paragraph(note, channel_link(schedule.channel), f" {schedule}.")
    buttons: list[Block] = [_send_now(schedule, digest.at)] if may_send else []
    return Message(shown.text, [place, divider(), *shown.blocks, *buttons])


def sent_message(schedule: Schedule) -> Message:
    """The answer to “Send now”."""
    text = "The digest is on its way to "
    return Message("The digest is on its way.", [paragraph(text, channel_link(schedule.channel), ".")])


def _send_now(schedule: Schedule, previewed_at: datetime) -> ActionsBlock:
    confirm = ConfirmObject(
        title="Send the digest now?",
        text=plain("Everybody in the executives’ channel will see it. The weekly one still comes at its time.", 300),
        confirm="Send it now",
        deny="Not yet",
    )
    value = SendNow(schedule=schedule.id, previewed_at=previewed_at).model_dump_json()
    button = ButtonElement(
        text=plain("Send now", 75), action_id=Action.DIGEST_SEND_NOW, value=value, style="primary", confirm=confirm
    )
    return ActionsBlock(elements=[button])
