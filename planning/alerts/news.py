"""What becomes of an overlap after its leads were told: said in the threads of its cards."""

from collections.abc import Mapping
from datetime import datetime

from planning.alerts.preferences import Notice
from planning.alerts.reaching import when
from planning.alerts.values import Alert, AlertState
from planning.findings.values import Finding
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register

A_DAY = 6
"""So much is said in a day below one card of what people do, and to one address of what comes by itself."""
MORE = "more"


def news(
    register: Register, finding: Finding, what: str, now: datetime, but: Address | None = None, **more: object
) -> None:
    """Say it below every card of the finding, but for one address: that of who did it.

    `what` names the event, `more` are JSON values that the view needs to tell it.
    """
    for alert in register.alerts.of(finding.id):
        if alert.state is AlertState.CARD and alert.address != but:
            _say(register, alert, str(alert.id), what, more, now)


def news_of_change(
    register: Register, finding: Finding, what: str, now: datetime, but: Address | None = None, **more: object
) -> None:
    """The same of what comes by itself: at most once a day, also below the summaries in which it was told."""
    for alert in register.alerts.of(finding.id):
        if alert.state in (AlertState.CARD, AlertState.SUMMARY) and alert.address != but:
            about = {"about": [*finding.found.initiatives()]} if alert.state is AlertState.SUMMARY else {}
            _say(register, alert, str(alert.address), what, {**more, **about}, now, once=True)


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


def _say(
    register: Register,
    alert: Alert,
    place: str,
    what: str,
    more: Mapping[str, object],
    now: datetime,
    *,
    once: bool = False,
) -> None:
    """In the hours of whom it is for, and only so much at one place in a day: the last says that there is more."""
    at = now if alert.person is None else when(register, register.people.by_id(alert.person), Notice.OVERLAPS, now)
    if at is None:
        return
    keys = [f"news:{place}:{at.date()}:{n}" for n in range(A_DAY)]
    said = register.postings.known(keys)
    if len(said) == A_DAY or (once and any(_is_same(one, alert, what) for one in said)):
        return
    payload: dict[str, object] = {"what": what, **more} if len(said) < A_DAY - 1 else {"what": MORE}
    follows = card_key(alert) if alert.summary is None else summary_key(alert.summary)
    whom = (MessageKind.NEWS, alert.finding, alert.address, payload)
    register.postings.add(Posting(keys[len(said)], *whom, follows=follows, not_before=at if at > now else None), now)


def _is_same(posting: Posting, alert: Alert, what: str) -> bool:
    return posting.subject == alert.finding and posting.payload["what"] == what
