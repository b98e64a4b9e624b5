"""From names to the ids of the register, making people as they appear."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from planning.initiatives.values import Contact, Draft, Effect, Request
from planning.register import Register
from planning.transfer.drafts import NamedDraft
from planning.transfer.naming import Known
from planning.workspace.values import Person


class Resolver:
    """Turns drafts told by names into drafts; everything that they name, but people, must be there."""

    def __init__(self, register: Register, known: Known) -> None:
        self._register = register
        self._people = list(known.people)
        self._zone = known.workspace.zone
        self._departments = {department.name: department.id for department in known.departments}
        self._stages = {stage.name: stage.id for stage in known.journey.stages}
        self._segments = {segment.name: segment.id for segment in known.journey.segments}
        self._touchpoints = {touchpoint.name: touchpoint.id for touchpoint in known.journey.touchpoints}
        self._metrics = {metric.name: metric.id for metric in known.metrics}
        self._pools = {pool.name: pool.id for pool in known.pools}
        self._problems = {problem.name: problem.id for problem in known.problems}
        self._by_ids: Mapping[str, Callable[[NamedDraft], Any]] = {
            "department": lambda named: self._departments[named.department],
            "owner": self._owner,
            "stages": lambda named: tuple(self._stages[each] for each in named.stages),
            "segments": lambda named: tuple(self._segments[each] for each in named.segments),
            "touchpoints": lambda named: tuple(self._touchpoints[each] for each in named.touchpoints),
            "contacts": self._contacts,
            "effects": self._effects,
            "requests": self._requests,
            "serves": lambda named: self._problems[named.serves] if named.serves else None,
            "extras": lambda named: dict(named.extras),
        }

    def draft(self, named: NamedDraft) -> Draft:
        """The draft by ids."""
        return Draft(**{each.name: self.value(named, each.name) for each in fields(NamedDraft)})

    def value(self, named: NamedDraft, name: str) -> Any:
        """One field of the draft by ids; those that are the same by name and by id as they are."""
        by_ids = self._by_ids.get(name)
        return getattr(named, name) if by_ids is None else by_ids(named)

    def _contacts(self, named: NamedDraft) -> tuple[Contact, ...]:
        return tuple(
            Contact(self._segments[each.segment], self._touchpoints[each.touchpoint], each.intent, each.window)
            for each in named.contacts
        )

    def _effects(self, named: NamedDraft) -> tuple[Effect, ...]:
        return tuple(Effect(self._metrics[each.metric], each.direction) for each in named.effects)

    def _requests(self, named: NamedDraft) -> tuple[Request, ...]:
        return tuple(Request(self._pools[each.pool], each.person_weeks, each.window) for each in named.requests)

    def _owner(self, named: NamedDraft) -> int | None:
        """Somebody of the department, else the only one of that name anywhere, else somebody new."""
        if not named.owner:
            return None
        department = self._departments[named.department]
        namesakes = [person for person in self._people if person.name.casefold() == named.owner.casefold()]
        of_department = [person for person in namesakes if person.department == department]
        found = sorted(of_department, key=lambda person: (person.slack_id is None, person.id)) or namesakes
        if of_department or len(namesakes) == 1:
            return found[0].id
        return self._made(named.owner, department).id

    def _made(self, name: str, department: int) -> Person:
        person = self._register.people.add(name, department=department, zone=self._zone)
        self._people.append(person)
        return person
