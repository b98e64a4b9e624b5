"""Looking up whether a message arrived, in the conversations that Slack lets us read."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.delivery.documents import mark
from bot.delivery.outcomes import FAULTS, Failure, Posted, Refused, failure_of
from bot.delivery.sending import THREAD_GONE, Place, place_of
from db.outbox import Head
from planning.outbox.values import Message

PAGE = 100
PAGES = 10
"""How far back a look-up reads; the message that it looks for is a young one."""
WRONG_AT_MOST = timedelta(days=1)
"""How far the clock by which a message was queued may have been ahead of Slack's: some are wrong by hours."""


def found(client: WebClient, message: Message, head: Head | None) -> Posted | Failure | None:
    """Where the message is; None when it is certainly nowhere.

    A reply is looked for in its thread, and where that may be gone, among the others of the conversation.
    """
    place, key = place_of(client, message, head), message.posting.delivery_key
    if not isinstance(place, Place):
        return place
    there = looked_up(client, place, key, message.created_at)
    if place.thread is None or not (there is None or _is_gone(there)):
        return there
    alone = place_of(client, message, None)
    return looked_up(client, alone, key, message.created_at) if isinstance(alone, Place) else alone


def looked_up(client: WebClient, place: Place, key: str, since: datetime) -> Posted | Failure | None:
    """The message with a delivery key in one conversation or thread; None when it is certainly not there."""
    cursor, oldest = None, f"{(since - WRONG_AT_MOST).timestamp():.6f}"
    for _ in range(PAGES):
        try:
            page = _page(client, place, oldest, cursor)
        except FAULTS as error:
            return failure_of(error)
        if ts := _with_key(page.get("messages", []), key):
            return Posted(place.channel, ts)
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
    return Refused("There are too many newer messages to look through.")


def _page(client: WebClient, place: Place, oldest: str, cursor: str | None) -> SlackResponse:
    reading: dict[str, Any] = {"oldest": oldest, "include_all_metadata": True, "limit": PAGE, "cursor": cursor}
    if place.thread is None:
        return client.conversations_history(channel=place.channel, **reading)
    return client.conversations_replies(channel=place.channel, ts=place.thread, **reading)


def _with_key(messages: Iterable[dict[str, Any]], key: str) -> str | None:
    return next((str(message["ts"]) for message in messages if _has(message, key)), None)


def _has(message: dict[str, Any], key: str) -> bool:
    payload = (message.get("metadata") or {}).get("event_payload", {})
    return payload.get("delivery_key") == key or any(mark(key) in _name(file) for file in message.get("files") or [])


def _name(file: dict[str, Any]) -> str:
    return str(file.get("name") or "")


def _is_gone(there: Posted | Failure | None) -> bool:
    return isinstance(there, Refused) and there.error in THREAD_GONE
