"""From names to the ids of the register, making people as they appear."""

from typing import Any

from planning.initiatives.values import Contact, Draft
from planning.register import Register
from planning.transfer.naming import Known
from planning.transfer.values import NamedDraft
from planning.workspace.values import Person

READS = ("title", "problem", "status", "starts_on", "ends_on", "links", "serves")
"""Fields that are the same by name and by id."""


class Resolver:
    """Turns drafts told by names into drafts; every department, stage, segment and touchpoint must be there."""

    def __init__(self, register: Register, known: Known) -> None:
        self._register = register
        self._people = list(known.people)
        self._zone = known.workspace.zone
        self._departments = {department.name: department.id for department in known.departments}
        self._stages = {stage.name: stage.id for stage in known.journey.stages}
        self._segments = {segment.name: segment.id for segment in known.journey.segments}
        self._touchpoints = {touchpoint.name: touchpoint.id for touchpoint in known.journey.touchpoints}

    def draft(self, named: NamedDraft) -> Draft:
        """The draft by ids."""
        names = (*READS, "department", "owner", "stages", "segments", "touchpoints", "contacts", "extras")
        return Draft(**{name: self.value(named, name) for name in names})

    def value(self, named: NamedDraft, name: str) -> Any:
        """One field of the draft by ids."""
        match name:
            case "department":
                return self._departments[named.department]
            case "owner":
                return self._owner(named)
            case "stages":
                return tuple(self._stages[each] for each in named.stages)
            case "segments":
                return tuple(self._segments[each] for each in named.segments)
            case "touchpoints":
                return tuple(self._touchpoints[each] for each in named.touchpoints)
            case "contacts":
                return tuple(
                    Contact(self._segments[each.segment], self._touchpoints[each.touchpoint], each.intent, each.window)
                    for each in named.contacts
                )
            case "extras":
                return dict(named.extras)
        return getattr(named, name)

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
