"""The list that a person gets: by default when their days of work begin, and always in their own zone."""

from dataclasses import replace
from datetime import datetime

from planning.alerts.preferences import Preferences
from planning.register import Register
from planning.schedules.changing import note_change, rescheduled, save_schedule
from planning.schedules.cron import Cron
from planning.schedules.values import NextDue, Schedule, ScheduleKind
from planning.workspace.hours import zone_of
from planning.workspace.values import Person


def begins(wanted: Preferences) -> Cron:
    """When the person's days of work begin."""
    return Cron.weekly(wanted.weekdays, wanted.begins.hour, wanted.begins.minute)


def list_of(register: Register, person: Person) -> Schedule | None:
    """The person's own schedule, paused or not; None for who never wanted one."""
    return register.schedules.of(ScheduleKind.PERSONAL, person.id)


def keep_list(
    register: Register,
    person: Person,
    hours: tuple[Preferences, Preferences],
    on: bool,
    now: datetime,
    next_due: NextDue,
) -> None:
    """Have the list come, or not any more; one that came when the day began still does when the hours are others.

    `hours` are what the person wanted before, and wants now.
    """
    before, wanted = hours
    known = list_of(register, person)
    if known is None:
        if on:
            save_schedule(register, first_list(person, wanted, now), person, now, next_due)
        return
    cron = begins(wanted) if known.cron.said == begins(before).said else known.cron
    _save(register, known, replace(known, cron=cron, paused=not on), person, now, next_due)


def move_list(register: Register, person: Person, now: datetime, next_due: NextDue) -> None:
    """Have the list come at its time in the zone where the person is by now."""
    known = list_of(register, person)
    if known is not None:
        _save(register, known, replace(known, zone=str(zone_of(person.zone))), person, now, next_due)


def first_list(person: Person, wanted: Preferences, now: datetime) -> Schedule:
    """The usual one."""
    zone = str(zone_of(person.zone))
    return Schedule(0, ScheduleKind.PERSONAL, begins(wanted), zone, now, subject=person.id)


def _save(
    register: Register, known: Schedule, after: Schedule, person: Person, now: datetime, next_due: NextDue
) -> None:
    if after != known:
        saved = rescheduled(register, after, known, now, next_due)
        register.schedules.save(saved)
        note_change(register, "schedule.saved", saved, person, now, {"when": str(saved), "paused": saved.paused})
