"""What each kind of schedule would do if it were due now: a dry look, from which nothing is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import Block

from handlers.decisions import standings_of
from handlers.season import outlook_of
from handlers.views.department_digests import department_digest
from handlers.views.digests import digest_message
from handlers.views.needs import morning_message
from handlers.views.schedule_previews import NO_LIST, asked_blocks, decisions_blocks, night_blocks, pulse_blocks
from handlers.views.season_outlook import outlook_message
from handlers.views.text import paragraph
from planning.agreement.pulsing import asked_quarterly, hindrance
from planning.checkins.asking import asked_by
from planning.decisions.escalating import escalating
from planning.digests.department import preview_department
from planning.digests.executive import preview
from planning.needs.listing import needs_of
from planning.proposals.scoping import quarter_of_day
from planning.register import Register
from planning.schedules.seeing import HISTORY
from planning.schedules.values import OccurrenceState, Schedule, ScheduleKind
from planning.season.quarters import quarter_after
from planning.workspace.hours import day_in
from planning.workspace.values import Person

Preview = Callable[[Register, Schedule, Person, datetime], Sequence[Block]]


def _executive(register: Register, _schedule: Schedule, _reader: Person, now: datetime) -> Sequence[Block]:
    digest = preview(register, now)
    return digest_message(digest, standings=standings_of(register, digest, now), table=False, press=False).blocks


def _department(register: Register, schedule: Schedule, _reader: Person, now: datetime) -> Sequence[Block]:
    return department_digest(preview_department(register, schedule, now), press=False).blocks


def _personal(register: Register, _schedule: Schedule, reader: Person, now: datetime) -> Sequence[Block]:
    person = register.people.by_id(reader.id)
    needs = needs_of(register, person, now, register.initiatives.portfolio(now))
    return morning_message(needs, day_in(person.zone, now)).blocks if needs.total else [paragraph(NO_LIST)]


def _check_in(register: Register, _schedule: Schedule, _reader: Person, now: datetime) -> Sequence[Block]:
    return asked_blocks(asked_by(register, now))


def _pulse(register: Register, schedule: Schedule, _reader: Person, now: datetime) -> Sequence[Block]:
    return pulse_blocks(hindrance(register, schedule.zone, now), *asked_quarterly(register, schedule.zone, now))


def _season(register: Register, schedule: Schedule, reader: Person, now: datetime) -> Sequence[Block]:
    quarter = quarter_of_day(quarter_after(day_in(schedule.zone, now)))
    return outlook_message(replace(outlook_of(register, quarter, reader, now), may_open=False)).blocks


def _nightly(register: Register, schedule: Schedule, reader: Person, _now: datetime) -> Sequence[Block]:
    past = register.schedules.history(schedule.id, HISTORY).items
    return night_blocks(next((one for one in past if one.state is OccurrenceState.DONE), None), reader.zone)


def _escalation(register: Register, _schedule: Schedule, _reader: Person, now: datetime) -> Sequence[Block]:
    return decisions_blocks(len(escalating(register, now)))


PREVIEWS: Mapping[ScheduleKind, Preview] = {
    ScheduleKind.EXECUTIVE: _executive,
    ScheduleKind.DEPARTMENT: _department,
    ScheduleKind.PERSONAL: _personal,
    ScheduleKind.CHECK_IN: _check_in,
    ScheduleKind.PULSE: _pulse,
    ScheduleKind.SEASON: _season,
    ScheduleKind.NIGHTLY: _nightly,
    ScheduleKind.ESCALATION: _escalation,
}
