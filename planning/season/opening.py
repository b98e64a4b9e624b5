"""Opening a planning season: once a quarter, four weeks before it begins, or when a steward says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from planning.alerts.preferences import Notice, Preferences
from planning.alerts.reaching import reached
from planning.audit.values import Entry
from planning.errors import AlreadyDone, NotAllowed
from planning.outbox.values import MessageKind, Posting
from planning.plans.party import GROUP_MAX, address_of
from planning.proposals.requesting import ask_for
from planning.proposals.scoping import quarter_of_day
from planning.proposals.values import About, AboutKind
from planning.register import Register
from planning.schedules.tasks import Done, Skipped, Task
from planning.schedules.values import ScheduleKind
from planning.season.gathering import Season
from planning.season.quarters import quarter_after, quarter_words
from planning.season.values import StageSeason
from planning.workspace.arranging import check_steward
from planning.workspace.hours import day_in
from planning.workspace.rights import Right
from planning.workspace.values import Person


@dataclass(frozen=True, slots=True)
class Invited:
    """A stage that departments share, and its leads: those whom Concord tells, and those whom it cannot or may not."""

    season: StageSeason
    told: tuple[Person, ...]
    left_out: tuple[Person, ...]
    at: datetime
    """The first moment at which all of them are at work."""


def open_next(task: Task) -> Done | Skipped:
    """Open the season of the quarter after its due time, however late it is, unless a steward has done so already."""
    quarter = quarter_of_day(quarter_after(day_in(task.schedule.zone, task.occurrence.due_at)))
    if is_opened(task.register, quarter):
        return Skipped(f"The season of {quarter_words(quarter)} was opened before.")
    _open(task.register, quarter, None, task.now)
    return Done({"quarter": quarter})


def open_season(register: Register, quarter: str, actor: Person, now: datetime) -> list[Invited]:
    """Open it now, once: a steward wants to plan this quarter or the next one."""
    check_steward(register, actor, Right.OPEN_SEASON)
    if is_opened(register, quarter):
        raise AlreadyDone(f"The season of {quarter_words(quarter)} is open already; its messages are there.")
    if quarter not in open_quarters(day_in(register.workspaces.current().zone, now)):
        raise NotAllowed("A season can be opened for this quarter or the next one.")
    return _open(register, quarter, actor, now)


def open_quarters(today: date) -> tuple[str, str]:
    """This quarter and the next one."""
    return quarter_of_day(today), quarter_of_day(quarter_after(today))


def is_opened(register: Register, quarter: str) -> bool:
    """Whether its season was opened, by itself or by hand."""
    return register.audit.last([_subject(quarter)]) is not None


def opens_by_itself(register: Register, quarter: str) -> datetime | None:
    """When the season of a quarter is opened by itself; None when it is another one's turn, or nobody's."""
    schedule = register.schedules.of(ScheduleKind.SEASON)
    if schedule is None or schedule.paused or schedule.skips_at == schedule.next_due_at:
        return None
    opened = quarter_of_day(quarter_after(day_in(schedule.zone, schedule.next_due_at)))
    return schedule.next_due_at if opened == quarter else None


def invitations(register: Register, season: Season, now: datetime) -> list[Invited]:
    """Who would be told of which stage, and when; the same people are told when it is opened."""
    wanted = register.preferences.all()
    return [_invited(stage, season, wanted, now) for stage in season.shared]


def about_stage(season: StageSeason) -> About:
    """What the proposal of a stage's season is about."""
    return About(kind=AboutKind.STAGE, id=season.stage, quarter=season.quarter)


def about_quarter(quarter: str) -> About:
    """What the proposal of the whole portfolio is about."""
    return About(kind=AboutKind.QUARTER, quarter=quarter)


def _open(register: Register, quarter: str, actor: Person | None, now: datetime) -> list[Invited]:
    season = Season(register.initiatives.portfolio(now), quarter)
    invited = invitations(register, season, now)
    for one in invited:
        _tell(register, one, now)
    if season.live:
        ask_for(register, about_quarter(quarter), None, now)
    stages: dict[str, object] = {"stages": [one.season.stage for one in invited if one.told]}
    register.audit.add(Entry(now, "season.opened", _subject(quarter), actor.id if actor else None, stages))
    return invited


def _tell(register: Register, invited: Invited, now: datetime) -> None:
    """One conversation for each stage."""
    address, season = address_of(invited.told), invited.season
    if address is None:
        return
    proposal = ask_for(register, about_stage(season), None, now)
    later = invited.at if invited.at > now else None
    payload: dict[str, object] = {"stage": season.stage, "quarter": season.quarter}
    key = f"season:{season.quarter}:{season.stage}"
    posting = Posting(key, MessageKind.SEASON, proposal.id, address, payload, not_before=later)
    register.postings.add(posting, now)


def _invited(season: StageSeason, whole: Season, wanted: Mapping[int, Preferences], now: datetime) -> Invited:
    leads = [*_leads(season, whole)]
    usual = {one.id: wanted.get(one.id) or Preferences(one.id) for one in leads}
    moments = {one.id: reached(one, usual[one.id], Notice.SEASON, now) for one in leads}
    told = [one for one in leads if moments[one.id] is not None][:GROUP_MAX]
    at = max((moment for one in told if (moment := moments[one.id]) is not None), default=now)
    return Invited(season, tuple(told), tuple(one for one in leads if one not in told), at)


def _leads(season: StageSeason, whole: Season) -> Iterator[Person]:
    """The first lead of each department, then the others: a conversation may be too small for all."""
    each = [whole.portfolio.leads_of(department) for department in season.departments]
    for place in range(max(map(len, each), default=0)):
        yield from (leads[place] for leads in each if place < len(leads))


def _subject(quarter: str) -> str:
    return f"season:{quarter}"
