"""The ledger's pages of due times: each was done, or skipped for a reason that is true, and made what it should."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime

from bot.scheduling.due_times import next_due
from planning.alerts.preferences import Preferences
from planning.checkins.asking import NOBODY
from planning.outbox.values import MessageKind
from planning.schedules.claiming import OVERTAKEN, TOO_LATE
from planning.schedules.values import GRACE, Occurrence, OccurrenceState, Schedule, ScheduleKind
from planning.workspace.hours import Hours, day_in
from tests.chaos.books import Books, Ledger
from tests.chaos.company import STARTS_AT

ENDED = (OccurrenceState.DONE, OccurrenceState.SKIPPED)
MADE = {
    ScheduleKind.EXECUTIVE: MessageKind.DIGEST,
    ScheduleKind.DEPARTMENT: MessageKind.DEPARTMENT_DIGEST,
    ScheduleKind.PERSONAL: MessageKind.MORNING,
}
"""Schedules of which each done occurrence is one message."""

Told = Callable[[Schedule, Occurrence, Collection[Occurrence], Books], bool]
"""Whether the reason of one that was skipped is true, as far as anybody can tell afterwards."""


def _was_late(schedule: Schedule, one: Occurrence, _others: Collection[Occurrence], _books: Books) -> bool:
    return one.claimed_at - one.due_at > GRACE[schedule.kind]


def _was_overtaken(_schedule: Schedule, one: Occurrence, others: Collection[Occurrence], _books: Books) -> bool:
    return any(one.due_at < other.due_at <= one.claimed_at for other in others)


def _was_off(schedule: Schedule, one: Occurrence, _others: Collection[Occurrence], books: Books) -> bool:
    person = books.people[schedule.subject]
    return not Hours.of(person, Preferences(person.id)).on(day_in(person.zone, one.claimed_at))


def _is_personal(schedule: Schedule, _one: Occurrence, _others: Collection[Occurrence], _books: Books) -> bool:
    return schedule.kind is ScheduleKind.PERSONAL


def _is_check_in(schedule: Schedule, _one: Occurrence, _others: Collection[Occurrence], _books: Books) -> bool:
    return schedule.kind is ScheduleKind.CHECK_IN


REASONS: Mapping[str, Told] = {
    TOO_LATE: _was_late,
    OVERTAKEN: _was_overtaken,
    "It is a day off.": _was_off,
    "Nothing needed them.": _is_personal,
    NOBODY: _is_check_in,
}


def count_occurrences(ledger: Ledger, books: Books, until: datetime) -> None:
    """Each due time of each schedule was done or skipped with its reason, and what is done is one message."""
    for schedule, occurrences in books.occurrences.items():
        known = {one.due_at: one for one in occurrences}
        for due_at in due_times(schedule, until):
            if due_at not in known:
                ledger.wrong(f"{schedule.kind} {schedule.id} was due at {due_at}, and nobody noticed")
        for one in known.values():
            ledger.counts[f"due {one.state.name.lower()}"] += 1
            ledger.counts[f"{schedule.kind} {one.state.name.lower()}" + (f": {one.reason}" if one.reason else "")] += 1
            _check_occurrence(ledger, schedule, one)
            if one.state is OccurrenceState.SKIPPED:
                _check_skipped(ledger, schedule, one, occurrences, books)
        _check_made(ledger, schedule, occurrences, books)


def due_times(schedule: Schedule, until: datetime) -> Iterator[datetime]:
    """When it was due, from the first day on."""
    due_at = next_due(schedule, STARTS_AT)
    while due_at <= until:
        yield due_at
        due_at = next_due(schedule, due_at)


def _check_occurrence(ledger: Ledger, schedule: Schedule, one: Occurrence) -> None:
    named = f"{schedule.kind} {schedule.id} of {one.due_at}"
    if one.state not in ENDED:
        ledger.wrong(f"{named} is {one.state.name.lower()}: {one.reason} ({one.attempts} attempts, {one.not_before})")


def _check_skipped(
    ledger: Ledger, schedule: Schedule, one: Occurrence, others: Collection[Occurrence], books: Books
) -> None:
    is_true = REASONS.get(one.reason)
    if is_true is None or not is_true(schedule, one, others, books):
        named = f"{schedule.kind} {schedule.id} of {one.due_at}"
        ledger.wrong(f"{named} was skipped at {one.claimed_at}, and that is no reason: “{one.reason}”")


def _check_made(ledger: Ledger, schedule: Schedule, occurrences: Collection[Occurrence], books: Books) -> None:
    done = [one for one in occurrences if one.state is OccurrenceState.DONE]
    if schedule.kind is ScheduleKind.CHECK_IN:
        _check_asked(ledger, done, books)
    kind = MADE.get(schedule.kind)
    if kind is None:
        return
    ids = {schedule.subject} if schedule.kind is ScheduleKind.PERSONAL else {one.id for one in occurrences}
    made = sum(one.posting.kind is kind and one.posting.subject in ids for one in books.outbox)
    if len(done) != made:
        ledger.wrong(f"{schedule.kind} {schedule.id} was done {len(done)} times and made {made} messages")


def _check_asked(ledger: Ledger, done: Collection[Occurrence], books: Books) -> None:
    """Each person who was asked at a due time has one message about it, and nobody else has any."""
    asked = {(one.person, one.asked_at) for one in books.check_ins}
    told = [one.posting.delivery_key for one in books.outbox if one.posting.kind is MessageKind.CHECK_IN]
    wanted = sorted(f"check_in:{person}:{at.isoformat()}" for person, at in asked)
    if sorted(told) != wanted:
        ledger.wrong(f"check-ins asked and told differ: {sorted(set(wanted).symmetric_difference(told))}")
    for one in done:
        said = (one.content or {}).get("initiatives")
        made = sum(check_in.asked_at == one.due_at for check_in in books.check_ins)
        if said != made:
            ledger.wrong(f"the check-in of {one.due_at} says that it asked {said} times, and did {made} times")
    if {at for _, at in asked} != {one.due_at for one in done}:
        ledger.wrong("check-ins were asked at other times than those that were done")
    ledger.counts["check-ins matched"] += len(wanted)
