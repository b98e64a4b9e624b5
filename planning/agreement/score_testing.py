"""The “score!” test: the leads who share a stage say, each alone, what they measure it by and its target."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from planning.agreement.answers import SaidScore
from planning.agreement.opening import DAYS, open_poll
from planning.agreement.results import ScoreResult
from planning.agreement.scoring import score_result
from planning.agreement.tallying import reachable_leads
from planning.agreement.values import Invitation, Poll, PollKind
from planning.errors import FieldError, NotFound, PlanningError
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.findings.values import Member, Rule, State, Subject
from planning.initiatives.values import Initiative
from planning.journey.values import Journey, Stage
from planning.metrics.recording import value_fault
from planning.metrics.values import Metric
from planning.register import Register
from planning.similarity import Encoder
from planning.text import NAME_MAX, one_line
from planning.workspace.arranging import check_steward
from planning.workspace.hours import END, zone_of
from planning.workspace.rights import Right, Ties, may
from planning.workspace.values import Person

PEOPLE_LEAST = 2
UNIT_MAX = 30
GONE = "a stage that was taken out"


def open_score_test(register: Register, stage: int, actor: Person, now: datetime) -> Poll:
    """Ask those who share a stage; a steward or its owner begins it."""
    tested = stage_to_test(register, stage, actor)
    invited = sharers(register, tested, now)
    if len(invited) < PEOPLE_LEAST:
        raise PlanningError(too_few(tested, [person for person, _ in invited]))
    last_day = now.astimezone(zone_of(actor.zone)).date() + timedelta(days=DAYS)
    closes_at = datetime.combine(last_day, END, zone_of(actor.zone)).astimezone(now.tzinfo)
    return open_poll(register, PollKind.SCORE, (stage,), invited, len(invited), closes_at, actor, 0, now)


def stage_to_test(register: Register, id: int, actor: Person) -> Stage:
    """The stage; NotAllowed unless a steward or its owner asks."""
    stage = stage_of(register.journeys.current(), id)
    if stage is None:
        raise NotFound("That stage was taken out of the journey meanwhile. “/cx agree” shows those that are.")
    if not _may_test(stage, actor):
        check_steward(register, actor)
    return stage


def stages_to_test(journey: Journey, actor: Person) -> list[Stage]:
    """The stages whose score the person may have tested, in order."""
    ordered = sorted(journey.stages, key=lambda stage: stage.position)
    return [stage for stage in ordered if _may_test(stage, actor)]


def sharers(register: Register, stage: Stage, now: datetime) -> list[tuple[Person, int]]:
    """The leads of the departments with live initiatives on a stage, and its owner, each with a department.

    An owner without a department counts with the first of those.
    """
    people = register.people.all()
    departments = sorted(register.initiatives.portfolio(now).on_stage(stage.id))
    leads = {lead.id: (lead, one) for one in departments for lead in reachable_leads(one, people)}
    owner = next((one for one in people if one.id == stage.owner and one.reachable), None)
    home = owner.department or next(iter(departments), None) if owner else None
    owners = {owner.id: (owner, home)} if owner and home is not None else {}
    return [pair for _, pair in sorted({**owners, **leads}.items())]


def too_few(stage: Stage, people: Sequence[Person]) -> str:
    """Why a stage cannot be tested, and what to do."""
    named = f"only {people[0].name}" if people else "nobody"
    return (
        f"“{stage.name}” is shared by too few: {named} could be asked. It takes two of the leads of departments with "
        "live initiatives there and the stage’s owner. Name leads or an owner first: /cx setup."
    )


def said_score(metric: Metric | None, measure: str, target: float, unit: str) -> SaidScore:
    """What a person says: a metric on record or a measure in their own words. Raises FieldError."""
    measure, unit = one_line(measure), one_line(unit)
    faults = {
        "measure": _fault_of_measure(metric, measure),
        "target": value_fault(target) or "",
        "unit": f"Use at most {UNIT_MAX} characters." if len(unit) > UNIT_MAX else "",
    }
    if errors := {field: fault for field, fault in faults.items() if fault}:
        raise FieldError(errors)
    if metric is None:
        return SaidScore(measure=measure, target=target, unit=unit)
    return SaidScore(measure=metric.name, target=target, unit=unit or metric.unit, metric=metric.id)


def of_score(register: Register, poll: Poll, invitations: Sequence[Invitation], encoder: Encoder) -> ScoreResult:
    """What the leads named, and whether it is one measure and one target."""
    (id,) = poll.about
    stage = stage_of(register.journeys.current(), id)
    answers = [one.answer for one in invitations if isinstance(one.answer, SaidScore)]
    metrics = {metric.id: metric.name for metric in register.metrics.all()}
    return score_result(id, stage.name if stage else GONE, answers, len(invitations), metrics, encoder)


def after_score(register: Register, _poll: Poll, now: datetime) -> None:
    """A difference becomes a gap, agreement closes it."""
    detect(register, Change(None), now)


def to_settle(register: Register, initiatives: Collection[Initiative], now: datetime) -> list[str]:
    """The names of the stages that two of the initiatives share and whose score is disputed."""
    stages = [stage for one in initiatives for stage in one.draft.stages]
    shared = {Member(Subject.STAGE, stage) for stage in stages if stages.count(stage) > 1}
    found = [one for one in register.findings.touching(shared) if one.found.rule is Rule.SCORE_DISPUTED]
    disputed = {one.found.members[0].id for one in found if one.state(now) is State.OPEN}
    names = register.journeys.current().stage_names()
    return [name for id, name in names.items() if id in disputed]


def stage_of(journey: Journey, id: int) -> Stage | None:
    """The stage with a number, while it is in the journey."""
    return next((stage for stage in journey.stages if stage.id == id), None)


def _may_test(stage: Stage, actor: Person) -> bool:
    return may(actor, Right.TEST_SCORE, Ties(owners=(stage.owner,)))


def _fault_of_measure(metric: Metric | None, measure: str) -> str:
    if metric is None and not measure:
        return "Choose a metric above, or name a measure here."
    if metric is not None and measure:
        return "Name one measure: take this out, or the metric above."
    return f"Use at most {NAME_MAX} characters." if len(measure) > NAME_MAX else ""
