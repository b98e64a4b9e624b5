"""What the registrant hears after saving: who is told of it, and what is still missing."""

from datetime import datetime

from planning.alerts.announcing import addresses, departments_of
from planning.findings.values import Finding, Kind, Member, State, Subject
from planning.initiatives.values import Draft, Initiative
from planning.outbox.values import Address, AddressKind
from planning.register import Register
from planning.workspace.values import Person


def informed_of(register: Register, initiative: Initiative, actor: Person, now: datetime) -> list[str]:
    """The names of those whom Concord tells of it: people, and channels that departments prefer."""
    people = register.people.all()
    departments = {
        department.id: department
        for finding in open_overlaps(register, initiative, now)
        for department in departments_of(register, finding)
    }
    if initiative.joined is not None:
        host = register.initiatives.by_id(initiative.joined).draft.department
        departments = {host: register.departments.by_id(host)}
    channels = {d.channel.id: f"#{d.channel.name}" for d in departments.values() if d.channel is not None}
    names = {person.slack_id: person.name for person in people}
    told = (address for department in departments.values() for address in addresses(department, people, actor))
    return list(dict.fromkeys(_name(address, channels, names) for address in told))


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
