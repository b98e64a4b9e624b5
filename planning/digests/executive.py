"""The executives’ digest: composed when it is due, and never twice for one due time."""

from datetime import datetime

from planning.decisions.asking import asked_now
from planning.decisions.telling import became, mark_told
from planning.digests.composing import Pushed, compose
from planning.digests.values import Digest
from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.closing import kept_lately
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.schedules.tasks import Done, Task
from planning.schedules.values import Schedule, ScheduleKind
from planning.scoreboard.composing import scoreboard_of


def send_digest(task: Task) -> Done:
    """Compose it and queue it for its channel."""
    register, schedule, due_at = task.register, task.schedule, task.occurrence.due_at
    digest = _composed(register, schedule, task.now)
    mark_told(register, task.now)
    key = f"digest:{schedule.id}:{due_at.isoformat()}"
    posting = Posting(key, MessageKind.DIGEST, task.occurrence.id, Address.channel(schedule.channel))
    register.postings.add(posting, task.now)
    return Done(digest.model_dump(mode="json"))


def preview(register: Register, now: datetime) -> Digest:
    """The digest as it would be sent now; nothing is written."""
    return _composed(register, register.schedules.of(ScheduleKind.EXECUTIVE), now)


def _composed(register: Register, schedule: Schedule | None, now: datetime) -> Digest:
    since = register.schedules.last_done_at(schedule.id) if schedule else None
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
