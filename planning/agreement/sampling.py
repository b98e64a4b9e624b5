"""Who is asked: some of each department, drawn so that anybody can draw them again."""

from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby

from planning.workspace.values import Person


def askable(people: Iterable[Person]) -> dict[int, list[Person]]:
    """Department → its people who can be asked: those who are in Slack."""
    reached = [(one.department, one) for one in people if one.reachable and one.department is not None]
    rising = sorted(reached, key=lambda pair: (pair[0], pair[1].id))
    return {department: [one for _, one in pairs] for department, pairs in groupby(rising, key=lambda pair: pair[0])}


def drawn(people: Iterable[Person], size: int, seed: int) -> list[tuple[Person, int]]:
    """At most `size` people of each department, with that department; the same seed draws the same people.

    Everybody has a lot of their own, the SHA-256 of “seed:person”, and the lowest are drawn: who joins or leaves the
    company changes nobody else's.
    """
    found = askable(people).items()
    chosen = [(sorted(those, key=lambda one: lot(one.id, seed))[:size], department) for department, those in found]
    return [(one, department) for those, department in chosen for one in sorted(those, key=lambda one: one.id)]


def lot(id: int, seed: int) -> bytes:
    """What is drawn for the person or thing with an id: the same seed always draws the same."""
    return sha256(f"{seed}:{id}".encode()).digest()
