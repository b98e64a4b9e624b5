"""Who is told of an overlap: the leads of its departments, or the channel that a department prefers; nobody else."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from planning.alerts.news import news_of_change, redraw
from planning.alerts.preferences import Notice
from planning.alerts.routing import Audience, Route, direct_routes, routes
from planning.alerts.telling import asked_for, enlist, tell_due
from planning.alerts.values import Alert
from planning.findings.refreshing import Changes
from planning.findings.values import Finding, Kind, State
from planning.initiatives.values import Initiative
from planning.outbox.values import Address, MessageKind, Posting
from planning.portfolio.holdings import Holdings
from planning.register import Register
from planning.workspace.values import Person


def announce(
    register: Register, changes: Changes, actor: Person | None, now: datetime, *, together: bool = False
) -> list[Alert]:
    """Have those told whom an overlap that opened concerns, and the messages of changed ones drawn again.

    Where an overlap has gained initiatives, the leads of these are told of it too, and the others in the thread of
    its card. `together` is for what brings many at once: each address has them in its summary, never by cards.
    Returns the alerts of those who hear of one for the first time.
    """
    told = to_tell(changes, now)
    for finding, _ in told:
        _say_again(register, finding, changes, actor, now)
    alerts = _tell(register, told, actor, now, together=together)
    redraw(register, *(one.id for one in _overlaps(*changes.updated, *changes.reopened, *changes.closed)))
    return alerts


def announce_again(register: Register, findings: Iterable[Finding], actor: Person | None, now: datetime) -> None:
    """Tell of open overlaps those who were never told because they were settled by then; nobody else hears of it."""
    _tell(register, to_tell(Changes(reopened=tuple(findings)), now), actor, now)


def announce_joined(register: Register, joined: Initiative, host: Initiative, actor: Person, now: datetime) -> None:
    """Tell the leads and the owner of the initiative that somebody joined it."""
    for route in joined_routes(Audience.of(register), host, actor, now):
        if route.address is not None and route.due_at is not None:
            key, later = f"joined:{joined.id}:{host.id}:{route.address}", route.due_at if route.due_at > now else None
            posting = Posting(key, MessageKind.JOINED, joined.id, route.address, not_before=later)
            register.postings.add(posting, now)


def joined_routes(audience: Audience, host: Initiative, actor: Person | None, now: datetime) -> list[Route]:
    """Who is told when somebody joins an initiative."""
    led = routes(audience, (host.draft.department,), Notice.JOINED, actor, now)
    owners = [person for person in audience.people.values() if person.id == host.draft.owner]
    owned = direct_routes(audience, owners, Notice.JOINED, actor, now)
    return [*led, *(route for route in owned if route.person not in {one.person for one in led})]


def to_tell(changes: Changes, now: datetime) -> list[tuple[Finding, Collection[int]]]:
    """Open overlaps, each with the initiatives whose departments are to hear of it."""
    news = [(finding, finding.found.initiatives()) for finding in _overlaps(*changes.opened, *changes.reopened)]
    grown = [(finding, changes.gained.get(finding.id, ())) for finding in _overlaps(*changes.updated)]
    return [(finding, whose) for finding, whose in (*news, *grown) if whose and finding.state(now) is State.OPEN]


def routes_of(
    finding: Finding,
    initiatives: Iterable[int],
    holdings: Holdings,
    audience: Audience,
    actor: Person | None,
    now: datetime,
) -> list[Route]:
    """Who is told of an overlap on behalf of these initiatives."""
    live = (holdings.by_id(id) for id in initiatives)
    departments = sorted({initiative.draft.department for initiative in live if initiative is not None})
    handed = finding.handed.to if finding.handed else None
    return routes(audience, departments, Notice.OVERLAPS, actor, now, handed)


def _tell(
    register: Register,
    told: Sequence[tuple[Finding, Collection[int]]],
    actor: Person | None,
    now: datetime,
    *,
    together: bool = False,
) -> list[Alert]:
    if not told:
        return []
    audience, holdings = Audience.of(register), register.initiatives.holdings()
    alerts: list[Alert] = []
    for finding, initiatives in told:
        found = routes_of(finding, initiatives, holdings, audience, actor, now)
        alerts += asked_for(finding, found, together=together)
    enlisted = enlist(register, *alerts)
    tell_due(register, now)
    return enlisted


def _overlaps(*findings: Finding) -> list[Finding]:
    return [finding for finding in findings if finding.found.rule.kind is Kind.OVERLAP]


def _say_again(register: Register, finding: Finding, changes: Changes, actor: Person | None, now: datetime) -> None:
    """Below the cards of those who were told before: it is back, or it has grown."""
    but = Address.person(actor.slack_id) if actor and actor.slack_id else None
    gained = changes.gained.get(finding.id)
    if gained:
        news_of_change(register, finding, "gained", now, but, initiatives=sorted(gained))
    elif finding in changes.reopened:
        news_of_change(register, finding, "back", now, but)
