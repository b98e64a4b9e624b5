"""What becomes of an overlap after its leads were told: said in the threads of its cards."""

from datetime import datetime

from planning.alerts.preferences import Notice
from planning.alerts.reaching import when
from planning.alerts.values import Alert, AlertState
from planning.findings.values import Finding
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register


def news(
    register: Register, finding: Finding, what: str, now: datetime, but: Address | None = None, **more: object
) -> None:
    """Say it below every card of the finding, but for one address: that of who did it.

    `what` names the event, `more` are JSON values that the view needs to tell it.
    """
    for alert in register.alerts.of(finding.id):
        if alert.state is AlertState.CARD and alert.address != but:
            _say(register, alert, what, f"{what}:{now.isoformat()}", more, now)


def news_of_change(
    register: Register, finding: Finding, what: str, now: datetime, but: Address | None = None, **more: object
) -> None:
    """The same of what comes by itself: at most once a day, also below the summaries in which it was told."""
    for alert in register.alerts.of(finding.id):
        if alert.state in (AlertState.CARD, AlertState.SUMMARY) and alert.address != but:
            about = {"about": [*finding.found.initiatives()]} if alert.state is AlertState.SUMMARY else {}
            _say(register, alert, what, f"{what}:{now.date()}", {**more, **about}, now)


def redraw(register: Register, *findings: int) -> None:
    """Have the cards of these, and the summaries in which they were told, drawn again."""
    summaries = {alert.summary for alert in register.alerts.of(*findings) if alert.summary is not None}
    register.postings.revise(MessageKind.ALERT, *findings)
    register.postings.revise(MessageKind.ALERTS, *sorted(summaries))


def card_key(alert: Alert) -> str:
    """The delivery key of the card by which an alert is told."""
    return f"alert:{alert.finding}:{alert.address}"


def summary_key(first: int) -> str:
    """The delivery key of the summary that begins with an alert."""
    return f"alerts:{first}"


def _say(register: Register, alert: Alert, what: str, mark: str, more: dict[str, object], now: datetime) -> None:
    """In the hours of whom it is for; `mark` makes it the only one of its kind."""
    at = now if alert.person is None else when(register, register.people.by_id(alert.person), Notice.OVERLAPS, now)
    if at is None:
        return
    follows = card_key(alert) if alert.summary is None else summary_key(alert.summary)
    later = at if at > now else None
    key, payload = f"news:{alert.id}:{mark}", {"what": what, **more}
    posting = Posting(key, MessageKind.NEWS, alert.finding, alert.address, payload, follows=follows, not_before=later)
    register.postings.add(posting, now)
