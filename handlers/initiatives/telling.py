"""What the registrant hears: who is told of it, before it is saved and after, and what is still missing."""

from collections.abc import Sequence
from datetime import datetime

from handlers.views.routes import outlook_lines
from planning.alerts.announcing import joined_routes
from planning.alerts.foreseeing import outlook
from planning.alerts.routing import Audience
from planning.alerts.values import AlertState
from planning.findings.values import Finding, Kind, Member, State, Subject
from planning.initiatives.registering import NearOverlap
from planning.initiatives.rehearsing import Rehearsal
from planning.initiatives.values import Draft, Initiative
from planning.outbox.values import Address, AddressKind
from planning.register import Register
from planning.workspace.values import Person

JOINING = "“Join” tells the leads and the owner of the one that you join instead."


def who_is_told(
    register: Register, rehearsal: Rehearsal, near: Sequence[NearOverlap], actor: Person, now: datetime
) -> list[str]:
    """Who hears of a draft when it is saved, in words, before that is done; nothing where it runs into nothing."""
    if not near:
        return []
    asked = [one.initiative.id for one in near if not one.own]
    told = outlook_lines(outlook(register, rehearsal, asked, actor, now), now, actor.zone)
    joins = [JOINING] if any(one.found.pair for one in near) else []
    return [*told, *joins]


def informed_of(register: Register, initiative: Initiative, actor: Person, now: datetime) -> list[str]:
    """The names of those whom Concord tells of it: people, and channels that departments prefer."""
    audience = Audience.of(register)
    told = _told(register, initiative, audience, actor, now)
    return [_name(address, audience) for address in dict.fromkeys(told) if address.ids[0] != actor.slack_id]


def _told(
    register: Register, initiative: Initiative, audience: Audience, actor: Person, now: datetime
) -> list[Address]:
    """Those of the initiative that it joined, or of its open overlaps."""
    if initiative.joined is not None:
        found = joined_routes(audience, register.initiatives.by_id(initiative.joined), actor, now)
        return [route.address for route in found if route.address is not None and route.due_at is not None]
    alerts = register.alerts.of(*(finding.id for finding in open_overlaps(register, initiative, now)))
    return [alert.address for alert in alerts if alert.state is not AlertState.DROPPED]


def open_overlaps(register: Register, initiative: Initiative, now: datetime) -> list[Finding]:
    """Those that have it as a member, strongest first."""
    touching = register.findings.touching([Member(Subject.INITIATIVE, initiative.id)])
    found = [f for f in touching if f.found.rule.kind is Kind.OVERLAP and f.state(now) is State.OPEN]
    return sorted(found, key=lambda finding: (-finding.found.score, finding.opened_at, finding.id))


def _name(address: Address, audience: Audience) -> str:
    channels = [department.channel for department in audience.departments.values() if department.channel]
    known = (
        {channel.id: f"#{channel.name}" for channel in channels}
        if address.kind is AddressKind.CHANNEL
        else {person.slack_id: person.name for person in audience.people.values()}
    )
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
