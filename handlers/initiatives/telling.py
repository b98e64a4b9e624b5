"""What the registrant hears after saving: who is told of it, and what is still missing."""

from collections.abc import Iterable
from datetime import datetime

from planning.alerts.announcing import addresses
from planning.findings.values import Finding, Kind, Member, State, Subject
from planning.initiatives.values import Draft, Initiative
from planning.outbox.values import Address, AddressKind
from planning.register import Register
from planning.workspace.values import Person


def informed_of(register: Register, initiative: Initiative, actor: Person, now: datetime) -> list[str]:
    """The names of those whom Concord tells of it: people, and channels that departments prefer."""
    portfolio = register.initiatives.portfolio(now)
    met = map(portfolio.holdings.by_id, _met(register, initiative, now))
    known = {department.id: department for department in portfolio.departments}
    departments = [known[id] for id in dict.fromkeys(one.draft.department for one in met if one is not None)]
    channels = {one.channel.id: f"#{one.channel.name}" for one in departments if one.channel is not None}
    names = {person.slack_id: person.name for person in portfolio.people}
    told = (address for one in departments for address in addresses(one, portfolio.people, actor))
    return list(dict.fromkeys(_name(address, channels, names) for address in told))


def _met(register: Register, initiative: Initiative, now: datetime) -> Iterable[int]:
    """The ids of the initiative that it joined, or of all in its open overlaps."""
    if initiative.joined is not None:
        return (initiative.joined,)
    found = open_overlaps(register, initiative, now)
    return dict.fromkeys(id for finding in found for id in finding.found.initiatives())


def open_overlaps(register: Register, initiative: Initiative, now: datetime) -> list[Finding]:
    """Those that have it as a member, strongest first."""
    touching = register.findings.touching([Member(Subject.INITIATIVE, initiative.id)])
    found = [f for f in touching if f.found.rule.kind is Kind.OVERLAP and f.state(now) is State.OPEN]
    return sorted(found, key=lambda finding: (-finding.found.score, finding.opened_at, finding.id))


def _name(address: Address, channels: dict[str | None, str], names: dict[str | None, str]) -> str:
    known = channels if address.kind is AddressKind.CHANNEL else names
    return known.get(address.ids[0], address.ids[0])


def nudge(draft: Draft) -> str:
    """One thing that would help the others to plan with it; the most useful first."""
    if not draft.stages:
        return "Still missing: the stages where the customer feels it. Press Edit when you know them."
    if not (draft.starts_on and draft.ends_on):
        return "Still missing: when it starts and ends. Press Edit when you know it."
    if not draft.contacts:
        return "If it will contact customers, add the planned contacts on its card; clashes are then found early."
    return ""
