"""One attempt at one message: draw, upload, open, wait for the channel, post or edit."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from slack_sdk import WebClient

from bot.clock import Clock
from bot.delivery.album import Album, Files
from bot.delivery.documents import Document, message_of, share, uploaded
from bot.delivery.drawn import Drawn
from bot.delivery.outcomes import Later, Outcome, Posted, Refused
from bot.delivery.pacing import Pacer
from bot.delivery.sending import THREAD_GONE, Place, edit, place_of, post
from handlers.views.text import Message as Shown
from planning.outbox.values import Message

POST_TAKES = timedelta(seconds=30)
"""A post is only begun with this much left of the lease: whoever takes over must find it there, or find it undone."""
LEASE_TOO_SHORT = Later("The lease was about to end.", 0.0)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Attempt:
    """What all attempts share: the clock, the pace of the channels, how to wait."""

    now: Clock
    wait: Callable[[float], object] = time.sleep
    pacer: Pacer = field(default_factory=Pacer)

    def __call__(
        self, client: WebClient, message: Message, drawn: Drawn, album: Album, followed: Message | None = None
    ) -> Outcome:
        """Post a message that is not in Slack yet, below the one that it follows; edit one that is."""
        if message.channel is None or message.ts is None:
            return self._posted(client, message, drawn, album, followed)
        if drawn.document is not None:
            return Posted(message.channel, message.ts)
        return self._edited(client, Place(message.channel), message.ts, drawn, album)

    def _edited(self, client: WebClient, place: Place, ts: str, drawn: Drawn, album: Album) -> Outcome:
        def send(shown: Shown) -> Outcome:
            self._pace(place.channel)
            return edit(client, place.channel, ts, shown)

        return _with_pictures(client, drawn, album, send)

    def _posted(
        self, client: WebClient, message: Message, drawn: Drawn, album: Album, followed: Message | None
    ) -> Outcome:
        place = place_of(client, message, followed)
        if not isinstance(place, Place):
            return place
        if drawn.document is None:
            outcome = self._said(client, message, place, drawn, album)
        else:
            outcome = self._shared(client, message, place, drawn.document, drawn.message({}).text)
        if place.thread is not None and isinstance(outcome, Refused) and outcome.error in THREAD_GONE:
            return self._posted(client, message, drawn, album, None)
        return outcome

    def _said(self, client: WebClient, message: Message, place: Place, drawn: Drawn, album: Album) -> Outcome:
        def send(shown: Shown) -> Outcome:
            return self._in_time(message, place) or post(client, place, shown, message.posting.delivery_key)

        return _with_pictures(client, drawn, album, send)

    def _shared(self, client: WebClient, message: Message, place: Place, document: Document, words: str) -> Outcome:
        file = uploaded(client, document, message.posting.delivery_key)
        if not isinstance(file, str):
            return file
        outcome = self._in_time(message, place) or share(client, place, file, document.title, words)
        if isinstance(outcome, Posted):
            return Posted(place.channel, message_of(client, place, file, self.wait))
        return outcome

    def _in_time(self, message: Message, place: Place) -> Later | None:
        """Wait for the channel; Later when too little of the lease is left then."""
        self._pace(place.channel)
        return LEASE_TOO_SHORT if self._late(message.leased_until) else None

    def _pace(self, channel: str) -> None:
        if delay := self.pacer.delay(channel, time.monotonic()):
            self.wait(delay)
        self.pacer.used(channel, time.monotonic())

    def _late(self, leased_until: datetime | None) -> bool:
        return leased_until is not None and leased_until - self.now() < POST_TAKES


def _with_pictures(client: WebClient, drawn: Drawn, album: Album, send: Callable[[Shown], Outcome]) -> Outcome:
    """Send with the pictures; with new ones where Slack has lost those that it had, and at last in words."""
    files = album.files(client, drawn.pictures)
    outcome = files if isinstance(files, Later) else send(drawn.message(files.ids))
    if isinstance(files, Files) and files.known and _blocks_refused(outcome):
        files = album.files(client, drawn.pictures, anew=True)
        outcome = files if isinstance(files, Later) else send(drawn.message(files.ids))
    if isinstance(files, Files) and _blocks_refused(outcome) and (files.ids or drawn.plainly):
        log.warning("blocks refused")
        return send(drawn.plainly() if drawn.plainly else drawn.message({}))
    return outcome


def _blocks_refused(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.error == "invalid_blocks"
