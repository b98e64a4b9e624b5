"""One segment of customers with everything that it holds."""

from datetime import datetime

from planning.audit.values import Entry
from planning.errors import FieldError
from planning.journey.values import Journey, Segment
from planning.journey.versioning import put_on_record
from planning.naming import free_name
from planning.register import Register
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person

WEIGHTS = range(1, 6)
CONTACTS_MAX = 1000


def save_segment(register: Register, segment: Segment, actor: Person, now: datetime) -> Segment:
    """Make a segment (`id` 0) or change it. Raises FieldError."""
    check_steward(register, actor)
    before = register.journeys.current()
    _check(segment, before)
    named = free_name(segment.name, before.segment_names(), segment.id)
    id = segment.id or register.journeys.add_segment(named).id
    saved = Segment(id, named, segment.parent, segment.weight, segment.weekly_contacts)
    if saved not in before.segments:
        register.journeys.save_segment(saved)
    details: dict[str, object] = {"weight": saved.weight, "weekly_contacts": saved.weekly_contacts}
    entry = Entry(now, "segment.saved", f"segment:{id}", actor.id, {"name": named, **details})
    put_on_record(register, before, entry, actor, now)
    return saved


def _check(segment: Segment, journey: Journey) -> None:
    errors: dict[str, str] = {}
    if segment.parent is not None and (fault := _misplaced(segment, journey)):
        errors["parent"] = fault
    if segment.weight not in WEIGHTS:
        errors["weight"] = "Choose one of the five."
    if not 0 <= segment.weekly_contacts <= CONTACTS_MAX:
        errors["weekly_contacts"] = f"Give a whole number from 0 to {CONTACTS_MAX:,}."
    if errors:
        raise FieldError(errors)


def _misplaced(segment: Segment, journey: Journey) -> str:
    """Why it cannot be part of the one chosen; empty when it can."""
    lineage = journey.lineages().get(segment.parent or 0)
    if lineage is None:
        return "That segment is no longer there; choose another one."
    return "It would be part of itself; choose another one." if segment.id in lineage else ""
