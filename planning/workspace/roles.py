"""Writing who has which role: never without an entry that says from what to what, and by whom."""

from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.register import Register
from planning.workspace.values import Person, Role

CHANGED = "person.roles"


def give(
    register: Register, person: Person, roles: frozenset[Role], actor: Person | None, now: datetime, verb: str = CHANGED
) -> Person:
    """The person with exactly these roles; who has left gets none. Without `actor` Slack, or a file, said so."""
    before = register.people.by_id(person.id)
    after = replace(person, roles=roles if person.left_at is None else frozenset())
    if after != before:
        register.people.save(after)
    if after.roles != before.roles:
        note(register, before, after, actor, now, verb)
    return after


def note(
    register: Register, before: Person, after: Person, actor: Person | None, now: datetime, verb: str = CHANGED
) -> None:
    """Put on record that somebody's roles have changed, and where they lead."""
    details: dict[str, object] = {"from": _said(before), "to": _said(after)}
    if before.department != after.department:
        details |= {"department": after.department}
    register.audit.add(Entry(now, verb, f"person:{after.id}", actor.id if actor else None, details))


def _said(person: Person) -> list[str]:
    return [*map(str, sorted(person.roles))]
