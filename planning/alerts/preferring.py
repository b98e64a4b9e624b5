"""Saying when and of what one wants to hear."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from planning.alerts.preferences import Preferences
from planning.audit.values import Entry
from planning.errors import FieldError
from planning.register import Register
from planning.schedules.personal import move_list
from planning.schedules.values import NextDue
from planning.window import LONGEST
from planning.workspace.hours import MIDNIGHT, day_in
from planning.workspace.values import Person

OFF_MAX = 50
QUIET_LONGEST = timedelta(days=366)


def save_preferences(register: Register, wanted: Preferences, actor: Person, now: datetime) -> Preferences:
    """Keep what the actor wants; days off that are over are let go. Raises FieldError."""
    today = day_in(actor.zone, now)
    faults = {**_fault_of_hours(wanted), **_fault_of_quiet(wanted.quiet_until, today), **_fault_of_off(wanted)}
    if faults:
        raise FieldError(faults)
    coming = tuple(sorted(window for window in wanted.off if window.end >= today))
    before = register.preferences.of(actor.id)
    kept = replace(wanted, person=actor.id, off=coming)
    if kept == before:
        return kept
    register.preferences.save(kept)
    details: dict[str, object] = {"muted": sorted(kept.muted)}
    register.audit.add(Entry(now, "preferences.saved", f"person:{actor.id}", actor.id, details))
    return kept


def move_to(register: Register, person: Person, zone: str, now: datetime, next_due: NextDue) -> Person:
    """Note that the person is in another zone by now: their hours, and their list, are those of that one."""
    known = register.people.by_id(person.id)
    if known.zone == zone:
        return known
    moved = replace(known, zone=zone)
    register.people.save(moved)
    details: dict[str, object] = {"from": known.zone, "to": zone}
    register.audit.add(Entry(now, "person.zone", f"person:{person.id}", person.id, details))
    move_list(register, moved, now, next_due)
    return moved


def _fault_of_hours(wanted: Preferences) -> dict[str, str]:
    if not wanted.weekdays:
        return {"weekdays": "Choose at least one day. For a while without messages say below until when."}
    if wanted.ends != MIDNIGHT and wanted.ends <= wanted.begins:
        return {"ends": "Choose a later time than the beginning; 00:00 is midnight."}
    return {}


def _fault_of_quiet(until: date | None, today: date) -> dict[str, str]:
    if until is None or today < until <= today + QUIET_LONGEST:
        return {}
    return {"quiet_until": "Choose a day to come, at most a year from now, or none."}


def _fault_of_off(wanted: Preferences) -> dict[str, str]:
    if len(wanted.off) > OFF_MAX:
        return {
            "off": f"Give at most {OFF_MAX} lines; days that follow each other are one, as 2026-12-21 to 2027-01-01."
        }
    if any(window.days > LONGEST for window in wanted.off):
        return {"off": "Give at most three years in one line."}
    return {}
