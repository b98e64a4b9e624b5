"""Telling what is due, with restraint: a few cards a week for each address, and one summary of all the rest."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from planning.alerts.news import card_key, summary_key
from planning.alerts.preferences import Notice
from planning.alerts.reaching import reached
from planning.alerts.routing import Audience
from planning.alerts.values import Alert, AlertState, Reason
from planning.findings.values import Finding, State
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.workspace.hours import monday_in

BURST = 3
"""More at once for one address are told together."""


@dataclass(frozen=True, slots=True)
class _Week:
    """What an address has been told in its week."""

    monday: date
    cards: int
    summary: int | None
    """The first alert of the summary, if there is one."""


def enlist(register: Register, alert: Alert) -> bool:
    """Have an address told of a finding; False when it was told already, or waits to be by then."""
    if register.alerts.add(alert) is not None:
        return True
    known = next(one for one in register.alerts.of(alert.finding) if one.address == alert.address)
    waits_longer = known.state is AlertState.WAITING and known.due_at > alert.due_at
    if known.state is not AlertState.DROPPED and not waits_longer:
        return False
    register.alerts.save_all([replace(alert, id=known.id)])
    return True


def tell_due(register: Register, now: datetime) -> int:
    """Tell what is to be told by now, the strongest first; the number of alerts that were told.

    What was settled meanwhile is dropped, and who is off by now is told when they are back.
    """
    due = register.alerts.due(now)
    if not due:
        return 0
    audience, findings = Audience.of(register), {id: register.findings.by_id(id) for id in {a.finding for a in due}}
    seen = [_seen_again(alert, findings[alert.finding], audience, now) for alert in due]
    ready = [alert for alert in seen if alert.state is AlertState.WAITING and alert.due_at <= now]
    register.alerts.save_all([alert for alert in seen if alert not in ready])
    _tell_all(register, sorted(ready, key=lambda one: (-findings[one.finding].found.score, one.id)), audience, now)
    return len(ready)


def _seen_again(alert: Alert, finding: Finding, audience: Audience, now: datetime) -> Alert:
    """The alert in view of what holds now: it may be put off, or be nobody's business any more."""
    if finding.state(now) is State.SNOOZED and finding.verdict is not None and finding.verdict.until is not None:
        return replace(alert, due_at=finding.verdict.until)
    if finding.state(now) is not State.OPEN:
        return replace(alert, state=AlertState.DROPPED)
    if alert.person is None:
        return alert
    person = audience.people[alert.person]
    due_at = reached(person, audience.preferences(person.id), Notice.OVERLAPS, now)
    retired = alert.reason is Reason.LEADS and alert.department is not None and not person.leads(alert.department)
    return replace(alert, state=AlertState.DROPPED) if retired or due_at is None else replace(alert, due_at=due_at)


def _tell_all(register: Register, ready: Sequence[Alert], audience: Audience, now: datetime) -> None:
    grouped: defaultdict[Address, list[Alert]] = defaultdict(list)
    for alert in ready:
        grouped[alert.address].append(alert)
    workspace = register.workspaces.current()
    weeks = _weeks(register, grouped, audience, workspace.zone, now)
    for address, alerts in grouped.items():
        _tell(register, alerts, weeks[address], workspace.alert_budget, now)


def _weeks(
    register: Register, grouped: Mapping[Address, Sequence[Alert]], audience: Audience, zone: str, now: datetime
) -> dict[Address, _Week]:
    """A week begins on Monday, where the person is; for a channel, where the workspace is."""
    whose = {address: next((one.person for one in alerts), None) for address, alerts in grouped.items()}
    zones = {address: audience.people[id].zone if id else zone for address, id in whose.items()}
    mondays = {address: monday_in(theirs, now) for address, theirs in zones.items()}
    told = [one for monday in {*mondays.values()} for one in register.alerts.told_in(monday, [*grouped])]
    return {
        address: _week(monday, [one for one in told if one.address == address and one.week == monday])
        for address, monday in mondays.items()
    }


def _week(monday: date, told: Sequence[Alert]) -> _Week:
    cards = sum(alert.state is AlertState.CARD for alert in told)
    return _Week(monday, cards, next((alert.summary for alert in told if alert.summary is not None), None))


def _tell(register: Register, alerts: Sequence[Alert], week: _Week, budget: int, now: datetime) -> None:
    """One message of the budget is kept for the summary, so that nothing is lost and nobody gets more."""
    room = 0 if len(alerts) > BURST else max(0, budget - 1 - week.cards)
    told = [replace(alert, told_at=now, week=week.monday) for alert in alerts]
    cards = [replace(alert, state=AlertState.CARD) for alert in told[:room]]
    first = week.summary or next((alert.id for alert in told[room:]), None)
    rest = [replace(alert, state=AlertState.SUMMARY, summary=first) for alert in told[room:]]
    register.alerts.save_all([*cards, *rest])
    for alert in cards:
        posting = Posting(card_key(alert), MessageKind.ALERT, alert.finding, alert.address)
        if not register.postings.add(posting, now):
            register.postings.revise(MessageKind.ALERT, alert.finding)
    if rest and first is not None:
        posting = Posting(summary_key(first), MessageKind.ALERTS, first, rest[0].address)
        if not register.postings.add(posting, now):
            register.postings.revise(MessageKind.ALERTS, first)
