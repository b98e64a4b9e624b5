"""What became of decisions, one sentence each, for the next digest."""

from dataclasses import replace
from datetime import datetime, timedelta

from planning.decisions.asking import still_asked
from planning.decisions.values import Decision, Ruling
from planning.findings.facts.base import listed
from planning.findings.values import Choice, Finding, State
from planning.plans.values import Outcome, Plan, PlanState
from planning.register import Register
from planning.text import clip

REMEMBERED = timedelta(weeks=8)
SHOWN, NAME, NAMED = 6, 60, 3
_SETTLED = {
    Choice.PLAN: "plan it together",
    Choice.COORDINATE: "coordinate",
    Choice.JOIN: "joined them",
    Choice.DIFFERENT: "say that they are truly different",
    Choice.SNOOZE: "will look at it later",
    Choice.LEAVE: "left it as it is",
}


def became(register: Register, now: datetime) -> tuple[str, ...]:
    """What became of the decisions asked for in earlier digests, then how many more there are."""
    told = [_sentence(register, decision, now) for decision in to_tell(register, now)]
    hidden = len(told) - SHOWN
    return (*told[:SHOWN], *([f"…and {hidden} more."] if hidden > 0 else []))


def mark_told(register: Register, now: datetime) -> None:
    """A digest tells of them now; what somebody still has to decide is told again in the next one."""
    for decision in to_tell(register, now):
        if not _is_pending(decision, register.findings.by_id(decision.finding), now):
            register.decisions.save(replace(decision, told_at=now))


def to_tell(register: Register, now: datetime) -> list[Decision]:
    """Those that were ruled on or are no longer needed, and of which no digest has told."""
    ruled = [one for one in register.decisions.ruled(now - REMEMBERED) if one.told_at is None]
    untold = [one for one in register.decisions.open() if one.told_at is None and one.asked_at > now - REMEMBERED]
    return [*ruled, *(one for one in untold if still_asked(register, one, now) is None)]


def _is_pending(decision: Decision, finding: Finding, now: datetime) -> bool:
    handed = finding.handed is not None and finding.handed.to == decision.delegate
    return decision.ruling is Ruling.DELEGATE and handed and finding.state(now) is State.OPEN


def _sentence(register: Register, decision: Decision, now: datetime) -> str:
    finding = register.findings.by_id(decision.finding)
    references = [f"CX-{id}" for id in finding.found.initiatives()]
    hidden = len(references) - NAMED
    about = listed([*references[:NAMED], *([f"{hidden} more"] if hidden > 0 else [])])
    return f"{about}: {what_became(register, decision, finding, now)}"


def what_became(register: Register, decision: Decision, finding: Finding, now: datetime) -> str:
    """What became of one, without naming what it is about; it begins in small letters or with a name."""
    if decision.ruling is None:
        return f"no decision was needed; {_standing(finding, now)}"
    if decision.ruling is Ruling.DECLINE:
        return f"{_name(register, decision.by)} left it as it is."
    if decision.ruling is Ruling.DELEGATE:
        whom = _name(register, decision.delegate)
        pending = _is_pending(decision, finding, now)
        then = "who has not decided yet." if pending else _standing(finding, now)
        return f"{_name(register, decision.by)} gave it to {whom}{', ' if pending else '; '}{then}"
    plan = register.plans.by_id(decision.plan) if decision.plan is not None else None
    return f"{_name(register, decision.by)} approved it; {_planned(plan)}"


def _standing(finding: Finding, now: datetime) -> str:
    """What was said of it by whoever it is for."""
    if finding.state(now) is State.CLOSED:
        return "its cause has gone."
    if finding.verdict is not None and finding.state(now) is not State.OPEN:
        return f"its people {_SETTLED[finding.verdict.choice]}."
    return "it is with its leads again."


def _planned(plan: Plan | None) -> str:
    if plan is None or plan.state is PlanState.OFF:
        return "the plan was taken back."
    if plan.state is PlanState.CLOSED:
        return _CAME[plan.outcome] if plan.outcome else "its plan is closed."
    return "the plan is in force." if plan.state is PlanState.ACCEPTED else "its people are planning it together."


_CAME = {
    Outcome.KEPT: "its plan was kept.",
    Outcome.PARTLY: "its plan was kept in part.",
    Outcome.MISSED: "its plan was missed.",
}


def _name(register: Register, person: int | None) -> str:
    return clip(register.people.by_id(person).name, NAME) if person is not None else "Somebody"
