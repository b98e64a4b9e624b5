"""When a digest is made: claimed once for each due time, whoever asks and however often."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planning.audit.values import Entry
from planning.decisions.asking import asked_now
from planning.decisions.telling import became, mark_told
from planning.digests.composing import Pushed, compose
from planning.digests.values import WEEKDAYS, Digest, Occurrence, Schedule
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.closing import kept_lately
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.scoreboard.composing import scoreboard_of
from planning.workspace.values import Person, Role

GRACE = timedelta(days=6, hours=23)
"""A digest that is later than this is left out: the next one is about to say it all."""

NextDue = Callable[[Schedule, datetime], datetime]
"""The first moment after the given one at which the schedule is due."""


def save_schedule(
    register: Register,
    channel: str,
    weekday: int,
    hour: int,
    minute: int,
    zone: str,
    actor: Person,
    now: datetime,
    next_due: NextDue,
) -> Schedule:
    """Say when and where the executive digest goes; a workspace has one schedule, and the last word counts."""
    _must_have(actor, {Role.STEWARD}, "Only a steward can change when the digest is sent. Ask one of yours.")
    _check(channel, weekday, hour, minute, zone)
    old = next(iter(register.schedules.all()), None)
    wanted = Schedule(old.id if old else 0, channel, weekday, hour, minute, zone, now)
    due = replace(wanted, next_due_at=next_due(wanted, now))
    schedule = _kept(register, old, due)
    details: dict[str, object] = {"channel": channel, "when": str(schedule)}
    register.audit.add(Entry(now, "schedule.saved", f"schedule:{schedule.id}", actor.id, details))
    return schedule


def claim_due(register: Register, now: datetime, next_due: NextDue, grace: timedelta = GRACE) -> list[Occurrence]:
    """Make what is due: the latest missed due time of each schedule, once; earlier ones are recorded as skipped."""
    claimed = (_claim_latest(register, schedule, now, next_due, grace) for schedule in register.schedules.due(now))
    return [occurrence for occurrence in claimed if occurrence is not None]


def send_now(register: Register, schedule_id: int, previewed_at: datetime, actor: Person, now: datetime) -> Occurrence:
    """Send the digest that was previewed at `previewed_at`; pressing twice sends once."""
    _must_have(actor, _SENDERS, "Only executives and stewards can send the digest. Ask one of them.")
    schedule = register.schedules.by_id(schedule_id)
    occurrence = _claim(register, schedule, previewed_at, now, actor)
    if occurrence is None:
        raise AlreadyDone("This digest was sent already. Type “/cx digest” for a fresh preview.")
    return occurrence


def may_send(person: Person) -> bool:
    """Whether the person may send a digest out of turn."""
    return bool(_SENDERS & person.roles)


def preview(register: Register, now: datetime) -> Digest:
    """The digest as it would be sent now; nothing is written."""
    return _composed(register, next(iter(register.schedules.all()), None), now)


_OVERTAKEN = "Concord was not running, and a later digest was due as well."
_TOO_LATE = "Concord was not running, and the next digest is nearly due."
_SENDERS = frozenset({Role.EXECUTIVE, Role.STEWARD})


def _must_have(actor: Person, roles: frozenset[Role] | set[Role], refusal: str) -> None:
    if not actor.roles & roles:
        raise NotAllowed(refusal)


def _check(channel: str, weekday: int, hour: int, minute: int, zone: str) -> None:
    faults = {
        "channel": "" if channel else "Choose the channel of the executives.",
        "weekday": "" if weekday in range(len(WEEKDAYS)) else "Choose a day of the week.",
        "time": "" if hour in range(24) and minute in range(60) else "Choose a time between 00:00 and 23:59.",
        "zone": "" if _known(zone) else f"“{zone}” is not a time zone. Write one such as Europe/Berlin.",
    }
    errors = {field: fault for field, fault in faults.items() if fault}
    if errors:
        raise FieldError(errors)


def _known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(zone)


def _kept(register: Register, old: Schedule | None, schedule: Schedule) -> Schedule:
    if old is None:
        return register.schedules.add(schedule)
    register.schedules.save(schedule)
    return schedule


def _claim_latest(
    register: Register, schedule: Schedule, now: datetime, next_due: NextDue, grace: timedelta
) -> Occurrence | None:
    *earlier, latest = _missed(schedule, now, next_due)
    for due_at in earlier:
        register.schedules.skip(schedule.id, due_at, now, _OVERTAKEN)
    register.schedules.save(replace(schedule, next_due_at=next_due(schedule, now)))
    if now - latest > grace:
        register.schedules.skip(schedule.id, latest, now, _TOO_LATE)
        return None
    return _claim(register, schedule, latest, now)


def _missed(schedule: Schedule, now: datetime, next_due: NextDue) -> list[datetime]:
    """The due times up to now that were neither made nor skipped, oldest first."""
    missed = [schedule.next_due_at]
    while (following := next_due(schedule, missed[-1])) <= now:
        missed.append(following)
    return missed


def _claim(
    register: Register, schedule: Schedule, due_at: datetime, now: datetime, actor: Person | None = None
) -> Occurrence | None:
    """Compose, keep and queue in the caller's unit of work; None when that due time is taken."""
    occurrence = register.schedules.claim(schedule.id, due_at, now, _composed(register, schedule, now))
    if occurrence is None:
        return None
    mark_told(register, now)
    key = f"digest:{schedule.id}:{due_at.isoformat()}"
    register.postings.add(Posting(key, MessageKind.DIGEST, occurrence.id, Address.channel(schedule.channel)), now)
    details: dict[str, object] = {"schedule": schedule.id, "due_at": due_at.isoformat()}
    register.audit.add(Entry(now, "digest.claimed", f"digest:{occurrence.id}", actor.id if actor else None, details))
    return occurrence


def _composed(register: Register, schedule: Schedule | None, now: datetime) -> Digest:
    since = register.schedules.last_digest_at(schedule.id) if schedule else None
    portfolio = register.initiatives.portfolio(now)
    return compose(
        register.workspaces.current().name,
        portfolio,
        register.findings.standing(),
        register.audit.since(since),
        schedule,
        since,
        now,
        scores=scoreboard_of(register, portfolio),
        pushed=_pushed(register, portfolio, now),
    )


def _pushed(register: Register, portfolio: Portfolio, now: datetime) -> Pushed:
    plans = kept_lately(register, now, portfolio.today)
    return Pushed(tuple(asked_now(register, now)), became(register, now), plans)
