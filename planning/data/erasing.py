"""Deleting what is kept about one person.

What only they need goes. What they did together with others stays, as the company's, with somebody who left; the audit
log names nobody, but the number that it knows them by stands for nobody any more.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from planning.audit.values import Entry
from planning.data.values import GONE
from planning.errors import NotAllowed
from planning.register import Register
from planning.workspace.arranging import stewards_of
from planning.workspace.departing import depart
from planning.workspace.values import Person

LAST_STEWARD = "{} is the only steward. Name another one first, in /cx setup under People."


@dataclass(frozen=True, slots=True)
class Erasure:
    """What it means to delete a person: rows by what they are, or by their table."""

    going: Mapping[str, int]
    staying: Mapping[str, int]
    """Stays without a name, because others need it."""
    naming: Mapping[str, int]
    """Texts that people wrote and that name them: only people can tell what is to become of those."""
    namesakes: int = 0
    """Others who are called the same: then the name is left in copies, for it may be theirs."""


def foresee(register: Register, person: Person) -> Erasure:
    """What would go and what would stay. Raises NotAllowed where they cannot be deleted yet."""
    _check_not_last(register, person)
    going = {words: count for words, count in register.personal.own(person).items() if count}
    found = [*register.personal.traces(person, texts=True)]
    staying = Counter(trace.table for trace in found if trace.tied and trace.table not in _GOING)
    naming = Counter(trace.table for trace in found if not trace.tied)
    return Erasure(going, dict(staying), dict(naming), len(_namesakes(register, person)))


def erase(register: Register, person: Person, actor: Person | None, now: datetime) -> None:
    """Delete them. Raises NotAllowed for the last steward."""
    _check_not_last(register, person)
    gone = depart(register, person, now)
    register.personal.erase(gone, named=not _namesakes(register, gone))
    register.people.save(Person(gone.id, GONE, left_at=gone.left_at))
    register.audit.add(Entry(now, "person.deleted", f"person:{person.id}", actor.id if actor else None))


_GOING = frozenset({"people", "outbox", "alerts", "preferences", "schedules", "occurrences"})
"""Tables of which what is theirs goes, or loses the name."""


def _namesakes(register: Register, person: Person) -> list[Person]:
    called = person.name.casefold()
    return [one for one in register.people.all() if one.id != person.id and one.name.casefold() == called]


def _check_not_last(register: Register, person: Person) -> None:
    stewards = [one.id for one in stewards_of(register) if one.left_at is None]
    if stewards == [person.id]:
        raise NotAllowed(LAST_STEWARD.format(person.name))
