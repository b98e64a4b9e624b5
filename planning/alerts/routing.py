"""Who is told of what, why and when: the same before something is saved, where it is shown, and afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from planning.alerts.preferences import Notice, Preferences
from planning.alerts.reaching import reached
from planning.alerts.values import Reason
from planning.outbox.values import Address
from planning.register import Register
from planning.workspace.values import AlertsTo, Department, Person


@dataclass(frozen=True, slots=True)
class Route:
    """Somebody whom it concerns: where they are told, and when."""

    reason: Reason
    address: Address | None
    """None for somebody who is not in Slack."""
    due_at: datetime | None
    """None for somebody who is not told: they switched it off, or are not in Slack."""
    department: int | None = None
    """On whose behalf."""
    person: int | None = None
    """None for a channel."""


@dataclass(frozen=True, slots=True)
class Audience:
    """All who could be told of something, and when each of them wants to be."""

    departments: Mapping[int, Department]
    people: Mapping[int, Person]
    wanted: Mapping[int, Preferences]

    @classmethod
    def of(cls, register: Register) -> Self:
        """That of a workspace."""
        departments = {department.id: department for department in register.departments.all()}
        return cls(departments, {person.id: person for person in register.people.all()}, register.preferences.all())

    def preferences(self, person: int) -> Preferences:
        """What a person wants; who never said has the usual ones."""
        return self.wanted.get(person, Preferences(person))

    def leads(self, department: int) -> list[Person]:
        """The leads of a department."""
        return [person for person in self.people.values() if person.leads(department)]


def routes(
    audience: Audience,
    departments: Iterable[int],
    notice: Notice,
    actor: Person | None,
    now: datetime,
    handed: int | None = None,
) -> list[Route]:
    """Each address once: whoever it was handed to, then the leads or the channel of each department; not the actor."""
    asked = [person for person in audience.people.values() if person.id == handed]
    found = [_direct(audience, person, Reason.HANDED, person.department, notice, now) for person in asked]
    for id in departments:
        found += _of_department(audience, audience.departments[id], notice, now)
    return _once(route for route in found if actor is None or route.person != actor.id)


def direct_routes(
    audience: Audience, people: Sequence[Person], notice: Notice, actor: Person | None, now: datetime
) -> list[Route]:
    """To these people themselves, but for the actor."""
    others = [person for person in people if actor is None or person.id != actor.id]
    return _once(_direct(audience, person, Reason.OWNS, person.department, notice, now) for person in others)


def _of_department(audience: Audience, department: Department, notice: Notice, now: datetime) -> list[Route]:
    """A channel is told at once: a message there wakes nobody."""
    channel = department.channel.id if department.channel else None
    if department.alerts_to is AlertsTo.CHANNEL and channel:
        return [Route(Reason.CHANNEL, Address.channel(channel), now, department.id)]
    leads = audience.leads(department.id)
    return [_direct(audience, lead, Reason.LEADS, department.id, notice, now) for lead in leads]


def _direct(
    audience: Audience, person: Person, reason: Reason, department: int | None, notice: Notice, now: datetime
) -> Route:
    due_at = reached(person, audience.preferences(person.id), notice, now)
    address = Address.person(person.slack_id) if person.slack_id else None
    return Route(reason, address, due_at, department, person.id)


def _once(found: Iterable[Route]) -> list[Route]:
    """The first for each address; who has none is somebody of their own."""
    kept: dict[object, Route] = {}
    for route in found:
        kept.setdefault(route.address or route.person, route)
    return [*kept.values()]
