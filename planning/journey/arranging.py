"""How much a segment matters and how many contacts it bears."""

from dataclasses import replace
from datetime import datetime

from planning.alerts.announcing import announce
from planning.audit.values import Entry
from planning.errors import FieldError
from planning.findings.refreshing import refresh
from planning.journey.values import Segment
from planning.register import Register
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person

WEIGHTS = range(1, 6)
CONTACTS_MAX = 1000


def save_segment(
    register: Register, segment: Segment, weight: int, weekly_contacts: int, actor: Person, now: datetime
) -> Segment:
    """Change a segment's importance and its limit of contacts a week. Raises FieldError."""
    check_steward(register, actor)
    if weight not in WEIGHTS:
        raise FieldError({"weight": "Choose one of the five."})
    if not 0 <= weekly_contacts <= CONTACTS_MAX:
        raise FieldError({"weekly_contacts": f"Give a whole number from 0 to {CONTACTS_MAX:,}."})
    saved = replace(segment, weight=weight, weekly_contacts=weekly_contacts)
    register.journeys.save_segment(saved)
    details: dict[str, object] = {"weight": weight, "weekly_contacts": weekly_contacts}
    register.audit.add(Entry(now, "segment.saved", f"segment:{segment.id}", actor.id, details))
    announce(register, refresh(register, now), actor, now)
    return saved
