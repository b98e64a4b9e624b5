"""The pulse: a few people of each department say, each alone, on which stage the same three initiatives work.

It begins by itself in each quarter after the one in which the journey was ratified or the last pulse began, and
whenever a steward wants to know.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from planning.agreement.answers import TaggedInitiatives
from planning.agreement.opening import ASKED_MAX, DAYS, fault_of_size, open_poll
from planning.agreement.pulse_alpha import pulse_result
from planning.agreement.ratifying import last_ratified
from planning.agreement.results import PulseResult
from planning.agreement.sampling import drawn, lot
from planning.agreement.values import Invitation, Poll, PollKind
from planning.errors import FieldError, PlanningError
from planning.initiatives.values import Initiative
from planning.portfolio.measurements import quarter_of
from planning.register import Register
from planning.schedules.tasks import Done, Result, Skipped, Task, Wait
from planning.similarity import Encoder
from planning.workspace.arranging import check_steward
from planning.workspace.hours import END, zone_of
from planning.workspace.rights import Right
from planning.workspace.values import Person

SIZE, SIZES = 3, range(1, 11)
"""How many people of each department are asked, unless said otherwise, and may be."""
TAGGED = 3
STAGES_LEAST = 2
PEOPLE_LEAST = 3
"""Fewer answers would tell who said what."""
CLEAR = 40
"""A customer problem in fewer characters says too little to be put on a stage by people who do not know it."""
_FRIDAY = 4
DAY = timedelta(days=1)
NOT_YET = "A pulse is asked once in a quarter, and first in the one after the journey was agreed on."


def open_pulse(register: Register, size: int, actor: Person, seed: int, now: datetime) -> Poll:
    """Ask `size` people of each department, because a steward wants to know now."""
    check_steward(register, actor, Right.RUN_AGREEMENT)
    if faults := fault_of_size(size, SIZES, len(drawn(register.people.all(), size, seed))):
        raise FieldError(faults)
    if told := lacking(register, size, seed, now):
        raise PlanningError(told)
    return _open(register, size, actor, seed, actor.zone, now)


def begin_quarterly(task: Task) -> Result:
    """Ask anew when a quarter has begun; what is lacking is waited for, and weekends are left alone.

    Where a company has so many departments that it would be too many people, fewer of each are asked.
    """
    register, zone, now = task.register, task.schedule.zone, task.now
    quarter = quarter_of(now.astimezone(zone_of(zone)).date())
    if not _due(register, quarter, zone):
        return Skipped(NOT_YET)
    if told := hindrance(register, zone, now):
        return Wait(now + DAY, told)
    poll = _open(register, _size(register), None, quarter.toordinal(), zone, now)
    return Done({"poll": poll.id})


def hindrance(register: Register, zone: str, now: datetime) -> str:
    """Why the pulse of this quarter does not begin now; empty when it does."""
    today = now.astimezone(zone_of(zone)).date()
    quarter = quarter_of(today)
    if not _due(register, quarter, zone):
        return NOT_YET
    return _in_the_way(register, today) or lacking(register, _size(register), quarter.toordinal(), now)


def asked_quarterly(register: Register, zone: str, now: datetime) -> tuple[int, list[Initiative]]:
    """How many people the pulse of this quarter asks, and about which initiatives."""
    seed = quarter_of(now.astimezone(zone_of(zone)).date()).toordinal()
    people = drawn(register.people.all(), _size(register), seed)
    return len(people), chosen(register.initiatives.portfolio(now).initiatives, seed)


def lacking(register: Register, size: int, seed: int, now: datetime) -> str:
    """What a pulse still needs, and how to get it; empty when nothing."""
    stages = len(register.journeys.current().stages)
    clear = len(chosen(register.initiatives.portfolio(now).initiatives, seed))
    if stages < STAGES_LEAST:
        return (
            f"A pulse needs at least {STAGES_LEAST} stages, and the journey has {stages}. Write them first: /cx setup."
        )
    if clear < TAGGED:
        return (
            f"A pulse needs {TAGGED} live initiatives that say in {CLEAR} characters or more which customer problem "
            f"they solve, and there are {clear}. Register more, or say more with /cx edit."
        )
    if len(drawn(register.people.all(), size, seed)) < PEOPLE_LEAST:
        return f"A pulse needs at least {PEOPLE_LEAST} people in Slack who belong to a department. Add them: /cx setup."
    return ""


def chosen(initiatives: Iterable[Initiative], seed: int) -> list[Initiative]:
    """Three live initiatives with a clear text, drawn with the seed; of three departments where there are so many."""
    clear = [one for one in initiatives if one.live and len(one.draft.problem) >= CLEAR]
    by_lot = sorted(clear, key=lambda one: lot(one.id, seed))
    firsts = list({one.draft.department: one for one in reversed(by_lot)}.values())
    wanted = sorted(firsts, key=lambda one: lot(one.id, seed)) + [one for one in by_lot if one not in firsts]
    return sorted(wanted[:TAGGED], key=lambda one: one.id)


def tagged(tags: Mapping[int, int | None], about: Sequence[int], stages: Iterable[int]) -> TaggedInitiatives:
    """What a person says: initiative → stage, None where they cannot tell. Raises FieldError, `tag_<initiative>`."""
    known = set(stages)
    gone = [it for it in about if (stage := tags.get(it)) is not None and stage not in known]
    if gone:
        raise FieldError({f"tag_{it}": "That stage was taken out meanwhile. Choose another one." for it in gone})
    return TaggedInitiatives(tags=tuple((it, stage) for it in about if (stage := tags.get(it)) is not None))


def of_pulse(register: Register, poll: Poll, invitations: Sequence[Invitation], _encoder: Encoder) -> PulseResult:
    """How far people agree; tags with a stage that is gone are left out and counted."""
    stages = register.journeys.current().stage_names()
    answers = [one.answer for one in invitations if isinstance(one.answer, TaggedInitiatives)]
    gone = sum(stage not in stages for answer in answers for _, stage in answer.tags)
    result = pulse_result(invitations, {id: f"CX-{id}" for id in poll.about}, stages)
    return result.model_copy(update={"left_out": gone})


def _last(register: Register) -> Poll | None:
    return next(iter(register.polls.of_kind(PollKind.PULSE, 1)), None)


def _in_the_way(register: Register, today: date) -> str:
    if (last := _last(register)) and last.open:
        return "The last pulse is still open."
    return "Weekends are left alone." if today.weekday() > _FRIDAY else ""


def _due(register: Register, quarter: date, zone: str) -> bool:
    """Whether the last pulse began, or else the journey was ratified, before this quarter."""
    last, ratified = _last(register), last_ratified(register)
    moments = [last.opened_at] if last else [ratified.closed_at or ratified.opened_at] if ratified else []
    return any(quarter_of(at.astimezone(zone_of(zone)).date()) < quarter for at in moments)


def _open(register: Register, size: int, actor: Person | None, seed: int, zone: str, now: datetime) -> Poll:
    about = [one.id for one in chosen(register.initiatives.portfolio(now).initiatives, seed)]
    last_day = now.astimezone(zone_of(zone)).date() + timedelta(days=DAYS)
    closes_at = datetime.combine(last_day, END, zone_of(zone)).astimezone(now.tzinfo)
    invited = drawn(register.people.all(), size, seed)
    return open_poll(register, PollKind.PULSE, about, invited, size, closes_at, actor, seed, now)


def _size(register: Register) -> int:
    """As many of each department as are asked by itself; never fewer than one."""
    people = register.people.all()
    return next((size for size in range(SIZE, 1, -1) if len(drawn(people, size, 0)) <= ASKED_MAX), 1)
