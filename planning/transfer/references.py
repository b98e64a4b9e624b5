"""What a company's file names and defines elsewhere: found by name, or a fault with its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from planning.text import clip
from planning.transfer.naming import short_name
from planning.workspace.rights import Ties, Who, among
from planning.workspace.values import Department, Person


class Called(Protocol):
    """Something with a name."""

    @property
    def name(self) -> str: ...


class Numbered(Called, Protocol):
    """Something with a name and a number."""

    @property
    def id(self) -> int: ...


T = TypeVar("T", bound=Called)


def by_name(things: Iterable[T]) -> dict[str, T]:
    """Name, whatever its case → thing, in the order given; of two with one name the later."""
    return {folded(thing.name): thing for thing in things}


def folded(name: str) -> str:
    """The name as it is looked up."""
    return short_name(name).casefold()


@dataclass(frozen=True)
class References:
    """Looks names up; what cannot be found is collected in `faults`."""

    people: Sequence[Person]
    departments: Sequence[Department]
    faults: list[str] = field(default_factory=list)

    def find(self, name: str | None, ids: Mapping[str, int], where: str, place: str) -> int | None:
        """The id under that name; `where` is the part of the file in which it should be defined."""
        if not name:
            return None
        if folded(name) not in ids:
            self.fault(place, f"“{clip(name, 60)}” is not in {where}; correct the name or add it there")
        return ids.get(folded(name))

    def department(self, name: str | None, place: str) -> int | None:
        """The id of the department of that name."""
        ids = {folded(department.name): department.id for department in self.departments}
        return self.find(name, ids, "departments", place)

    def fault(self, place: str, reason: str) -> None:
        """Report what cannot be taken."""
        self.faults.append(f"{place}: {reason}")

    def owner(self, name: str | None, present: int | None) -> int | None:
        """The person of that name, or the lead of the department of that name; who is it now stays when named so."""
        wanted = folded(name or "")
        here = [person for person in self.people if person.left_at is None]
        namesakes = [person.id for person in here if person.name.casefold() == wanted]
        ids = [department.id for department in self.departments if department.name.casefold() == wanted]
        leads = [person.id for person in among(self.people, Who.LEAD_OF_DEPARTMENT, ties=Ties(ids))]
        found = [*namesakes, *leads]
        return present if present in found or not found else found[0]
