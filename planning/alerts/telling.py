"""Telling what is due, with restraint: a few cards a week for each address, and one summary of all the rest."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from planning.alerts.counting import Week, weeks
from planning.alerts.news import card_key, summary_key
from planning.alerts.preferences import Notice
from planning.alerts.reaching import reached
from planning.alerts.routing import Audience, Route, routes
from planning.alerts.values import Alert, AlertState, Reason
from planning.findings.values import Finding, State
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.workspace.values import Person

BURST = 3
"""More at once for one address are told together."""


def enlist(register: Register, *alerts: Alert) -> list[Alert]:
    """Have addresses told of findings; without those that were told already, or wait to be by then."""
    added = {(one.finding, one.address) for one in register.alerts.add_all(alerts)}
    others = [alert for alert in alerts if (alert.finding, alert.address) not in added]
    known = {(one.finding, one.address): one for one in register.alerts.of(*{alert.finding for alert in others})}
    renewed = {key: one for key, one in known.items() if one.state in (AlertState.DROPPED, AlertState.WAITING)}
    again = [
        replace(alert, id=before.id)
        for alert in others
        if (before := renewed.get((alert.finding, alert.address))) is not None and _sooner(alert, before)
    ]
    register.alerts.save_all(again)
    heard = added | {(alert.finding, alert.address) for alert in again}
    return [alert for alert in alerts if (alert.finding, alert.address) in heard]


def _sooner(alert: Alert, before: Alert) -> bool:
    return before.state is AlertState.DROPPED or before.due_at > alert.due_at


def asked_for(finding: Finding, found: Iterable[Route], *, together: bool = False) -> list[Alert]:
    """An alert for each who can be told."""
    return [
        Alert(
            0, finding.id, route.address, route.reason, route.due_at, route.department, route.person, together=together
        )
        for route in found
        if route.address is not None and route.due_at is not None
    ]


def enlist_all(register: Register, finding: Finding, found: Iterable[Route]) -> list[Alert]:
    """Have all told of one finding who can be; those who were not told of it before."""
    return enlist(register, *asked_for(finding, found))


def tell_due(register: Register, now: datetime) -> int:
    """Tell what is to be told by now, the strongest first; the number of alerts that were told.

    What was settled meanwhile is dropped, and who is off by now is told when they are back.
    """
    due = register.alerts.due(now)
    if not due:
        return 0
    audience = Audience.of(register)
    findings = {finding.id: finding for finding in register.findings.some({alert.finding for alert in due})}
    seen = [_seen_again(register, alert, findings[alert.finding], audience, now) for alert in due]
    ready = [alert for alert in seen if alert.state is AlertState.WAITING and alert.due_at <= now]
    register.alerts.save_all([alert for alert in seen if alert not in ready])
    _tell_all(register, sorted(ready, key=lambda one: (-findings[one.finding].found.score, one.id)), audience, now)
    return len(ready)


def _seen_again(register: Register, alert: Alert, finding: Finding, audience: Audience, now: datetime) -> Alert:
    """The alert in view of what holds now: it may be put off, or be nobody's business any more."""
    if finding.state(now) is State.SNOOZED and finding.verdict is not None and finding.verdict.until is not None:
        return replace(alert, due_at=finding.verdict.until)
    if finding.state(now) is not State.OPEN:
        return replace(alert, state=AlertState.DROPPED)
    if alert.person is None:
        return alert
    person = audience.people[alert.person]
    due_at = reached(person, audience.preferences(person.id), Notice.OVERLAPS, now)
    theirs = _still_theirs(register, alert, finding, person)
    if not theirs:
        _pass_on(register, alert, finding, audience, now)
    return replace(alert, due_at=due_at) if theirs and due_at else replace(alert, state=AlertState.DROPPED)


def _still_theirs(register: Register, alert: Alert, finding: Finding, person: Person) -> bool:
    """Whether they lead a department of it, or were handed it; `department` is one of perhaps several."""
    if alert.reason is Reason.LEADS and alert.department is not None and person.leads(alert.department):
        return True
    if finding.handed is not None and finding.handed.to == person.id:
        return True
    members = (register.initiatives.by_id(id) for id in finding.found.initiatives())
    return any(person.leads(member.draft.department) for member in members)


def _pass_on(register: Register, alert: Alert, finding: Finding, audience: Audience, now: datetime) -> None:
    """Whoever leads the department by now is told in place of somebody who has left."""
    if alert.reason is Reason.LEADS and alert.department is not None:
        leads = routes(audience, (alert.department,), Notice.OVERLAPS, None, now)
        enlist_all(register, finding, (route for route in leads if route.address != alert.address))


def _tell_all(register: Register, ready: Sequence[Alert], audience: Audience, now: datetime) -> None:
    grouped: defaultdict[Address, list[Alert]] = defaultdict(list)
    for alert in ready:
        grouped[alert.address].append(alert)
    workspace = register.workspaces.current()
    whose = {address: next((one.person for one in alerts), None) for address, alerts in grouped.items()}
    zones = {address: audience.people[id].zone if id else workspace.zone for address, id in whose.items()}
    known = weeks(register, zones, now)
    for address, alerts in grouped.items():
        _tell(register, alerts, known[address], workspace.alert_budget, now)


def _tell(register: Register, alerts: Sequence[Alert], week: Week, budget: int, now: datetime) -> None:
    """A card each for a few, a summary of the rest; next week where the budget has been lowered meanwhile."""
    if week.is_over(budget):
        register.alerts.save_all([replace(alert, due_at=week.next()) for alert in alerts])
        return
    told = [replace(alert, told_at=now, week=week.monday) for alert in alerts]
    alone = [alert for alert in told if not alert.together]
    cards = [] if len(alone) > BURST else alone[: week.room(budget)]
    _tell_by_card(register, [replace(alert, state=AlertState.CARD) for alert in cards], now)
    rest = [alert for alert in told if alert not in cards]
    if rest:
        _tell_together(register, rest, week, now)


def _tell_by_card(register: Register, alerts: Sequence[Alert], now: datetime) -> None:
    register.alerts.save_all(alerts)
    for alert in alerts:
        posting = Posting(card_key(alert), MessageKind.ALERT, alert.finding, alert.address)
        if not register.postings.add(posting, now):
            register.postings.revise(MessageKind.ALERT, alert.finding)


def _tell_together(register: Register, alerts: Sequence[Alert], week: Week, now: datetime) -> None:
    """In the summary of the week, which is edited when there is one."""
    first = week.summaries[-1] if week.summaries else alerts[0].id
    register.alerts.save_all([replace(alert, state=AlertState.SUMMARY, summary=first) for alert in alerts])
    posting = Posting(summary_key(first), MessageKind.ALERTS, first, alerts[0].address)
    if not register.postings.add(posting, now):
        register.postings.revise(MessageKind.ALERTS, first)
