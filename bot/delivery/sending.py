"""The calls to Slack of one delivery: open, post, edit, look up. None of them repeats itself."""

from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from bot.delivery.outcomes import FAULTS, Failure, Later, Outcome, Posted, Refused, failure_of
from handlers.views.text import Message
from planning.outbox.values import Address, AddressKind

EVENT_TYPE = "concord_delivery"
PAGE = 100
PAGES = 5
"""How far back a look-up reads; the message that it looks for is a young one."""
CLOCKS_APART = timedelta(minutes=5)
"""How far our clock and Slack's may differ."""
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_inactive"})
"""A message that can no longer be edited: somebody deleted it, or too much time has passed."""


def opened(client: WebClient, address: Address) -> str | Failure:
    """The channel of an address; a direct or group conversation is opened, the same people always give the same one."""
    if address.kind is AddressKind.CHANNEL:
        return address.ids[0]
    try:
        return str(client.conversations_open(users=list(address.ids))["channel"]["id"])
    except FAULTS as error:
        failure = failure_of(error)
        return failure if isinstance(failure, Refused) else _nothing_posted(failure)


def post(client: WebClient, channel: str, message: Message, key: str) -> Outcome:
    """Post once, with the delivery key as metadata."""
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"delivery_key": key}}
    try:
        answer = client.chat_postMessage(
            channel=channel, **message.arguments(), metadata=metadata, unfurl_links=False, unfurl_media=False
        )
    except FAULTS as error:
        return failure_of(error)
    return Posted(str(answer["channel"]), str(answer["ts"]))


def edit(client: WebClient, channel: str, ts: str, message: Message) -> Outcome:
    """Show the message as it is now; doing it twice does no harm, so doubt means later."""
    try:
        client.chat_update(channel=channel, ts=ts, **message.arguments(), parse="none")
    except FAULTS as error:
        failure = failure_of(error)
        return failure if isinstance(failure, Refused) else _nothing_posted(failure)
    return Posted(channel, ts)


def looked_up(client: WebClient, channel: str, key: str, since: datetime) -> str | Failure | None:
    """The ts of the message with a delivery key; None when it is certainly not there."""
    cursor = None
    for _ in range(PAGES):
        try:
            page = client.conversations_history(
                channel=channel,
                oldest=f"{(since - CLOCKS_APART).timestamp():.6f}",
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
            )
        except FAULTS as error:
            return failure_of(error)
        if ts := _found(page.get("messages", []), key):
            return ts
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
    return Refused("There are too many newer messages to look through.")


def _found(messages: list[dict[str, Any]], key: str) -> str | None:
    return next((str(message["ts"]) for message in messages if _key_of(message) == key), None)


def _key_of(message: dict[str, Any]) -> object:
    return (message.get("metadata") or {}).get("event_payload", {}).get("delivery_key")


def _nothing_posted(failure: Failure) -> Later:
    """A call that may be repeated without harm."""
    return failure if isinstance(failure, Later) else Later(failure.reason)
