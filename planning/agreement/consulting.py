"""Putting the journey to the leads of all departments, each with a card that shows what is true now."""

from dataclasses import dataclass, replace
from datetime import datetime

from planning.agreement.ratification import Ratification
from planning.agreement.tallying import as_asked, reachable_leads
from planning.audit.values import Entry
from planning.errors import PlanningError
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.workspace.arranging import check_steward
from planning.workspace.rights import Right
from planning.workspace.values import Person


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking did: how many leads got a card just now, and which departments have nobody to ask."""

    ratification: Ratification
    leads: int
    nobody: tuple[str, ...]


def ask_departments(register: Register, actor: Person, now: datetime) -> Asked:
    """Put the journey to every lead who has not been asked yet; a changed journey is put to all anew."""
    check_steward(register, actor, Right.RUN_AGREEMENT)
    departments, people = register.departments.all(), register.people.all()
    leads = {one.id: reachable_leads(one.id, people) for one in departments}
    asked = [(id, one) for id, some in leads.items() for one in some]
    if not asked:
        raise PlanningError("No department has a lead whom I can ask. Name the leads first: /cx setup.")
    ratification = _asking(register, {(id, one.id) for id, one in asked}, actor, now)
    told = sum(_send(register, ratification, id, one, now) for id, one in asked)
    if told:
        details: dict[str, object] = {"departments": sorted({id for id, _ in asked}), "leads": told}
        register.audit.add(Entry(now, "ratification.asked", f"ratification:{ratification.id}", actor.id, details))
        register.postings.revise(MessageKind.RATIFICATION, ratification.id)
    return Asked(ratification, told, tuple(one.name for one in departments if not leads[one.id]))


def is_to_be_asked(register: Register) -> bool:
    """Whether the journey is another one than was put to the departments last, and somebody could be asked."""
    stages, people = as_asked(register.journeys.current()), register.people.all()
    known = any(one.stages == stages for one in register.ratifications.newest())
    return bool(stages) and not known and any(reachable_leads(one.id, people) for one in register.departments.all())


def _asking(register: Register, asked: set[tuple[int, int]], actor: Person, now: datetime) -> Ratification:
    """The open asking when the journey is still the same, otherwise a new one in its place."""
    stages = as_asked(register.journeys.current())
    if not stages:
        raise PlanningError("The journey has no stages yet. Write them first: /cx setup.")
    known = next((one for one in register.ratifications.newest() if one.closed_at is None), None)
    if known is not None and known.stages == stages:
        joined = replace(known, asked=tuple(sorted(asked.union(known.asked))))
        register.ratifications.save(joined)
        return joined
    if known is not None:
        register.ratifications.save(replace(known, closed_at=now))
        register.postings.revise(MessageKind.RATIFICATION, known.id)
    return register.ratifications.add(Ratification(0, stages, now, actor.id, asked=tuple(sorted(asked))))


def _send(register: Register, ratification: Ratification, department: int, to: Person, now: datetime) -> bool:
    key = f"ratification:{ratification.id}:{department}:{to.slack_id}"
    address = Address.person(str(to.slack_id))
    card = Posting(key, MessageKind.RATIFICATION, ratification.id, address, {"department": department})
    return register.postings.add(card, now)
