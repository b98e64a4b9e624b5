"""Somebody whose account is switched off, or who is no member any more: rights go at once, and are not given back."""

from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.workspace.arranging import stewards_of
from planning.workspace.hours import Hours, at_work
from planning.workspace.letting_go import let_go
from planning.workspace.rights import Who, among
from planning.workspace.roles import give
from planning.workspace.values import Person


def depart(register: Register, person: Person, now: datetime) -> Person:
    """Nothing is theirs to do any more, and what they looked after is there for others; doing it twice is once."""
    known = register.people.by_id(person.id)
    if known.left_at is not None:
        return known
    looked_after, informed = known in stewards_of(register), among(register.people.all(), Who.LEAD, Who.EXECUTIVE)
    gone = give(register, replace(known, left_at=now), frozenset(), None, now)
    register.audit.add(Entry(now, "person.left", f"person:{gone.id}"))
    let_go(register, gone, now)
    if looked_after and not stewards_of(register):
        _ask_for_steward(register, gone, [one for one in informed if one.id != gone.id], now)
    return gone


def come_back(register: Register, person: Person, now: datetime) -> Person:
    """They take part again, as anybody does: roles are given anew by a steward, and things taken on anew."""
    known = register.people.by_id(person.id)
    if known.left_at is None:
        return known
    back = replace(known, left_at=None)
    register.people.save(back)
    register.audit.add(Entry(now, "person.came_back", f"person:{back.id}"))
    return back


def _ask_for_steward(register: Register, gone: Person, people: list[Person], now: datetime) -> None:
    """Each lead and executive has one message, in their hours, whatever they have switched off."""
    for one in people:
        if one.slack_id and one.reachable:
            wanted = register.preferences.of(one.id)
            key, address = f"steward:{gone.id}:{now.isoformat()}:{one.id}", Address.person(one.slack_id)
            later = at_work(now, Hours.of(one, wanted))
            register.postings.add(Posting(key, MessageKind.STEWARD, gone.id, address, not_before=later), now)
