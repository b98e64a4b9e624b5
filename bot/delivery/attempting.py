"""One attempt at one message: draw, upload, open, wait for the channel, post or edit."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import structlog
from slack_sdk import WebClient

from bot.delivery.album import Album, Files
from bot.delivery.documents import Document, message_of, share, uploaded
from bot.delivery.drawn import Drawn
from bot.delivery.outcomes import Later, Outcome, Posted, Refused
from bot.delivery.pace import USUAL, Lease
from bot.delivery.pacing import INTERVAL_S, Pacer
from bot.delivery.sending import CHANNEL_GONE, THREAD_GONE, Place, Said, edit, place_of, post
from db.outbox import Head
from planning.outbox.values import AddressKind, Message

LEASE_TOO_SHORT = Later("The lease was about to end.", 0.0)
CHANNEL_BUSY = Later("The channel had something a moment ago.", INTERVAL_S)

log = structlog.get_logger()
Sure = Callable[[str], Later | None]
"""Waits for a channel; Later when it is too late to post or edit there."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What all attempts share: the pace of the channels, how to wait."""

    wait: Callable[[float], object] = time.sleep
    pacer: Pacer = field(default_factory=Pacer)

    def __call__(
        self,
        client: WebClient,
        message: Message,
        drawn: Drawn,
        album: Album,
        head: Head | None = None,
        lease: Lease | None = None,
    ) -> Outcome:
        """Post a message that is not in Slack yet, below the one that it follows; edit one that is."""
        sure = partial(self._in_time, lease or Lease(USUAL, time.monotonic()))
        if message.channel is None or message.ts is None:
            return self._posted(client, message, drawn, album, head, sure)
        if drawn.document is not None:
            return Posted(message.channel, message.ts)
        return _edited(client, message.channel, message.ts, drawn, album, sure)

    def _posted(
        self, client: WebClient, message: Message, drawn: Drawn, album: Album, head: Head | None, sure: Sure
    ) -> Outcome:
        place = place_of(client, message, head)
        if not isinstance(place, Place):
            return place
        if drawn.document is None:
            outcome = _said(client, message, place, drawn, album, sure)
        else:
            words = str(drawn.bare["text"])
            outcome = self._shared(client, message, place, drawn.document, words, album, sure)
        if place.thread is not None and isinstance(outcome, Refused) and outcome.error in THREAD_GONE:
            return self._posted(client, message, drawn, album, None, sure)
        if _conversation_gone(message, outcome):
            return self._posted(client, replace(message, channel=None), drawn, album, None, sure)
        return outcome

    def _shared(
        self,
        client: WebClient,
        message: Message,
        place: Place,
        document: Document,
        words: str,
        album: Album,
        sure: Sure,
    ) -> Outcome:
        if later := album.paced(1):
            return later
        file = uploaded(client, document, message.posting.delivery_key)
        if not isinstance(file, str):
            return file
        outcome = sure(place.channel) or share(client, place, file, document.title, words)
        if isinstance(outcome, Posted):
            return Posted(place.channel, message_of(client, place, file, self.wait))
        return outcome

    def _in_time(self, lease: Lease, channel: str) -> Later | None:
        """Wait for the channel; Later when that takes too long, or when the message is no longer ours by then."""
        delay = self.pacer.take(channel, time.monotonic())
        if delay is None:
            return CHANNEL_BUSY
        if delay:
            self.wait(delay)
        return None if lease.allows() else LEASE_TOO_SHORT


def _said(client: WebClient, message: Message, place: Place, drawn: Drawn, album: Album, sure: Sure) -> Outcome:
    def send(said: Said) -> Outcome:
        return sure(place.channel) or post(client, place, said, message.posting.delivery_key)

    return _with_pictures(client, drawn, album, send)


def _edited(client: WebClient, channel: str, ts: str, drawn: Drawn, album: Album, sure: Sure) -> Outcome:
    def send(said: Said) -> Outcome:
        return sure(channel) or edit(client, channel, ts, said)

    return _with_pictures(client, drawn, album, send)


def _conversation_gone(message: Message, outcome: Outcome) -> bool:
    """Whether the conversation that was known is to be opened anew, which is done once."""
    known = message.channel is not None and message.posting.address.kind is not AddressKind.CHANNEL
    return known and isinstance(outcome, Refused) and outcome.error == CHANNEL_GONE


def _with_pictures(client: WebClient, drawn: Drawn, album: Album, send: Callable[[Said], Outcome]) -> Outcome:
    """Send with the pictures; with new ones where Slack has lost those that it had, and at last in words."""
    files = album.files(client, drawn.pictures)
    outcome = files if isinstance(files, Later) else send(drawn.said(files.ids))
    if isinstance(files, Files) and files.known and _blocks_refused(outcome):
        files = album.files(client, drawn.pictures, anew=True)
        outcome = files if isinstance(files, Later) else send(drawn.said(files.ids))
    if isinstance(files, Files) and _blocks_refused(outcome) and (files.ids or drawn.plainly):
        log.warning("blocks refused")
        return send(drawn.plainly().arguments() if drawn.plainly else drawn.bare)
    return outcome


def _blocks_refused(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.error == "invalid_blocks"
