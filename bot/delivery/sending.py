"""The calls to Slack of one delivery: open, post, edit. None of them repeats itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.delivery.outcomes import FAULTS, Failure, Later, Outcome, Posted, Refused, failure_of
from db.outbox import Head
from planning.outbox.values import Address, AddressKind, Message

EVENT_TYPE = "concord_delivery"
THREAD_GONE = frozenset({"thread_not_found", "cannot_reply_to_message", "message_not_found"})
"""What is said when the message is gone below which another one was to stand."""
CHANNEL_GONE = "channel_not_found"

Said = Mapping[str, Any]
"""The words and blocks of a message, as Slack is given them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation, and the ts of the message in whose thread something goes there."""

    channel: str
    thread: str | None = None


def place_of(client: WebClient, message: Message, head: Head | None) -> Place | Failure:
    """Below the message that it follows, where that is in Slack; otherwise its own address, opened unless known."""
    if head is not None:
        return Place(head.channel, head.ts)
    if message.channel is not None:
        return Place(message.channel)
    channel = opened(client, message.posting.address)
    return Place(channel) if isinstance(channel, str) else channel


def opened(client: WebClient, address: Address) -> str | Failure:
    """The channel of an address; a direct or group conversation is opened, the same people always give the same one."""
    if address.kind is AddressKind.CHANNEL:
        return address.ids[0]
    try:
        return str(client.conversations_open(users=list(address.ids))["channel"]["id"])
    except FAULTS as error:
        return harmless(error)


def post(client: WebClient, place: Place, said: Said, key: str) -> Outcome:
    """Post once, with the delivery key as metadata."""
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"delivery_key": key}}
    try:
        answer = client.chat_postMessage(
            channel=place.channel,
            thread_ts=place.thread,
            **said,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )
    except FAULTS as error:
        return failure_of(error)
    return Posted(str(answer["channel"]), str(answer["ts"]))


def edit(client: WebClient, channel: str, ts: str, said: Said) -> Outcome:
    """Show the message as it is now."""
    try:
        client.chat_update(channel=channel, ts=ts, **said, parse="none")
    except FAULTS as error:
        return harmless(error)
    return Posted(channel, ts)


def harmless(error: Exception) -> Later | Refused:
    """How the error of a call is taken that may be repeated: doubt means later."""
    failure = failure_of(error)
    return failure if isinstance(failure, Later | Refused) else Later(failure.reason)
