"""Saying when things are due; who may is a table."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.register import Register
from planning.schedules.cron import Cron
from planning.schedules.moving import due_again
from planning.schedules.values import ASKED_BY, NextDue, Occurrence, OccurrenceState, Schedule, ScheduleKind
from planning.workspace.hours import zone_named
from planning.workspace.rights import Right, Ties, may
from planning.workspace.values import Person

IN_A_CHANNEL = frozenset({ScheduleKind.EXECUTIVE, ScheduleKind.DEPARTMENT})
"""Those that go to a channel that somebody chose."""
PAUSED = "It was paused before it was done."
CHANGED_BY: Mapping[ScheduleKind, Right] = {
    **dict.fromkeys(ScheduleKind, Right.KEEP_SCHEDULES),
    ScheduleKind.PERSONAL: Right.KEEP_OWN_LIST,
    ScheduleKind.DEPARTMENT: Right.KEEP_DEPARTMENT_DIGEST,
}
SENT_BY: Mapping[ScheduleKind, Right] = {**CHANGED_BY, ScheduleKind.EXECUTIVE: Right.SEND_EXECUTIVE_DIGEST}
"""Who may see one, and have it done out of turn."""


def may_change(person: Person, schedule: Schedule) -> bool:
    """Stewards those of the workspace, leads that of their department, everybody their own."""
    return may(person, CHANGED_BY[schedule.kind], _ties(schedule))


def may_send(person: Person, schedule: Schedule) -> bool:
    """Whether the person may have it done out of turn."""
    return may(person, SENT_BY[schedule.kind], _ties(schedule))


def save_schedule(register: Register, wanted: Schedule, actor: Person, now: datetime, next_due: NextDue) -> Schedule:
    """Keep when it is due and where it goes; the one of its kind and subject, if there is one, becomes this.

    Raises FieldError and NotAllowed.
    """
    check_may_change(actor, wanted)
    check_zone(wanted.zone)
    if wanted.kind in IN_A_CHANNEL and not wanted.channel:
        raise FieldError({"channel": "Choose the channel that it goes to."})
    old = register.schedules.of(wanted.kind, wanted.subject)
    due = rescheduled(register, wanted, old, now, next_due)
    if due == old:
        return due
    saved = due if old else register.schedules.add(due)
    register.schedules.save(saved)
    details: dict[str, object] = {"channel": saved.channel, "when": str(saved)}
    note_change(register, "schedule.saved", saved, actor, now, details)
    return saved


def rescheduled(
    register: Register, wanted: Schedule, old: Schedule | None, now: datetime, next_due: NextDue
) -> Schedule:
    """As wanted, in the place of the old one; what has come due and was not noticed yet stays due.

    One that is left out stays so while its due time is the same, or has only moved to another zone.
    """
    if old is None:
        return replace(wanted, id=0, next_due_at=next_due(wanted, now), skips_at=None)
    if not old.paused and old.next_due_at <= now:
        return replace(wanted, id=old.id, next_due_at=old.next_due_at, skips_at=old.skips_at)
    due_at = due_again(register, wanted, old, now, next_due)
    same = old.skips_at is not None and not wanted.paused and (due_at == old.skips_at or wanted.cron == old.cron)
    return replace(wanted, id=old.id, next_due_at=due_at, skips_at=due_at if same else None)


def pause(register: Register, id: int, actor: Person, now: datetime) -> Schedule:
    """Nothing is due until it is resumed."""
    schedule = _mine(register, id, actor)
    if schedule.paused:
        raise AlreadyDone("It is paused already.")
    register.schedules.leave_out(id, now, PAUSED)
    return _changed(register, replace(schedule, paused=True, skips_at=None), "schedule.paused", actor, now)


def resume(register: Register, id: int, actor: Person, now: datetime, next_due: NextDue) -> Schedule:
    """It is due again from now on; what was left out meanwhile stays out."""
    schedule = _mine(register, id, actor)
    if not schedule.paused:
        raise AlreadyDone("It is running already.")
    if zone_named(schedule.zone) is None:
        raise NotAllowed(
            f"Concord does not know the time zone “{schedule.zone}”. Press Change… first, and choose another."
        )
    running = replace(schedule, paused=False, next_due_at=next_due(schedule, now))
    return _changed(register, running, "schedule.resumed", actor, now)


def skip_next(register: Register, id: int, due_at: datetime, actor: Person, now: datetime) -> Schedule:
    """Leave out the due time that the person saw as the next one."""
    schedule = _mine(register, id, actor)
    if schedule.skips_at == due_at:
        raise AlreadyDone("The next one is left out already.")
    if schedule.paused or schedule.next_due_at != due_at:
        raise AlreadyDone("That one is over, or it is paused. Open the list again to see what comes next.")
    return _changed(register, replace(schedule, skips_at=due_at), "schedule.skipped", actor, now)


def unskip(register: Register, id: int, actor: Person, now: datetime) -> Schedule:
    """Do the next one after all."""
    schedule = _mine(register, id, actor)
    if schedule.skips_at is None:
        raise AlreadyDone("Nothing is left out.")
    return _changed(register, replace(schedule, skips_at=None), "schedule.unskipped", actor, now)


def send_now(register: Register, id: int, seen_at: datetime, actor: Person, now: datetime) -> Schedule:
    """Have it done within seconds, out of turn; `seen_at` is when the person was asked: two presses do it once."""
    schedule = register.schedules.by_id(id, lock=True)
    if not may_send(actor, schedule):
        raise NotAllowed("You cannot send this one. Ask a steward.")
    _check_at_rest(register, schedule)
    asked: dict[str, object] = {ASKED_BY: actor.id}
    wanted = Occurrence(0, id, seen_at, OccurrenceState.DUE, now, asked, not_before=now)
    occurrence = register.schedules.occur(wanted)
    if occurrence is None:
        raise AlreadyDone("That was done already. Open it again to have it done once more.")
    note_change(register, "schedule.sent", schedule, actor, now, {"occurrence": occurrence.id})
    return schedule


def check_may_change(actor: Person, schedule: Schedule) -> None:
    """Raises NotAllowed, saying who may."""
    if may_change(actor, schedule):
        return
    if schedule.kind is ScheduleKind.PERSONAL:
        raise NotAllowed("This list is somebody else’s. Only they can change when it comes.")
    who = "a steward or one of the department’s leads" if schedule.kind is ScheduleKind.DEPARTMENT else "a steward"
    raise NotAllowed(f"Only {who} can change this. Ask one of them.")


def check_zone(zone: str) -> None:
    """Raises FieldError where it is none."""
    if not zone:
        raise FieldError({"zone": "Choose a time zone."})
    if zone_named(zone) is None:
        raise FieldError({"zone": f"“{zone}” is not a time zone. Write one such as Europe/Berlin."})


def cron_of(text: str) -> Cron:
    """The five fields that somebody wrote. Raises FieldError."""
    try:
        return Cron.of(text)
    except ValueError as error:
        raise FieldError({"cron": str(error)}) from error


def _check_at_rest(register: Register, schedule: Schedule) -> None:
    """What is under way is not begun a second time. Raises AlreadyDone."""
    latest = register.schedules.latest([schedule.id]).get(schedule.id)
    if latest is None or latest.state not in (OccurrenceState.DUE, OccurrenceState.RUNNING):
        return
    why = f" It waits: {latest.reason}" if latest.reason else ""
    raise AlreadyDone(f"It is under way already.{why}")


def _ties(schedule: Schedule) -> Ties:
    return Ties(departments=(schedule.subject,), owners=(schedule.subject,))


def _mine(register: Register, id: int, actor: Person) -> Schedule:
    schedule = register.schedules.by_id(id, lock=True)
    check_may_change(actor, schedule)
    return schedule


def _changed(register: Register, schedule: Schedule, verb: str, actor: Person, now: datetime) -> Schedule:
    register.schedules.save(schedule)
    note_change(register, verb, schedule, actor, now, {})
    return schedule


def note_change(
    register: Register, verb: str, schedule: Schedule, actor: Person, now: datetime, details: dict[str, object]
) -> None:
    """Record who changed what."""
    register.audit.add(Entry(now, verb, f"schedule:{schedule.id}", actor.id, details))
