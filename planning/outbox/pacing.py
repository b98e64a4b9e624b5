"""How fast Slack may be called in a workspace, known to all replicas by one moment for each method.

The generic cell rate algorithm (ITU-T I.371, annex A; ATM Forum TM 4.1, section 4.4.2): a method is free at a moment,
each call moves that by one interval, and a call is allowed while it lies less than a burst ahead of now. In any minute
there are at most the burst and a minute's calls. The rates are those of Slack's tiers, which are given as “50 and more”
with bursts now and then; for posts Slack says several hundred. What Slack refuses all the same is held by its 429.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Method(StrEnum):
    """A method of Slack, or a family of them that is counted together."""

    POST = "chat.postMessage"
    UPDATE = "chat.update"
    OPEN = "conversations.open"
    FILES = "files"
    HISTORY = "conversations.history"
    ALL = "*"
    """Whatever the app calls."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls a minute, and so many at once."""

    a_minute: float
    burst: int

    @property
    def interval(self) -> timedelta:
        """From one call to the next."""
        return timedelta(minutes=1) / self.a_minute

    @property
    def ahead(self) -> timedelta:
        """How far a burst runs ahead of the clock."""
        return self.interval * self.burst


Rates = Mapping[Method, Rate]
RATES: Rates = {
    Method.POST: Rate(300, 60),
    Method.UPDATE: Rate(50, 20),
    Method.OPEN: Rate(50, 20),
    Method.FILES: Rate(100, 20),
    Method.HISTORY: Rate(50, 20),
}
"""Apps that are sold outside the Marketplace may read one history a minute: a 429 tells them so, and is kept."""
LIFTED: Rates = {}
"""No pace of ours, to measure the machinery."""

CONVERSATION_REST = timedelta(seconds=1)
"""Between two messages or edits of one conversation."""
CLOCKS_APART = timedelta(seconds=30)
"""What another replica wrote may lie so far ahead, for it asked later; beyond, a clock has jumped."""
HELD_AT_MOST = timedelta(hours=1, minutes=1)
"""What lies further ahead was written by a clock that has jumped, and holds nobody."""
WAIT_AT_MOST_S = 600.0
"""Slack's Retry-After is believed up to this."""


def family(method: str) -> str:
    """What a method of Slack is counted under."""
    if method.startswith("files."):
        return Method.FILES
    return Method.HISTORY if method == "conversations.replies" else method


def allowed(rate: Rate, free_at: datetime, now: datetime) -> int:
    """How many calls may be made now."""
    return max(0, (now + rate.ahead - _from(rate, free_at, now)) // rate.interval)


def moved(rate: Rate, free_at: datetime, now: datetime, calls: int) -> datetime:
    """When the method is free after so many calls now."""
    return _from(rate, free_at, now) + rate.interval * calls


def used_up(rate: Rate) -> timedelta:
    """Nothing is left while the method is free later than this after now."""
    return rate.ahead - rate.interval


def is_held(held_until: datetime | None, now: datetime) -> bool:
    """Whether Slack refuses the method now."""
    return held_until is not None and now < held_until <= now + HELD_AT_MOST


def _from(rate: Rate, free_at: datetime, now: datetime) -> datetime:
    """What was written by a clock that has jumped ahead counts as nothing."""
    return now if free_at > now + rate.ahead + CLOCKS_APART else max(free_at, now)
