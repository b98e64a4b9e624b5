"""Alerts: who is told of which overlap, why, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planning.outbox.values import Address


class Reason(StrEnum):
    """Why somebody is told."""

    LEADS = "leads"
    """They lead a department that is in it."""
    CHANNEL = "channel"
    """The department wants its alerts in its channel."""
    HANDED = "handed"
    """A colleague handed it to them."""
    OWNS = "owns"
    """They own the initiative."""


class AlertState(StrEnum):
    """How far an alert is."""

    WAITING = "waiting"
    """Until its people are at work."""
    CARD = "card"
    """Told by a card of its own."""
    SUMMARY = "summary"
    """Told in the one summary of the week."""
    DROPPED = "dropped"
    """Settled, closed or muted before anybody was told."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One overlap and one address; there is never a second one of both."""

    id: int
    finding: int
    address: Address
    reason: Reason
    due_at: datetime
    department: int | None = None
    """The department on whose behalf."""
    person: int | None = None
    """Whom the address is; None for a channel."""
    state: AlertState = AlertState.WAITING
    told_at: datetime | None = None
    week: date | None = None
    """The Monday, in the person's zone, of the week in which it was told: alerts are counted by it."""
    summary: int | None = None
    """The first alert of the summary in which it was told."""
    together: bool = False
    """Whether it came with many others, as those of an import do: it is told in the summary, never by a card."""
