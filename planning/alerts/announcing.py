"""Who is told of an overlap: the leads of its departments, or the channel that a department prefers; nobody else."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from planning.findings.refreshing import Changes
from planning.findings.values import Finding, Kind, State
from planning.initiatives.values import Initiative
from planning.outbox.values import Address, MessageKind, Posting
from planning.portfolio.holdings import Holdings
from planning.register import Register
from planning.workspace.values import AlertsTo, Department, Person


def announce(register: Register, changes: Changes, actor: Person | None, now: datetime) -> None:
    """Queue one card per recipient for each overlap that opened, and have the cards of changed ones drawn again.

    Where an overlap has gained initiatives, the leads of these get a card of it too.
    """
    told = _to_tell(changes, now)
    if told:
        portfolio = register.initiatives.portfolio(now)
        reached = {one.id: addresses(one, portfolio.people, actor) for one in portfolio.departments}
        for finding, initiatives in told:
            for address in _recipients(initiatives, portfolio.holdings, reached):
                key = f"alert:{finding.id}:{address}"
                register.postings.add(Posting(key, MessageKind.ALERT, finding.id, address), now)
    redrawn = _overlaps(*changes.updated, *changes.reopened, *changes.closed)
    register.postings.revise(MessageKind.ALERT, *(finding.id for finding in redrawn))


def announce_joined(register: Register, joined: Initiative, host: Initiative, actor: Person, now: datetime) -> None:
    """Tell the leads and the owner of the initiative that somebody joined it."""
    people = register.people.all()
    owners = [person for person in people if person.id == host.draft.owner]
    department = register.departments.by_id(host.draft.department)
    for address in dict.fromkeys((*addresses(department, people, actor), *_direct(owners, actor))):
        key = f"joined:{joined.id}:{host.id}:{address}"
        register.postings.add(Posting(key, MessageKind.JOINED, joined.id, address), now)


def addresses(department: Department, people: Iterable[Person], actor: Person | None) -> tuple[Address, ...]:
    """Where a department's alerts go; the actor is never told of the own act, and nobody without Slack is tried."""
    channel = department.channel.id if department.channel else None
    if department.alerts_to is AlertsTo.CHANNEL and channel:
        return (Address.channel(channel),)
    return _direct([person for person in people if person.leads(department.id)], actor)


def _to_tell(changes: Changes, now: datetime) -> list[tuple[Finding, Collection[int]]]:
    """Open overlaps, each with the initiatives whose departments are to hear of it."""
    news = [(finding, finding.found.initiatives()) for finding in _overlaps(*changes.opened, *changes.reopened)]
    grown = [(finding, changes.gained.get(finding.id, ())) for finding in _overlaps(*changes.updated)]
    return [(finding, whose) for finding, whose in (*news, *grown) if whose and finding.state(now) is State.OPEN]


def _overlaps(*findings: Finding) -> list[Finding]:
    return [finding for finding in findings if finding.found.rule.kind is Kind.OVERLAP]


def _recipients(
    initiatives: Collection[int], holdings: Holdings, reached: Mapping[int, tuple[Address, ...]]
) -> Iterable[Address]:
    live = (holdings.by_id(id) for id in initiatives)
    departments = sorted({initiative.draft.department for initiative in live if initiative is not None})
    return dict.fromkeys(address for department in departments for address in reached[department])


def _direct(people: Sequence[Person], actor: Person | None) -> tuple[Address, ...]:
    acting = actor.id if actor else None
    return tuple(Address.person(person.slack_id) for person in people if person.slack_id and person.id != acting)
