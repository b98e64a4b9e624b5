"""One attempt at one message: draw, upload, open, wait for the channel, post or edit."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from slack_sdk import WebClient

from bot.clock import Clock
from bot.delivery.drawing import Drawn
from bot.delivery.outcomes import FAULTS, Later, Outcome, Refused, failure_of
from bot.delivery.pacing import Pacer
from bot.delivery.pictures import Picture, sent, wait_for
from bot.delivery.sending import edit, opened, post
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

    def __call__(self, client: WebClient, message: Message, drawn: Drawn) -> Outcome:
        """Post a message that is not in Slack yet; edit one that is."""
        if message.channel is not None and message.ts is not None:
            self._pace(message.channel)
            return edit(client, message.channel, message.ts, drawn.message({}))
        return self._posted(client, message, drawn)

    def _posted(self, client: WebClient, message: Message, drawn: Drawn) -> Outcome:
        channel = opened(client, message.posting.address)
        if not isinstance(channel, str):
            return channel
        files = self._uploaded(client, drawn)
        if isinstance(files, Later):
            return files
        self._pace(channel)
        if self._late(message.leased_until):
            return LEASE_TOO_SHORT
        key = message.posting.delivery_key
        outcome = post(client, channel, drawn.message(files), key)
        if isinstance(outcome, Refused) and outcome.error == "invalid_blocks" and (files or drawn.plainly):
            log.warning("blocks refused", delivery_key=key)
            return post(client, channel, drawn.plainly() if drawn.plainly else drawn.message({}), key)
        return outcome

    def _uploaded(self, client: WebClient, drawn: Drawn) -> dict[str, str] | Later:
        """The pictures' files by name, without those that Slack will not have: the words stand without them."""
        files: dict[str, str] = {}
        for name, picture in drawn.pictures.items():
            file = self._sent(client, picture)
            if isinstance(file, Later):
                return file
            if file is not None:
                files[name] = file
        try:
            wait_for(client, files.values(), self.wait)
        except FAULTS as error:
            return _left_out(error) or {}
        return files

    def _sent(self, client: WebClient, picture: Picture) -> str | Later | None:
        png = picture.drawn()
        if png is None:
            return None
        try:
            return sent(client, png, picture.title)
        except FAULTS as error:
            return _left_out(error)

    def _pace(self, channel: str) -> None:
        if delay := self.pacer.delay(channel, time.monotonic()):
            self.wait(delay)
        self.pacer.used(channel, time.monotonic())

    def _late(self, leased_until: datetime | None) -> bool:
        return leased_until is not None and leased_until - self.now() < POST_TAKES


def _left_out(error: Exception) -> Later | None:
    """None where Slack will not have a picture; everything else passes."""
    failure = failure_of(error)
    if isinstance(failure, Refused):
        log.warning("picture left out", reason=failure.reason)
        return None
    return failure if isinstance(failure, Later) else Later(failure.reason)
