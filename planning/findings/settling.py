"""What people say of an overlap, and taking it back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planning.alerts.announcing import announce_again
from planning.alerts.news import news
from planning.errors import AlreadyDone, FieldError
from planning.findings.concerning import check_concerned, own, write
from planning.findings.values import Choice, Finding, State, Verdict
from planning.initiatives.changing import leave
from planning.plans.opening import open_plan
from planning.plans.restoring import take_off
from planning.register import Register
from planning.window import said
from planning.workspace.values import Person

SNOOZE = timedelta(days=7)
LONGEST_SNOOZE = timedelta(days=366)
SAID = {
    Choice.PLAN: "planning together",
    Choice.COORDINATE: "coordinating",
    Choice.JOIN: "joined",
    Choice.DIFFERENT: "truly different",
    Choice.SNOOZE: "snoozed",
    Choice.LEAVE: "left as it is",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What stands after a press; `late` tells somebody who came second what was said before."""

    finding: Finding
    late: str = ""


def decide(
    register: Register, finding_id: int, choice: Choice, actor: Person, now: datetime, until: datetime | None = None
) -> Said:
    """Settle, dismiss or snooze an open overlap, once; the cards follow.

    Of two who press at once the first one's word stands, and both are told. Raises NotAllowed, and AlreadyDone for
    an overlap that has gone.
    """
    finding = register.findings.by_id(finding_id, lock=True)
    check_concerned(register, finding, actor)
    if finding.state(now) is not State.OPEN:
        return _too_late(register, finding, choice, actor, now)
    ends = _until(until, now) if choice is Choice.SNOOZE else None
    decided = replace(finding, verdict=Verdict(choice, actor.id, now, finding.found.covers, ends), changed_at=now)
    write(register, decided, "finding.settled", {"choice": str(choice)}, actor, now)
    news(register, decided, "decided", now, but=own(actor), choice=str(choice), by=actor.id)
    if choice is Choice.PLAN:
        open_plan(register, decided, actor, now)
    return Said(decided)


def undo(register: Register, finding_id: int, actor: Person, now: datetime) -> Finding:
    """Take a verdict back; the overlap is open again, and what was given up for another is on its own again."""
    finding = register.findings.by_id(finding_id, lock=True)
    check_concerned(register, finding, actor)
    if finding.verdict is None or not takes_back(register, finding, now):
        raise AlreadyDone("There is nothing to undo: this overlap is open. The card will show it in a moment.")
    choice = finding.verdict.choice
    opened = replace(finding, verdict=None, changed_at=now)
    write(register, opened, "finding.undone", {"choice": str(choice)}, actor, now)
    news(register, opened, "undone", now, but=own(actor), choice=str(choice), by=actor.id)
    announce_again(register, [opened], actor, now)
    plan = register.plans.of_finding(finding.id) if choice is Choice.PLAN else None
    if plan is not None:
        take_off(register, plan, actor, now)
    for id in given_up(register, finding):
        leave(register, id, actor, now)
    return register.findings.by_id(finding.id)


def takes_back(register: Register, finding: Finding, now: datetime) -> bool:
    """Whether there is something to undo: a verdict that holds, or an initiative that was given up by it."""
    return finding.state(now) not in (State.OPEN, State.CLOSED) or bool(given_up(register, finding))


def given_up(register: Register, finding: Finding) -> list[int]:
    """The initiatives that were given up for each other by what was said of the finding."""
    if finding.verdict is None or finding.verdict.choice is not Choice.JOIN:
        return []
    ids = finding.found.initiatives()
    return [id for id in ids if register.initiatives.by_id(id).joined in ids]


def _too_late(register: Register, finding: Finding, choice: Choice, actor: Person, now: datetime) -> Said:
    verdict = finding.verdict
    if verdict is None or (finding.state(now) is State.CLOSED and not given_up(register, finding)):
        raise AlreadyDone("This overlap has gone by itself: its cause is no longer there.")
    if verdict.choice is choice and verdict.by == actor.id:
        return Said(finding)
    first = register.people.by_id(verdict.by)
    if first.id != actor.id and verdict.choice is not choice:
        news(register, finding, "late", now, but=own(actor), choice=str(choice), by=actor.id, first=first.id)
    name = "You were" if first.id == actor.id else f"{first.name} was"
    since = said(verdict.at.date())
    return Said(finding, f"{name} faster: {SAID[verdict.choice]} since {since}. You can undo it on the card.")


def _until(until: datetime | None, now: datetime) -> datetime:
    ends = until or now + SNOOZE
    if not now < ends <= now + LONGEST_SNOOZE:
        raise FieldError({"until": "Choose a day after today and within a year."})
    return ends
