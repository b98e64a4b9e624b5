"""Asking owners how their initiatives stand: one message each, in their own hours."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from planning.alerts.preferences import Notice, Preferences
from planning.alerts.reaching import reached
from planning.checkins.values import CheckIn
from planning.initiatives.values import Initiative, Status
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.schedules.tasks import Done, Skipped, Task
from planning.workspace.hours import day_in
from planning.workspace.values import Person

SOON = timedelta(days=14)
"""What begins by then is asked about as well."""
AWAY = timedelta(days=5)
"""Who cannot be told for longer than that is asked next time: an old question would come beside a new one."""
REMEMBERED = timedelta(days=100)
"""How old a question may be whose message is drawn again when it is put anew."""
NOBODY = "No initiative that is under way has an owner who can be asked now."


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is to be asked, when they can be told, and about what."""

    person: Person
    told_at: datetime
    initiatives: Sequence[Initiative]


def ask_owners(task: Task) -> Done | Skipped:
    """Put the question to every owner who can be told; the due time names it, so that it is put once."""
    register, now, asked_at = task.register, task.now, task.occurrence.due_at
    asked = asked_by(register, now)
    if not asked:
        return Skipped(NOBODY)
    _redraw_former(register, asked, asked_at)
    questions = [_new(initiative, one, asked_at) for one in asked for initiative in one.initiatives]
    kept = register.check_ins.add_all(questions)
    firsts = {one.person: one.id for one in reversed(kept)}
    for one in asked:
        register.postings.add(_posting(one, firsts[one.person.id], asked_at), now)
    return Done({"people": len(asked), "initiatives": len(kept)})


def asked_by(register: Register, now: datetime) -> list[Asked]:
    """Whom a check-in would ask now."""
    today = day_in(register.workspaces.current().zone, now)
    due = [one for one in register.initiatives.holdings().initiatives if is_due(one, today)]
    return whom_to_ask(due, register.people.all(), register.preferences.all(), now)


def is_due(initiative: Initiative, today: date) -> bool:
    """Whether it is under way, or planned to begin within two weeks at the latest."""
    draft = initiative.draft
    if draft.status is Status.ACTIVE:
        return True
    return draft.status is Status.PLANNED and draft.starts_on is not None and draft.starts_on <= today + SOON


def whom_to_ask(
    initiatives: Iterable[Initiative], people: Iterable[Person], wanted: Mapping[int, Preferences], now: datetime
) -> list[Asked]:
    """Their owners, but for those who switched reminders off, are not in Slack or are away for long."""
    owned: defaultdict[int, list[Initiative]] = defaultdict(list)
    for one in initiatives:
        if one.draft.owner is not None:
            owned[one.draft.owner].append(one)
    owners = [person for person in people if person.id in owned]
    times = [reached(one, wanted.get(one.id, Preferences(one.id)), Notice.REMINDERS, now) for one in owners]
    told = [(one, at) for one, at in zip(owners, times, strict=True) if at is not None and at - now <= AWAY]
    return [Asked(one, at, sorted(owned[one.id], key=_number)) for one, at in told]


def _number(initiative: Initiative) -> int:
    return initiative.id


def _new(initiative: Initiative, asked: Asked, asked_at: datetime) -> CheckIn:
    return CheckIn(0, initiative.id, asked.person.id, asked_at)


def _posting(asked: Asked, first: int, asked_at: datetime) -> Posting:
    return Posting(
        f"check_in:{asked.person.id}:{asked_at.isoformat()}",
        MessageKind.CHECK_IN,
        first,
        Address.person(str(asked.person.slack_id)),
        {"asked_at": asked_at.isoformat()},
        not_before=asked.told_at,
    )


def _redraw_former(register: Register, asked: Iterable[Asked], asked_at: datetime) -> None:
    """The messages by which they were asked before say that there is a newer one."""
    people = {one.person.id for one in asked}
    former = [one for one in register.check_ins.since(asked_at - REMEMBERED) if one.person in people]
    newest = {one.person: one.asked_at for one in former}
    firsts = {one.person: one.id for one in reversed(former) if one.asked_at == newest[one.person]}
    register.postings.revise(MessageKind.CHECK_IN, *sorted(firsts.values()))
